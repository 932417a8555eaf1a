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
