/// Wilson's score interval for a rate (Wilson 1927; Brown, Cai and DasGupta 2001).
///
/// - Parameters:
///   - successes: From 0 to `trials`; need not be whole.
///   - trials: More than 0.
///   - level: Such as 0.95.
/// - Returns: The ends, within [0, 1]; nil where there were no trials or the
///   arguments are not a rate.
public func wilsonInterval(successes: Double, trials: Double, level: Double) -> Bounds? {
  guard trials > 0, trials.isFinite, successes >= 0, successes <= trials else { return nil }
  let z = NormalDistribution.reach(level: level)
  let rate = successes / trials
  let share = z * z / trials
  let centre = (rate + share / 2) / (1 + share)
  let half = z / (1 + share) * (rate * (1 - rate) / trials + share / (4 * trials)).squareRoot()
  return Bounds(
    low: successes == 0 ? 0 : max(0, centre - half),
    high: successes == trials ? 1 : min(1, centre + half))
}

/// The interval of an estimate with a known standard error: value ∓ z · error.
///
/// - Returns: nil where an argument is not finite or the error is under 0.
public func normalInterval(value: Double, standardError: Double, level: Double) -> Bounds? {
  guard value.isFinite, standardError.isFinite, standardError >= 0 else { return nil }
  let half = NormalDistribution.reach(level: level) * standardError
  return Bounds(low: value - half, high: value + half)
}

/// Student's interval of a mean: mean ∓ t · s / √n.
///
/// - Parameter standardDeviation: Of the values, with n - 1 in the denominator.
/// - Returns: nil under two values.
public func meanInterval(
  mean: Double, standardDeviation: Double, count: Int, level: Double
) -> Bounds? {
  guard count >= 2, mean.isFinite, standardDeviation.isFinite,
    let student = StudentDistribution(degreesOfFreedom: Double(count - 1))
  else { return nil }
  let half = -student.quantile((1 - level) / 2) * standardDeviation / Double(count).squareRoot()
  return Bounds(low: mean - half, high: mean + half)
}

/// The percentile interval of bootstrap replicates (Efron and Tibshirani 1993,
/// chapter 13).
///
/// Each end is the ``quantile(_:ofSorted:)`` of the replicates.
///
/// - Returns: nil for no replicates.
/// - Complexity: O(*n* log *n*).
public func percentileInterval(replicates: [Double], level: Double) -> Bounds? {
  guard !replicates.isEmpty else { return nil }
  let sorted = replicates.sorted()
  let tail = (1 - level) / 2
  return Bounds(low: quantile(tail, ofSorted: sorted), high: quantile(1 - tail, ofSorted: sorted))
}

/// The value that a share `p` of sorted values lies under, interpolated linearly
/// between the two nearest: type 7 of Hyndman and Fan (1996), numpy's default.
///
/// - Returns: NaN for no values.
public func quantile(_ p: Double, ofSorted values: [Double]) -> Double {
  guard let last = values.indices.last else { return .nan }
  let position = min(max(p, 0), 1) * Double(last)
  let below = Int(position)
  guard below < last else { return values[last] }
  let share = position - Double(below)
  // Equal neighbours, also infinite ones, need no arithmetic.
  guard share > 0, values[below] != values[below + 1] else { return values[below] }
  return values[below] + share * (values[below + 1] - values[below])
}

/// The interval of the difference of two estimates from their own intervals
/// (Zou and Donner 2008; Newcombe 1998, method 10, for two rates).
///
/// It supposes independent data; for two runs over the same rows it is wider
/// than it need be.
public func differenceInterval(
  of value: Double, _ bounds: Bounds, and other: Double, _ otherBounds: Bounds
) -> Bounds {
  func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
  let difference = value - other
  return Bounds(
    low: difference - length(value - bounds.low, otherBounds.high - other),
    high: difference + length(bounds.high - value, other - otherBounds.low))
}
