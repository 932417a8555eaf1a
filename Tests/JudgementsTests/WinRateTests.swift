import AssayArrow
import CAssayPlugin
import Testing

@Suite struct `pairwise.win_rate` {
  private func report(_ preferences: [Double], level: Double = 0) throws -> Report {
    let handle = try Handle(.winRate)
    try handle.update(RecordBatch(["preference": Column(preferences)]))
    return try handle.finish(level: level)
  }

  /// The counts of AlpacaEval's leaderboard, as percentages to their printed digits.
  @Test(arguments: [(112, 672, 20, 15.174129, 1.235108), (205, 584, 16, 26.459627, 1.535711)])
  func `is AlpacaEval's`(
    wins: Int, losses: Int, draws: Int, rate: Double, error: Double
  ) throws {
    let preferences =
      Array(repeating: 2.0, count: wins) + Array(repeating: 1.0, count: losses)
      + (0..<draws).map { $0 % 2 == 0 ? 0 : 1.5 }
    let found = try report(preferences)
    #expect(abs(100 * (found.values["win_rate"] ?? 0) - rate) <= 5e-7)
    #expect(abs(100 * (found.values["standard_error"] ?? 0) - error) <= 5e-7)
    #expect(found.values["wins"] == Double(wins) && found.values["losses"] == Double(losses))
    #expect(found.values["draws"] == Double(draws) && found.reasons.isEmpty)
    #expect(found.texts("verdicts", "verdict") == ["win", "loss", "draw"])
    #expect(found.texts("verdicts", "count") == ["\(wins)", "\(losses)", "\(draws)"])
  }

  @Test func `takes degrees between 1 and 2`() throws {
    let found = try report([1.25, 1.75, 2, 1.9])
    #expect(abs((found.values["win_rate"] ?? 0) - (0.25 + 0.75 + 1 + 0.9) / 4) < 1e-15)
    // The sample's variance of 0.25, 0.75, 1, 0.9 is 0.1108333…
    #expect(abs((found.values["standard_error"] ?? 0) - (0.11083333333333334 / 4).squareRoot()) < 1e-15)
    #expect(found.values["discrete_win_rate"] == 0.75)
    #expect(found.values["wins"] == 3 && found.values["losses"] == 1)
  }

  @Test func `varies by 0 where all verdicts are one`() throws {
    let found = try report(Array(repeating: 1.7, count: 12345), level: 0.95)
    #expect(found.values["standard_error"] == 0)
    // No certainty from it: as wide as that of a rate of counts.
    let detail = try #require(found.details["win_rate"])
    #expect(detail.method == "wilson" && (detail.low ?? 1) < 0.695 && (detail.high ?? 0) > 0.705)
  }

  @Test func `gives counts for Wilson's interval, or Student's`() throws {
    let plain = try report([1, 2, 2, 1, 1], level: 0.95).details["win_rate"]
    #expect(plain?.numerator == 2 && plain?.denominator == 5 && plain?.low == nil)
    let drawn = try #require(try report([1, 2, 0, 1.5, 2], level: 0.95).details["win_rate"])
    #expect(drawn.numerator == nil && drawn.method == "student")
    // 0.6 ∓ t(4; 0.975) · √(0.175 / 5), t = 2.7764451052
    #expect(abs((drawn.low ?? 0) - (0.6 - 2.7764451051977934 * 0.035.squareRoot())) < 1e-9)
    #expect(drawn.high == 1)
    #expect(try report([1, 2, 0]).details["win_rate"]?.low == nil)
  }

  @Test func `has no rate without a verdict, and no error with one`() throws {
    let none = try Handle(.winRate).finish()
    #expect(none.reasons.keys.sorted() == ["discrete_win_rate", "standard_error", "win_rate"])
    #expect(none.values["judgements"] == 0 && none.texts("verdicts", "share") == ["null", "null", "null"])
    let one = try report([2])
    #expect(one.values["win_rate"] == 1 && one.reasons.keys.sorted() == ["standard_error"])
  }

  @Test(arguments: [-1, 0.5, 0.999, 2.001, 3, .nan, .infinity, -.infinity])
  func `refuses a preference outside of the coding`(preference: Double) throws {
    let handle = try Handle(.winRate)
    let failure = try #require(throws: Handle.Failure.self) {
      try handle.update(RecordBatch(["preference": Column([1, 2, preference])]))
    }
    #expect(failure.code == Int32(ASSAY_BAD_DATA) && failure.row == 2)
    #expect(failure.text.contains("\(preference)") && failure.text.contains("coding"))
  }

  @Test func `keeps the laws of states`() throws {
    let preferences = [1, 2, 0, 1.5, 1.1, 1.3, 1.7000000000000002, 2, 1, 1.9999999999999998, 1.25]
    try expectLaws(.winRate, RecordBatch(["preference": Column(preferences)]))
  }
}
