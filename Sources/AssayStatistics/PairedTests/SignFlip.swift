/// The permutation test of paired differences: under the null hypothesis each
/// difference might as well have the other sign (Fisher 1935, section 21).
///
/// - Parameters:
///   - differences: First less second, of each item. Those that are 0 say nothing.
///   - resamples: How many sign patterns are drawn where there are too many to
///     count.
///   - seed: Of the drawn patterns; the same seed gives the same p-value.
/// - Returns: The statistic is the mean difference. The method is `exact` where the
///   distribution was counted: by sums of halves (Horowitz and Sahni 1974) up to 40
///   differences that are not 0, or by convolution where the differences are
///   multiples of one unit, such as wins and losses or whole points. Else it is
///   `monte-carlo`: (1 + hits) / (1 + resamples), which is never 0 (Phipson and Smyth
///   2010).
/// - Throws: `too-few-values` without values, `not-finite`, `invalid-argument`.
/// - Complexity: O(2^(*n*/2) · *n*) for the halves, O(*n* · Σ|units|) under 2^28 for
///   the convolution, O(*n* · *resamples*) for Monte Carlo.
public func signFlipTest(
  _ differences: [Double], alternative: Alternative = .twoSided, resamples: Int = 9999,
  seed: UInt64 = 0
) throws(Undefined) -> TestResult {
  try Check.finite(differences, "differences")
  try Check.enough(differences.count, atLeast: 1, "differences")
  try Check.count(resamples, atLeast: 1, "a number of resamples")
  let sizes = differences.lazy.filter { $0 != 0 }.map(abs)
  let sum = compensatedSum(differences)
  guard sum.isFinite else { throw Undefined(.notFinite, "the sum of the differences") }
  let flips = SignFlips(sizes: Array(sizes))
  // Flipping all signs mirrors the distribution, so one upper tail serves all.
  let target = switch alternative {
  case .twoSided: abs(sum)
  case .greater: sum
  case .less: -sum
  }
  let isTwoSided = alternative == .twoSided
  let mean = sum / Double(differences.count)
  if let tail = flips.exactUpperTail(target) {
    let pValue = isTwoSided && target > flips.tolerance ? 2 * tail : isTwoSided ? 1 : tail
    return TestResult(statistic: mean, pValue: pValue, method: "exact")
  }
  let hits = flips.drawnHits(target, isTwoSided: isTwoSided, resamples: resamples, seed: seed)
  return TestResult(
    statistic: mean, pValue: Double(1 + hits) / Double(1 + resamples), method: "monte-carlo")
}

/// The distribution of a sum whose terms take either sign.
struct SignFlips {
  /// All over 0.
  let sizes: [Double]
  /// Sums that differ by less than this differ by rounding alone.
  let tolerance: Double

  init(sizes: [Double]) {
    self.sizes = sizes
    tolerance = 1e-13 * compensatedSum(sizes)
  }

  /// P(sum >= target); nil where there is no fast way to count.
  func exactUpperTail(_ target: Double) -> Double? {
    if sizes.count <= 20 { return tailByHalves(target) }
    if let units = units { return tailByConvolution(units, target) }
    return sizes.count <= 40 ? tailByHalves(target) : nil
  }

  /// Pairs each sum of the one half with the sums of the other half that reach far
  /// enough, in one sweep over both, sorted.
  private func tailByHalves(_ target: Double) -> Double {
    let middle = sizes.count / 2
    let left = Self.signedSums(sizes[..<middle])
    let right = Self.signedSums(sizes[middle...])
    var hits = 0.0
    var reached = right.count
    for sum in left {
      while reached > 0, sum + right[reached - 1] >= target - tolerance { reached -= 1 }
      hits += Double(right.count - reached)
    }
    return hits / (Double(left.count) * Double(right.count))
  }

  /// All sums, sorted: with a new term they are a merge of all sums less it and all
  /// sums plus it.
  private static func signedSums(_ sizes: ArraySlice<Double>) -> [Double] {
    var sums = [0.0]
    for size in sizes {
      var merged: [Double] = []
      merged.reserveCapacity(2 * sums.count)
      var low = 0
      for sum in sums {
        while low < sums.count, sums[low] - size <= sum + size {
          merged.append(sums[low] - size)
          low += 1
        }
        merged.append(sum + size)
      }
      sums = merged
    }
    return sums
  }

  /// The sizes as multiples of the smallest one, or of a half, third … of it; nil
  /// where they are none or too many for the convolution.
  private var units: [Int]? {
    guard let smallest = sizes.min() else { return [] }
    for divisor in 1...12 {
      let unit = smallest / Double(divisor)
      let multiples = sizes.map { ($0 / unit).rounded() }
      let work = multiples.reduce(0, +) * Double(sizes.count)
      guard work < 0x1p28 else { return nil }
      if zip(sizes, multiples).allSatisfy({ abs($0 - $1 * unit) <= 1e-12 * $0 }) {
        return multiples.map { Int($0) }
      }
    }
    return nil
  }

  /// The sum is 2 · (units with a plus) - (all units); adds the units one by one.
  private func tailByConvolution(_ units: [Int], _ target: Double) -> Double {
    let total = units.reduce(0, +)
    guard total > 0 else { return target <= 0 ? 1 : 0 }
    var chances = [Double](repeating: 0, count: total + 1)
    chances[0] = 1
    var reach = 0
    for unit in units {
      reach += unit
      for place in stride(from: reach, through: 0, by: -1) {
        let with = place >= unit ? chances[place - unit] : 0
        chances[place] = 0.5 * (chances[place] + with)
      }
    }
    let unit = compensatedSum(sizes) / Double(total)
    let least = (target / unit + Double(total)) / 2
    let first = Int((least - 1e-9 * Double(total) - 1e-9).rounded(.up))
    return chances[max(0, min(first, total + 1))...].reduce(0, +)
  }

  /// How many drawn sign patterns reach the target.
  func drawnHits(_ target: Double, isTwoSided: Bool, resamples: Int, seed: UInt64) -> Int {
    var hits = 0
    for replicate in 0..<resamples {
      var generator = SeededGenerator(seed: seed, stream: UInt64(replicate))
      var sum = 0.0
      var bits: UInt64 = 0
      for (index, size) in sizes.enumerated() {
        if index & 63 == 0 { bits = generator.next() }
        sum += bits & 1 == 0 ? size : -size
        bits >>= 1
      }
      if (isTwoSided ? abs(sum) : sum) >= target - tolerance { hits += 1 }
    }
    return hits
  }
}
