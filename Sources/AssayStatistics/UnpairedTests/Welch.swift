/// A mean of one of two independent samples, with its error.
public struct SampleMean: Sendable, Hashable {
  public var mean: Double
  /// At least 0.
  public var standardError: Double
  /// Of the error: the number of rows, or of clusters, less one.
  public var degreesOfFreedom: Double

  public init(mean: Double, standardError: Double, degreesOfFreedom: Double) {
    self.mean = mean
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// Of rows that are independent.
  ///
  /// - Throws: `too-few-values` under two, `not-finite`.
  /// - Complexity: O(*n*).
  public init(_ values: [Double]) throws(Undefined) {
    try Check.finite(values)
    try Check.enough(values.count, atLeast: 2)
    let moments = Moments(values)
    self.init(
      mean: moments.mean, standardError: moments.isConstant ? 0 : moments.standardError,
      degreesOfFreedom: Double(values.count - 1))
  }
}

/// Welch's t test of whether two independent samples have the same mean, first less second,
/// with Satterthwaite's degrees of freedom (Welch 1947, Biometrika 34:28), as scipy's
/// `ttest_ind(equal_var=False)`.
///
/// - Returns: Where neither sample varies and both have the same mean, a p of 1 and an
///   interval of no width.
/// - Throws: `no-variation` where neither sample varies and the means differ;
///   `not-finite`, `too-few-values`, `invalid-argument`.
public func welchTTest(
  _ first: SampleMean, _ second: SampleMean, alternative: Alternative = .twoSided,
  level: Double = 0.95
) throws(Undefined) -> PairedTResult {
  try Check.level(level)
  let squareA = first.standardError * first.standardError
  let squareB = second.standardError * second.standardError
  let sum = squareA + squareB
  let freedom =
    sum * sum / (squareA * squareA / first.degreesOfFreedom + squareB * squareB / second.degreesOfFreedom)
  return try tTest(
    mean: first.mean - second.mean, standardError: sum.squareRoot(),
    degreesOfFreedom: sum > 0 ? freedom : first.degreesOfFreedom + second.degreesOfFreedom,
    alternative: alternative, level: level)
}
