import AssayJSON
import Foundation
import Testing

@testable import AssayRuntime

@Suite struct `A trial of an evaluator` {
  private let temporary: TemporaryRegistry
  private var registry: Registry { temporary.registry }

  init() throws {
    temporary = try TemporaryRegistry()
    try temporary.loadDistance()
  }

  @Test(arguments: [(1.5, Outcome.passed), (-3, .failed)])
  func `scores one row against the bar`(output: Double, outcome: Outcome) throws {
    _ = try registry.createEvaluator([
      "name": "near", "type": "plugin", "evaluator": "test.distance", "pass_threshold": 2,
    ])
    let trial = try registry.test("near", row: ["output": .number(output)])
    #expect(trial.score == abs(output))
    #expect(trial.outcome == outcome)
    #expect(trial.json["version"] == 1 && trial.json["object"] == "evaluator.test")
  }

  @Test func `takes text as values, and names as output and expected for others`() throws {
    let scored = try registry.test("test.distance", row: ["output": "-4"])
    #expect(scored.score == 4 && scored.outcome == .scored && scored.passThreshold == nil)
    _ = try registry.createEvaluator(TemporaryRegistry.gate("gate"))
    let plain = try registry.test("gate", row: ["label": "1", "score": "0.9"])
    let usual = try registry.test("gate", row: ["expected": "1", "output": "0.9"])
    #expect(plain == usual)
    // One row has no ranking: undefined is not a pass.
    #expect(plain.score == nil && plain.outcome == .unscored)
    #expect(plain.explanation?.isEmpty == false)
    #expect(plain.metrics.first { $0.name == "accuracy" }?.value == 1)
    #expect(plain.json["metrics"]?["accuracy"]?["value"]?.doubleValue == 1)
  }

  @Test func `refuses what no role takes, and other types`() throws {
    let stray = failure { try registry.test("test.distance", row: ["output": "1", "expectd": "2"]) }
    #expect(stray?.code == .usage && stray?.message.contains("expectd") == true)
    #expect(failure { try registry.test("test.distance", row: [:]) }?.code == .usage)
    #expect(failure { try registry.test("test.distance", row: ["output": "far"]) }?.code == .usage)
    #expect(failure { try registry.test("test.distanse", row: [:]) }?.code == .notFound)
    _ = try registry.createEvaluator(["name": "ext", "type": "external"])
    #expect(failure { try registry.test("ext", row: [:]) }?.code == .notExecutable)
    #expect(try registry.store.runs().total == 0)
  }

  @Test func `takes lists for roles of lists`() throws {
    let row: JSONObject = [
      "image_id": "1", "truth_boxes": "[10, 20, 30, 40]", "truth_labels": "[1]", "boxes": "[[10, 20, 30, 40], [0, 0, 5, 5]]",
      "labels": "[1, 1]", "scores": "[0.9, 0.1]",
    ]
    let trial = try registry.test("vision.detection", row: row)
    let map = try #require(trial.metrics.first { $0.name == "map" }?.value)
    #expect(abs(map - 1) < 1e-12)
    // An image on which nothing is, and nothing was found.
    var empty = row
    for (name, _) in row where name != "image_id" { empty[name] = "[]" }
    #expect(try registry.test("vision.detection", row: empty).outcome == .unscored)
    var wrong = row
    wrong["scores"] = #"["high"]"#
    #expect(failure { try registry.test("vision.detection", row: wrong) }?.code == .usage)
  }

  @Test func `takes null where a role does, and says so elsewhere`() throws {
    let missing = try registry.test("pairwise.win_rate", row: ["preference": .null])
    #expect(missing.outcome == .unscored && missing.explanation?.contains("counts as missing") == true)
    let refused = failure { try registry.test("tabular.binary", row: ["target": "null", "score": "0.5"]) }
    #expect(refused?.code == .usage && refused?.message.contains("\"target\" of tabular.binary takes no null") == true)
    let absent = failure { try registry.test("tabular.binary", row: ["score": "0.5"]) }
    #expect(absent?.message.contains("--expected VALUE, or --value target=VALUE") == true)
  }

  @Test(arguments: [("3", "1", ScoredPair.Verdict.a), ("1", "3", .b), ("2", "2", .tie)])
  func `compares two answers in both orders`(a: String, b: String, verdict: ScoredPair.Verdict) throws {
    try temporary.loadPreference()
    let trial = try registry.test("test.preference", row: ["a.output": .string(a), "b.output": .string(b)])
    let (first, second) = (try #require(Double(a)), try #require(Double(b)))
    #expect(trial.pair == ScoredPair(verdict: verdict, aFirst: atan2(first, second), bFirst: atan2(second, first)))
    #expect(trial.outcome == .scored && trial.json["preferred"]?.stringValue == verdict.rawValue)
    let alone = failure { try registry.test("test.preference", row: ["a.output": .string(a)]) }
    #expect(alone?.message.contains("--b-output VALUE") == true, "\(alone?.message ?? "")")
  }
}

@Suite struct `The variables of a prompt` {
  @Test(
    arguments: [
      ("Is {output} right for {input.text}?", ["output", "input.text"]),
      ("{{output}} is text, {output} is not", ["output"]), ("{}", []), ("no braces", []),
      (#"Answer {"score": 1} for {output}"#, ["output"]), ("{{{output}}}", ["output"]),
      ("{out put} {a_b-c}", ["a_b-c"]), ("{open", []),
    ] as [(String, [String])])
  func `stand between single braces`(prompt: String, names: [String]) {
    #expect(PromptTemplate.variables(of: prompt) == names)
  }
}
