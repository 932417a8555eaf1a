/// McNemar's test of two rates over the same items.
public struct PairedProportionsDesign: StudyDesign, Hashable {
  /// The share of items on which the two differ, in (0, 1].
  public var discordance: Double
  public var alpha: Double
  public var isTwoSided: Bool
  /// The rates cannot differ by more than the items do.
  public var largestEffect: Double { discordance }

  public init(discordance: Double, alpha: Double = 0.05, isTwoSided: Bool = true) {
    self.discordance = discordance
    self.alpha = alpha
    self.isTwoSided = isTwoSided
  }

  /// Connor's normal approximation (1987, Biometrics 43:207): the difference of the
  /// rates has the variance ψ / n under the null hypothesis and (ψ - δ²) / n else, for
  /// a discordance ψ and an effect δ. The tail on the wrong side is left out.
  ///
  /// - Throws: `invalid-argument`, `too-few-values` under two rows.
  public func power(effect: Double, rows: Double) throws(Undefined) -> Double {
    try Check.rate(discordance, "the discordance")
    try require(effect: effect, rows: rows)
    let z = -NormalDistribution.quantile(tail)
    let spread = (discordance - effect * effect).squareRoot()
    return NormalDistribution.cumulative(
      (effect * rows.squareRoot() - z * discordance.squareRoot()) / spread)
  }
}

/// The test of two rates from independent groups of the same size.
public struct UnpairedProportionsDesign: StudyDesign, Hashable {
  /// The rate of the first group; the second group's is higher by the effect. For a
  /// fall, plan with 1 - rate.
  public var rate: Double
  public var alpha: Double
  public var isTwoSided: Bool
  public var largestEffect: Double { 1 - rate }

  public init(rate: Double, alpha: Double = 0.05, isTwoSided: Bool = true) {
    self.rate = rate
    self.alpha = alpha
    self.isTwoSided = isTwoSided
  }

  /// The normal approximation with the pooled variance under the null hypothesis
  /// (Fleiss, Levin and Paik 2003, section 4.2), as R's `power.prop.test`: the tail on
  /// the wrong side is left out; `rows` are those of one group.
  ///
  /// - Throws: `invalid-argument`, `too-few-values` under two rows.
  public func power(effect: Double, rows: Double) throws(Undefined) -> Double {
    try Check.rate(rate, "the rate of the first group")
    try require(effect: effect, rows: rows)
    let second = rate + effect
    let pooled = (rate + second) / 2
    let z = -NormalDistribution.quantile(tail)
    let spread = (rate * (1 - rate) + second * (1 - second)).squareRoot()
    return NormalDistribution.cumulative(
      (rows.squareRoot() * effect - z * (2 * pooled * (1 - pooled)).squareRoot()) / spread)
  }
}

/// By how much rows must be more because they come in clusters (Kish 1965):
/// 1 + (m - 1) ρ.
///
/// - Parameters:
///   - clusterSize: The mean number of rows in a cluster, at least 1.
///   - correlation: Of two rows of one cluster, from 0 to 1.
/// - Throws: `invalid-argument`.
public func designEffect(clusterSize: Double, correlation: Double) throws(Undefined) -> Double {
  try Check.rate(correlation, "the correlation within clusters")
  guard clusterSize >= 1, clusterSize.isFinite else {
    throw Undefined(.invalidArgument, "a cluster has at least one row, not \(clusterSize)")
  }
  return 1 + (clusterSize - 1) * correlation
}
