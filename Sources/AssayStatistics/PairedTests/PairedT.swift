/// What a t test of paired differences found.
public struct PairedTResult: Sendable, Hashable {
  /// The t statistic and its p-value.
  public var test: TestResult
  public var degreesOfFreedom: Double
  /// The mean difference, its standard error and Student's interval.
  public var mean: Estimate
}

/// Student's t test of whether the mean of paired differences is 0.
///
/// - Parameter differences: First less second, of each item.
/// - Returns: Where all differences are 0, a p of 1 and an interval of no width.
/// - Throws: `too-few-values` under two, `not-finite`, `no-variation` where all
///   differences are the same but not 0, `invalid-argument`.
/// - Complexity: O(*n*).
public func pairedTTest(
  _ differences: [Double], alternative: Alternative = .twoSided, level: Double = 0.95
) throws(Undefined) -> PairedTResult {
  try Check.level(level)
  try Check.finite(differences, "differences")
  try Check.enough(differences.count, atLeast: 2, "differences")
  let moments = Moments(differences)
  return try tTest(
    mean: moments.mean, standardError: moments.isConstant ? 0 : moments.standardError,
    degreesOfFreedom: Double(differences.count - 1), alternative: alternative, level: level)
}

/// The t test of a mean that has a standard error.
func tTest(
  mean: Double, standardError: Double, degreesOfFreedom: Double, alternative: Alternative,
  level: Double
) throws(Undefined) -> PairedTResult {
  guard mean.isFinite, standardError.isFinite else {
    throw Undefined(.notFinite, "the values are too large for their mean or spread")
  }
  guard let student = StudentDistribution(degreesOfFreedom: degreesOfFreedom) else {
    throw Undefined(.tooFewValues, "there are no degrees of freedom")
  }
  guard standardError > 0 || mean == 0 else {
    throw Undefined(.noVariation, "all differences are \(mean)")
  }
  let t = standardError > 0 ? mean / standardError : 0
  let half = -student.quantile((1 - level) / 2) * standardError
  let pValue = switch alternative {
  case .twoSided: standardError > 0 ? 2 * student.cumulative(-abs(t)) : 1
  case .less: standardError > 0 ? student.cumulative(t) : 1
  case .greater: standardError > 0 ? student.cumulative(-t) : 1
  }
  return PairedTResult(
    test: TestResult(statistic: t, pValue: pValue, method: "t"),
    degreesOfFreedom: degreesOfFreedom,
    mean: Estimate(
      value: mean, standardError: standardError,
      interval: Bounds(low: mean - half, high: mean + half), level: level))
}
