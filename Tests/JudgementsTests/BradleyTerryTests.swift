import AssayArrow
import CAssayPlugin
import Testing

@Suite struct `pairwise.bradley_terry` {
  private typealias Judgement = (a: String, b: String, winner: String)

  private static func rows(_ judgements: [Judgement]) -> RecordBatch {
    RecordBatch([
      "a": Column(judgements.map(\.a)), "b": Column(judgements.map(\.b)),
      "winner": Column(judgements.map(\.winner)),
    ])
  }

  private static func report(
    _ judgements: [Judgement], _ parameters: String = "{}", level: Double = 0
  ) throws -> Report {
    let handle = try Handle(.bradleyTerry, parameters)
    try handle.update(rows(judgements))
    return try handle.finish(level: level)
  }

  /// Wikipedia's worked example of the model, of the teams A to D.
  private static let example: [Judgement] = {
    let wins = [[0, 2, 0, 1], [3, 0, 5, 0], [0, 3, 0, 1], [4, 0, 3, 0]]
    let names = ["A", "B", "C", "D"]
    return names.indices.flatMap { i in
      names.indices.flatMap { j in
        (0..<wins[i][j]).map { $0 % 2 == 0 ? (names[i], names[j], names[i]) : (names[j], names[i], names[i]) }
      }
    }
  }()

  @Test func `is Wikipedia's example`() throws {
    let found = try Self.report(Self.example)
    #expect(found.texts("abilities", "model") == ["D", "B", "C", "A"])
    for (ability, expected) in zip(
      found.numbers("abilities", "ability"), [0.492133, 0.226152, 0.143022, 0.138692])
    {
      #expect(abs(ability - expected) <= 5e-7)
    }
    #expect(abs(found.numbers("abilities", "ability").reduce(0, +) - 1) < 1e-12)
    #expect(abs(found.numbers("abilities", "log_ability").reduce(0, +)) < 1e-12)
    #expect(found.texts("abilities", "wins") == ["7", "8", "4", "3"])
    #expect(found.texts("abilities", "losses") == ["2", "5", "8", "7"])
    #expect(found.values["models"] == 4 && found.values["judgements"] == 22)
    #expect(found.reasons["tie_parameter"]?.contains("half") == true)
  }

  @Test func `tells who met whom`() throws {
    let found = try Self.report([("x", "y", "x"), ("y", "x", "y"), ("x", "y", "tie"), ("x", "y", "x")])
    #expect(found.texts("wins", "model") == ["x", "y"] && found.texts("wins", "opponent") == ["y", "x"])
    #expect(found.texts("wins", "wins") == ["2", "1"] && found.texts("wins", "ties") == ["1", "1"])
    // Half a win for either: 2.5 of 4.
    #expect(abs(found.numbers("wins", "probability")[0] - 0.625) < 1e-9)
    #expect(found.values["ties"] == 1 && found.texts("abilities", "ties") == ["1", "1"])
    let elo = found.numbers("abilities", "elo")
    #expect(abs(elo[0] - elo[1] - 400 * 0.2218487496163564) < 1e-6)
  }

  /// Of two models everything has a closed form.
  @Test func `fits ties as it is told`() throws {
    let judgements =
      Array(repeating: ("x", "y", "x"), count: 6) + Array(repeating: ("x", "y", "y"), count: 3)
      + Array(repeating: ("x", "y", "tie"), count: 3)
    func odds(_ ties: String) throws -> (Double, Double?) {
      let found = try Self.report(judgements, "{\"ties\": \"\(ties)\"}")
      let abilities = found.numbers("abilities", "ability")
      return (abilities[0] / abilities[1], found.values["tie_parameter"])
    }
    #expect(abs(try odds("half").0 - 7.5 / 4.5) < 1e-7)
    #expect(abs(try odds("ignore").0 - 2) < 1e-7)
    let davidson = try odds("davidson")
    #expect(abs(davidson.0 - 2) < 1e-7)
    // ν = ties / √(wins · losses)
    #expect(abs((davidson.1 ?? 0) - 3 / 18.0.squareRoot()) < 1e-7)
    // P(x) = r / (r + θ) = 1/2 and P(y) = 1 / (1 + θ r) = 1/4: r = θ = √3.
    let rao = try odds("rao_kupper")
    #expect(abs(rao.0 - 3.0.squareRoot()) < 1e-6 && abs((rao.1 ?? 0) - 3.0.squareRoot()) < 1e-6)
  }

  @Test func `gives Wald's interval at the level asked for`() throws {
    // Two models with w and l wins: the variance of λ is (1 / w + 1 / l) / 4.
    let judgements = [("x", "y", "x"), ("x", "y", "x"), ("x", "y", "x"), ("x", "y", "y")]
    let error = ((1.0 / 3 + 1) / 4).squareRoot()
    for (parameters, level, z) in [
      ("{}", 0.0, 1.959963984540054), ("{}", 0.9, 1.6448536269514722),
      ("{\"level\": 0.99}", 0.9, 2.5758293035489004),
    ] {
      let found = try Self.report(judgements, parameters, level: level)
      let centre = found.numbers("abilities", "log_ability")[0]
      #expect(abs(found.numbers("abilities", "standard_error")[0] - error) < 1e-7)
      #expect(abs(found.numbers("abilities", "low")[0] - (centre - z * error)) < 1e-6)
      #expect(abs(found.numbers("abilities", "high")[0] - (centre + z * error)) < 1e-6)
    }
  }

  @Test(arguments: [
    ([("a", "b", "a"), ("b", "a", "b"), ("c", "d", "c"), ("d", "c", "d")], "{}", "disconnected",
      ["(a, b)", "(c, d)", "ridge"]),
    ([("a", "b", "a"), ("b", "c", "b"), ("c", "b", "c")], "{}", "separated", ["(a), (b, c)"]),
    ([("a", "b", "tie"), ("a", "b", "tie")], "{\"ties\": \"davidson\"}", "only-ties", []),
    ([("a", "b", "tie"), ("a", "b", "tie")], "{\"ties\": \"ignore\"}", "disconnected", ["(a), (b)"]),
    ([], "{}", "too-few-values", []),
  ])
  private func `names the reason where there is no fit`(
    judgements: [Judgement], parameters: String, cause: String, texts: [String]
  ) throws {
    let found = try Self.report(judgements, parameters)
    let reason = try #require(found.reasons["log_likelihood"])
    #expect(reason.hasPrefix(cause + ":"), "\(reason)")
    for text in texts { #expect(reason.contains(text), "\(reason)") }
    #expect(found.values["judgements"] == Double(judgements.count))
    #expect(found.texts("abilities", "ability").allSatisfy { $0 == "null" })
    #expect(found.texts("wins", "probability").allSatisfy { $0 == "null" })
    if cause == "separated" { #expect(found.texts("abilities", "group") == ["1", "2", "2"]) }
  }

  @Test func `is finite with a ridge, whoever is undefeated`() throws {
    let found = try Self.report([("a", "b", "a"), ("b", "c", "b")], "{\"ridge\": 0.1}")
    #expect(found.texts("abilities", "model") == ["a", "b", "c"] && found.reasons["log_likelihood"] == nil)
    let unmet = try Self.report([("a", "b", "a"), ("c", "d", "c")], "{\"ridge\": 0.1}")
    #expect(unmet.numbers("abilities", "ability").allSatisfy { $0 > 0 })
  }

  @Test func `says that there are too many models for a fit`() throws {
    let judgements = (0..<2000).map { ("m\($0)", "m\($0 + 1)", "m\($0)") }
    let found = try Self.report(judgements)
    #expect(found.reasons["log_likelihood"]?.contains("2001 models") == true)
    #expect(found.texts("wins", "wins").filter { $0 == "1" }.count == 2000)
  }

  @Test(arguments: [
    (("b", "c", "a"), "The winner a is neither b nor c"), (("a", "b", "draw"), "The winner draw"),
    (("a", "b", ""), "neither a nor b"), (("a", "a", "a"), "compared with itself"),
    (("tie", "a", "a"), "called tie"), (("a", "b", "Tie"), "The winner Tie"),
  ])
  private func `refuses what is no judgement`(judgement: Judgement, text: String) throws {
    let handle = try Handle(.bradleyTerry)
    let failure = try #require(throws: Handle.Failure.self) {
      try handle.update(Self.rows([("a", "b", "a"), judgement]))
    }
    #expect(failure.code == Int32(ASSAY_BAD_DATA) && failure.row == 1)
    #expect(failure.text.contains(text), "\(failure.text)")
  }

  @Test func `takes numbers for names`() throws {
    let handle = try Handle(.bradleyTerry)
    try handle.update(
      RecordBatch([
        "a": Column([1, 1, 1] as [Int64]), "b": Column([2, 2, 2] as [Int64]),
        "winner": Column([1, 2, 1] as [Int64]),
      ]))
    #expect(try handle.finish().texts("abilities", "model") == ["1", "2"])
  }

  @Test(arguments: [
    "{\"ties\": \"half-win\"}", "{\"ridge\": -1}", "{\"level\": 1}", "{\"level\": 0}", "{\"ridge\": \"x\"}",
  ])
  func `refuses parameters that make no sense`(parameters: String) {
    let failure = #expect(throws: Handle.Failure.self) { try Handle(.bradleyTerry, parameters) }
    #expect(failure?.code == Int32(ASSAY_INVALID_ARGUMENT))
  }

  @Test(arguments: ["half", "ignore", "davidson", "rao_kupper"])
  func `keeps the laws of states`(ties: String) throws {
    let judgements = Self.example + [("A", "C", "tie"), ("D", "B", "tie"), ("C", "A", "tie")]
    try expectLaws(.bradleyTerry, Self.rows(judgements), parameters: "{\"ties\": \"\(ties)\"}")
  }
}
