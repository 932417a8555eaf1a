/// The t test of a mean difference of pairs.
public struct PairedMeansDesign: StudyDesign, Hashable {
  /// Of the differences.
  public var standardDeviation: Double
  public var alpha: Double
  public var isTwoSided: Bool
  public var largestEffect: Double { .infinity }

  public init(standardDeviation: Double, alpha: Double = 0.05, isTwoSided: Bool = true) {
    self.standardDeviation = standardDeviation
    self.alpha = alpha
    self.isTwoSided = isTwoSided
  }

  /// The design where each item is tried several times by each model (Miller 2024,
  /// arXiv:2411.00640, section 5): the variance of an item's mean difference is
  /// ω² + σ²_A / K_A + σ²_B / K_B.
  ///
  /// - Parameters:
  ///   - betweenItems: The standard deviation ω of the items' true differences.
  ///   - withinFirst: The standard deviation of the first model's trials of an item.
  ///   - trialsFirst: The number of them, at least 1.
  /// - Throws: `invalid-argument`.
  public init(
    betweenItems: Double, withinFirst: Double, trialsFirst: Int, withinSecond: Double,
    trialsSecond: Int, alpha: Double = 0.05, isTwoSided: Bool = true
  ) throws(Undefined) {
    try Check.count(trialsFirst, atLeast: 1, "a number of trials")
    try Check.count(trialsSecond, atLeast: 1, "a number of trials")
    let variance = betweenItems * betweenItems + withinFirst * withinFirst / Double(trialsFirst)
      + withinSecond * withinSecond / Double(trialsSecond)
    try Check.positive(variance, "the variance")
    self.init(
      standardDeviation: variance.squareRoot(), alpha: alpha, isTwoSided: isTwoSided)
  }

  /// From the noncentral t distribution, both tails where two-sided.
  ///
  /// - Throws: `invalid-argument`, `too-few-values` under two rows.
  public func power(effect: Double, rows: Double) throws(Undefined) -> Double {
    try require(effect: effect, rows: rows)
    try Check.positive(standardDeviation, "a standard deviation")
    return tTestPower(
      noncentrality: effect / standardDeviation * rows.squareRoot(), degreesOfFreedom: rows - 1)
  }
}

/// The t test of the difference of two groups' means, with equal deviations and as
/// many rows in each.
public struct UnpairedMeansDesign: StudyDesign, Hashable {
  /// Of the values within a group.
  public var standardDeviation: Double
  public var alpha: Double
  public var isTwoSided: Bool
  public var largestEffect: Double { .infinity }

  public init(standardDeviation: Double, alpha: Double = 0.05, isTwoSided: Bool = true) {
    self.standardDeviation = standardDeviation
    self.alpha = alpha
    self.isTwoSided = isTwoSided
  }

  /// From the noncentral t distribution, both tails where two-sided; `rows` are those
  /// of one group.
  ///
  /// - Throws: `invalid-argument`, `too-few-values` under two rows.
  public func power(effect: Double, rows: Double) throws(Undefined) -> Double {
    try require(effect: effect, rows: rows)
    try Check.positive(standardDeviation, "a standard deviation")
    return tTestPower(
      noncentrality: effect / standardDeviation * (rows / 2).squareRoot(),
      degreesOfFreedom: 2 * (rows - 1))
  }
}

extension StudyDesign {
  fileprivate func tTestPower(noncentrality: Double, degreesOfFreedom: Double) -> Double {
    // Beyond this no digit of the power differs from 1.
    guard noncentrality < 1e8, let student = StudentDistribution(degreesOfFreedom: degreesOfFreedom)
    else { return 1 }
    let critical = -student.quantile(tail)
    let distribution = NoncentralStudent(
      degreesOfFreedom: degreesOfFreedom, noncentrality: noncentrality)
    let upper = 1 - distribution.cumulative(critical)
    return min(1, upper + (isTwoSided ? distribution.cumulative(-critical) : 0))
  }
}
