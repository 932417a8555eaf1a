/// How often one side was preferred; a draw is half a win.
public struct WinRate: Sendable, Hashable {
  public let wins: Int
  public let losses: Int
  public let draws: Int

  /// - Throws: `invalid-argument` for a count under 0, `too-few-values` without
  ///   judgements.
  public init(wins: Int, losses: Int, draws: Int) throws(Undefined) {
    try Check.count(wins, "a number of wins")
    try Check.count(losses, "a number of losses")
    try Check.count(draws, "a number of draws")
    try Check.enough(wins + losses + draws, atLeast: 1, "judgements")
    self.wins = wins
    self.losses = losses
    self.draws = draws
  }

  public var judgements: Int { wins + losses + draws }

  /// From 0 to 1.
  public var rate: Double { (Double(wins) + Double(draws) / 2) / Double(judgements) }

  /// The rate with its standard error, n - 1 in the denominator of the variance as in
  /// AlpacaEval, and Student's interval.
  ///
  /// - Throws: `too-few-values` under two judgements, `invalid-argument`.
  public func estimate(level: Double = 0.95) throws(Undefined) -> Estimate {
    try Check.level(level)
    try Check.enough(judgements, atLeast: 2, "judgements")
    let n = Double(judgements)
    func term(_ count: Int, _ score: Double) -> Double {
      Double(count) * (score - rate) * (score - rate)
    }
    let variance = (term(wins, 1) + term(losses, 0) + term(draws, 0.5)) / (n - 1)
    let interval = meanInterval(
      mean: rate, standardDeviation: variance.squareRoot(), count: judgements, level: level)
    return Estimate(
      value: rate, standardError: (variance / n).squareRoot(),
      interval: interval ?? Bounds(low: 0, high: 1), level: level)
  }
}
