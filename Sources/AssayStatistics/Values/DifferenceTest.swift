/// Two estimates compared: a test and what it tests.
public struct DifferenceTest: Sendable, Hashable {
  public var test: TestResult
  /// First less second.
  public var difference: Estimate

  /// The z test of a difference.
  ///
  /// - Throws: `no-variation` for a difference without an error that is not 0.
  init(
    difference: Double, standardError: Double, alternative: Alternative, level: Double,
    method: String
  ) throws(Undefined) {
    guard difference.isFinite, standardError.isFinite else {
      throw Undefined(.notFinite, "the values are too large for their difference")
    }
    guard standardError > 0 || difference == 0 else {
      throw Undefined(.noVariation, "the difference \(difference) has no error")
    }
    let z = standardError > 0 ? difference / standardError : 0
    let pValue = switch alternative {
    case .twoSided: 2 * NormalDistribution.cumulative(-abs(z))
    case .greater: standardError > 0 ? NormalDistribution.cumulative(-z) : 1
    case .less: standardError > 0 ? NormalDistribution.cumulative(z) : 1
    }
    let half = NormalDistribution.reach(level: level) * standardError
    test = TestResult(statistic: z, pValue: pValue, method: method)
    self.difference = Estimate(
      value: difference, standardError: standardError,
      interval: Bounds(low: difference - half, high: difference + half), level: level)
  }
}
