import AssayCore
import AssayJSON
import Testing

@testable import AssayRuntime

@Suite struct `The specification of a run` {
  @Test(arguments: [
    ("a.csv", "file"), ("file:a.csv", "file"), ("file:///x/a.csv", "file"), ("-", "file"),
    ("dataset:churn@3/valid", "dataset"), ("container:support", "container"), ("generate:m1,m2", "generate"),
  ])
  func `takes sources as texts and as objects`(text: String, kind: String) throws {
    let source = try RunSource(parsing: text, range: "10:", side: .sample)
    #expect(source.kind == kind && source.range == 10..<Int.max)
    #expect(try RunSource(json: .object(source.json), side: .sample) == source)
  }

  @Test func `knows versions, splits and models`() throws {
    #expect(try RunSource(parsing: "dataset:churn@3/valid", side: .sample).place == .dataset("churn@3", split: "validation"))
    #expect(try RunSource(parsing: "generate:a,b", side: .sample).place == .generate(["a", "b"]))
    #expect(try RunSource(parsing: "file:///x/a.csv", side: .sample).place == .file("/x/a.csv"))
    let object: JSONValue = ["type": "dataset", "dataset": "churn", "split": "test", "range": "0:5"]
    let source = try RunSource(json: object, side: .groundTruth)
    #expect(source == RunSource(.dataset("churn", split: "test"), range: 0..<5))
  }

  private static let good: JSONObject = ["evaluators": ["gate"], "sample": "a.jsonl"]

  @Test(arguments: [
    (["sample": .null], "sample", "needs a side"),
    (["evaluators": []], "evaluators", "needs the field"),
    (["evaluators": ["a", "a"]], "evaluators", "named twice"),
    (["evaluators": [["library": "libm.so.6"]]], "call", "needs the field"),
    (["evaluators": [["evaluator": "a", "treshold": 1]]], "treshold", "pass_threshold"),
    (["models": ["m", "m"]], "models", "named twice"),
    (["sample": "generate:a", "ground_truth": "generate:b"], "ground_truth", "Both sides"),
    (["sample": "generate:a"], "ground_truth", "needs another one"),
    (["sample": "dataset:"], "sample", "names no data set"),
    (["sample": "dataset:x/dev"], "sample", "no split \"dev\""),
    (["sample": ["type": "datast", "dataset": "x"]], "sample", "dataset"),
    (["sample": ["type": "dataset"]], "sample", "needs \"dataset\""),
    (["sample": ["type": "dataset", "dataset": "x", "rang": "0:1"]], "sample", "range"),
    (["sample": ["type": "file", "file": "a", "range": "5:5"]], "sample", "is empty"),
    (["sample": ["type": "file", "file": "a", "range": "9:5"]], "sample", "backwards"),
    (["sample": ["type": "file", "file": "a", "range": "x"]], "sample", "is not FIRST:END"),
    (["ground_truth": ["type": "file", "file": "a", "range": 5]], "ground_truth", "is a text"),
    (["treshold": "1"], "treshold", "thresholds"),
    (["ci": 1.5], "ci", "between 0.5 and 1"),
    (["seed": -1], "seed", "0 or more"),
    (["jobs": 0], "jobs", "from 1"),
    (["min_coverage": 2], "min_coverage", "between 0 and 1"),
    (["on_inconclusive": "go"], "on_inconclusive", "stop or pass"),
    (["nulls": "ignore"], "nulls", "error, skip"),
    (["slices": [1]], "slices", "names of columns"),
    (["a": "a.jsonl"], "b", "needs the field"),
    (["a": "a.jsonl", "b": "b.jsonl"], "sample", "exclude each other"),
    (["sample": .null, "a": "a.jsonl", "b": "b.jsonl", "models": ["m"]], "models", "exclude each other"),
    (["sample": .null, "a": "dataset:", "b": "b.jsonl"], "a", "names no data set"),
    (["bindings": ["x": 1]], "bindings", "a column's name"),
  ] as [(JSONObject, String, String)])
  func `names what is wrong`(change: JSONObject, field: String, words: String) throws {
    var object = Self.good
    for (key, value) in change { object[key] = value }
    let error = #expect(throws: AssayError.self) { try RunSpecification(json: .object(object)) }
    #expect(error?.code.rawValue == "registry.invalid")
    #expect(error?.details["field"] == field, "\(error?.message ?? "")")
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func `says where a threshold does not parse`() throws {
    var object = Self.good
    object["thresholds"] = ["mean >="]
    let error = #expect(throws: AssayError.self) { try RunSpecification(json: .object(object)) }
    #expect(error?.code == .thresholdSyntax)
  }

  @Test func `becomes a request`() throws {
    var object = Self.good
    let more: JSONObject = [
      "join_on": "id", "unmatched": "skip", "fold": "fold", "ci": 0.9, "cluster": "c", "seed": 7,
      "nulls": "skip", "null_text": ["NA"], "undefined": "zero", "cast": "round", "only": ["mean"],
      "jobs": 2, "slices": ["a", ["b", "c"]], "curve_points": "all", "thresholds": ["mean >= 0.5", 0.25],
      "min_coverage": 0.5, "on_inconclusive": "pass", "gate_exit_code": 9, "ignore_fingerprints": true,
      "bindings": ["sample.x": "p"],
    ]
    for (key, value) in more { object[key] = value }
    let specification = try RunSpecification(json: .object(object))
    let request = try specification.request(evaluators: [], sample: DataSource("-"), groundTruth: nil)
    #expect(request.joinKey == "id" && request.unmatched == .skip && request.fold == "fold")
    #expect(request.intervalLevel?.value == 0.9 && request.cluster == "c" && request.seed == 7)
    #expect(request.nulls == .skip && request.nullText == ["NA"] && request.undefined == .zero)
    #expect(request.casts == .round && request.only == ["mean"] && request.jobs == 2)
    #expect(request.slices == [["a"], ["b", "c"]] && request.curvePoints == nil)
    #expect(request.thresholds.map(\.text) == ["mean >= 0.5", "0.25"])
    #expect(request.gate.minimumCoverage == 0.5 && request.gate.inconclusivePasses)
    #expect(request.gate.gateExitCode.rawValue == 9 && request.ignoresFingerprints)
    #expect(request.bindings == [ColumnBinding(side: .sample, role: "x", column: "p")])
  }

  @Test func `tells evaluators what all are told, unless they are told otherwise`() throws {
    let object: JSONObject = [
      "evaluators": [["evaluator": "a", "parameters": ["k": 1], "pass_threshold": 0.5], "b"],
      "parameters": ["k": 2, "m": 3], "pass_threshold": 0.75, "sample": "a.jsonl",
    ]
    let choices = try RunSpecification(json: .object(object)).evaluators
    #expect(choices[0].settings.parameters == ["k": 1, "m": 3] && choices[0].settings.passThreshold == 0.5)
    #expect(choices[1].settings.parameters == ["k": 2, "m": 3] && choices[1].settings.passThreshold == 0.75)
  }
}
