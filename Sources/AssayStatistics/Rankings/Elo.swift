import Glibc

/// The score that Elo's formula expects of the first of two ratings, from 0 to 1:
/// 1 / (1 + 10^((second - first) / scale)).
public func eloExpectedScore(_ first: Double, against second: Double, scale: Double = 400) -> Double {
  1 / (1 + pow(10, (second - first) / scale))
}

/// Ratings that follow judgements one by one (Elo 1978).
///
/// They depend on the order of the judgements; where nothing changes over time,
/// ``fitRanking(_:ties:ridge:)`` says more, with errors.
public struct EloRatings: Sendable, Hashable {
  public private(set) var ratings: [Double]
  /// How far one judgement moves a rating at most.
  public let k: Double
  /// Over how many points the odds grow tenfold.
  public let scale: Double

  /// - Throws: `invalid-argument`, `too-few-values` under two models.
  public init(
    models: Int, initial: Double = 1000, k: Double = 4, scale: Double = 400
  ) throws(Undefined) {
    try Check.enough(models, atLeast: 2, "models")
    try Check.finite([initial], "the first rating")
    try Check.positive(k, "k")
    try Check.positive(scale, "the scale")
    ratings = [Double](repeating: initial, count: models)
    self.k = k
    self.scale = scale
  }

  /// - Throws: `invalid-argument` for a model that there is not or one that meets
  ///   itself.
  public mutating func add(_ judgement: PairedComparison) throws(Undefined) {
    let first = Int(judgement.first)
    let second = Int(judgement.second)
    guard ratings.indices.contains(first), ratings.indices.contains(second), first != second else {
      throw Undefined(
        .invalidArgument, "a judgement of the models \(first) and \(second) of \(ratings.count)")
    }
    let score = switch judgement.preference {
    case .first: 1.0
    case .second: 0.0
    case .tie: 0.5
    }
    let expected = eloExpectedScore(ratings[first], against: ratings[second], scale: scale)
    let gain = k * (score - expected)
    ratings[first] += gain
    ratings[second] -= gain
  }
}
