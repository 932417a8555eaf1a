import Glibc

/// Abilities of models from their comparisons.
///
/// The log abilities add up to 0. Their errors come from the observed information
/// (Wald), and take judgements as independent: where several share a prompt, see
/// ``rankingReplicates(_:models:clusters:ties:ridge:bootstrap:numbers:)``.
public struct RankingFit: Sendable {
  public let logAbilities: [Double]
  /// ν of Davidson's model, at least 0, or θ of Rao and Kupper's, at least 1.
  public let tieParameter: Double?
  /// Of the data; with a ridge, without its penalty.
  public let logLikelihood: Double
  /// Steps of Newton's method.
  public let iterations: Int
  private let covariances: SymmetricMatrix

  init(
    logAbilities: [Double], tieParameter: Double?, logLikelihood: Double, iterations: Int,
    covariances: SymmetricMatrix
  ) {
    self.logAbilities = logAbilities
    self.tieParameter = tieParameter
    self.logLikelihood = logLikelihood
    self.iterations = iterations
    self.covariances = covariances
  }

  public var models: Int { logAbilities.count }

  /// The abilities scaled to a sum of 1.
  public var abilities: [Double] {
    let top = logAbilities.max() ?? 0
    let powers = logAbilities.map { exp($0 - top) }
    let sum = compensatedSum(powers)
    return powers.map { $0 / sum }
  }

  /// Ratings on Elo's scale: `origin` + `scale` · log10 of the ability, over the
  /// geometric mean of all.
  public func eloRatings(scale: Double = 400, origin: Double = 1000) -> [Double] {
    logAbilities.map { origin + scale * $0 / log(10) }
  }

  /// Of two log abilities; 0 for a model that there is not.
  public func covariance(_ first: Int, _ second: Int) -> Double {
    guard logAbilities.indices.contains(first), logAbilities.indices.contains(second) else { return 0 }
    return covariances[first, second]
  }

  /// A log ability, against the mean of all, with Wald's interval.
  ///
  /// - Throws: `invalid-argument`.
  public func logAbility(_ model: Int, level: Double = 0.95) throws(Undefined) -> Estimate {
    try Check.level(level)
    try require(model)
    let error = max(0, covariances[model, model]).squareRoot()
    let half = NormalDistribution.reach(level: level) * error
    let value = logAbilities[model]
    return Estimate(
      value: value, standardError: error,
      interval: Bounds(low: value - half, high: value + half), level: level)
  }

  /// The difference of two log abilities, first less second, with Wald's test.
  ///
  /// - Throws: `invalid-argument`.
  public func difference(
    _ first: Int, _ second: Int, alternative: Alternative = .twoSided, level: Double = 0.95
  ) throws(Undefined) -> DifferenceTest {
    try Check.level(level)
    try require(first)
    try require(second)
    let variance =
      covariances[first, first] + covariances[second, second] - 2 * covariances[first, second]
    return try DifferenceTest(
      difference: logAbilities[first] - logAbilities[second],
      standardError: max(0, variance).squareRoot(), alternative: alternative, level: level,
      method: "wald")
  }

  /// The probability that `first` is preferred to `second` where they do not tie.
  ///
  /// - Throws: `invalid-argument`.
  public func winProbability(_ first: Int, over second: Int) throws(Undefined) -> Double {
    try require(first)
    try require(second)
    return 1 / (1 + exp(logAbilities[second] - logAbilities[first]))
  }

  private func require(_ model: Int) throws(Undefined) {
    guard logAbilities.indices.contains(model) else {
      throw Undefined(.invalidArgument, "there is no model \(model) of \(models)")
    }
  }
}
