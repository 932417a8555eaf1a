import AssayArrow
import AssayCore
import AssayJSON
import Testing

@testable import AssayRuntime

@Suite struct `What a request asks, as the registry keeps it` {
  /// A request that differs from a plain one in everything that can be asked.
  private static func everything() throws -> RunRequest {
    var function = DescribedFunction(library: "libm.so.6", prototype: "double fabs(double x)", bind: ["x": "const:1"])
    function.result = CallResult(
      returns: .score, okValues: [0, 2], readsErrno: true, undefined: .negative,
      range: MetricRange(lower: 0, upper: nil), direction: .lowerIsBetter)
    var bound = EvaluatorRequest("gate@2", parameters: ["k": [1, "a"]], passThreshold: 0.5)
    bound.bindings = [ColumnBinding(role: "target", column: "y")]
    var request = RunRequest(
      evaluators: [EvaluatorRequest("tabular.binary"), bound, EvaluatorRequest(function, parameters: ["p": 2])],
      sample: DataSource("dataset:churn@3/test", range: 5..<90), groundTruth: DataSource("truth.csv"), joinKey: "id")
    request.bindings = [
      ColumnBinding(side: .sample, role: "score", column: "p"), ColumnBinding(role: "target", column: "a.b"),
    ]
    request.split = "test"
    request.slices = [["site"], ["site", "sex"]]
    request.fold = "fold"
    request.intervalLevel = ConfidenceLevel(0.9)
    request.cluster = "patient"
    request.seed = .max
    request.thresholds = [try ThresholdExpression(parsing: "min(recall by site) >= 0.5")]
    request.gate.minimumCoverage = 0.25
    request.gate.inconclusivePasses = true
    request.gate.gateExitCode = ExitCode(rawValue: 9)
    request.ignoresFingerprints = true
    request.unmatched = .skip
    request.nulls = .skip
    request.undefined = .sklearn
    request.casts = .round
    request.nullText = ["NA", ""]
    request.only = ["recall", "roc_auc"]
    request.also = ["matches"]
    request.curvePoints = nil
    request.jobs = 3
    return request
  }

  @Test func `gives the same request again, whatever was asked`() throws {
    let asked = try Self.everything()
    let specification = try RunSpecification(asked, plugins: ["/lib/mine.so"])
    let again = try specification.request(evaluators: [], sample: DataSource("-"), groundTruth: nil)
    // What is found when the run is made, and what is written while it goes on.
    let others: Set<String> = [
      "evaluators", "sample", "groundTruth", "isOfPairs", "splitSide", "baseline", "rows", "states", "problemLimit",
    ]
    let plain = Mirror(reflecting: RunRequest(evaluators: [], sample: DataSource("-"))).children
    var seen: Set<String> = []
    for ((old, new), usual) in zip(zip(Mirror(reflecting: asked).children, Mirror(reflecting: again).children), plain) {
      let name = try #require(old.label)
      seen.insert(name)
      guard !others.contains(name) else { continue }
      func text(_ value: Any) -> String { (value as? Set<String>).map { "\($0.sorted())" } ?? "\(value)" }
      #expect(text(old.value) == text(new.value), "\(name)")
      #expect(text(old.value) != text(usual.value), "this test says nothing of \(name)")
    }
    #expect(others.subtracting(seen).isEmpty)
    #expect(specification.plugins == ["/lib/mine.so"])
    #expect(specification.sample == RunSource(.dataset("churn@3", split: "test"), range: 5..<90))
    #expect(specification.groundTruth == RunSource(.file("truth.csv")))
  }

  @Test func `keeps evaluators, with what each is told`() throws {
    let asked = try Self.everything()
    let choices = try RunSpecification(asked).evaluators
    #expect(choices.map(\.origin) == [.named("tabular.binary"), .named("gate@2")] + choices.suffix(1).map(\.origin))
    guard case .function(let wanted) = asked.evaluators[2].origin else { return }
    #expect(choices[2].origin == .function(wanted))
    #expect(choices.map(\.settings.parameters) == asked.evaluators.map(\.parameters))
    #expect(choices.map(\.settings.bindings) == asked.evaluators.map(\.bindings))
    #expect(choices.map(\.settings.passThreshold) == [nil, 0.5, nil])
  }

  @Test func `says nothing of what is as usual`() throws {
    let plain = RunRequest(evaluators: [EvaluatorRequest("tabular.binary")], sample: DataSource("a.csv"))
    #expect(
      try RunSpecification(plain).config == [
        "evaluators": ["tabular.binary"], "sample": ["type": "file", "file": "a.csv", "range": .null],
      ])
  }

  @Test func `keeps the answers of two models as a and b`() throws {
    let pairs = RunRequest(
      evaluators: [EvaluatorRequest("pairwise.win_rate")], a: DataSource("a.jsonl"), b: DataSource("b.jsonl"))
    let specification = try RunSpecification(pairs)
    #expect(specification.isOfPairs && specification.config["sample"] == nil)
    #expect(specification.config["b"]?["file"] == "b.jsonl")
    let again = try specification.request(evaluators: [], sample: DataSource("-"), groundTruth: DataSource("-"))
    #expect(again.isOfPairs)
  }

  @Test func `keeps a baseline whole`() throws {
    var request = RunRequest(evaluators: [EvaluatorRequest("tabular.binary")], sample: DataSource("a.csv"))
    request.baseline = RunResult(
      run: RunInformation(id: "old", createdAt: "", status: .completed, durationSeconds: 0, seed: 0), sources: [],
      evaluators: [], verdict: nil, exitCode: .success)
    #expect(try RunSpecification(request).config["baseline"]?["run"]?["id"] == "old")
  }

  @Test func `refuses what cannot be read again`() throws {
    let memory = DataSource(batches: [], schema: Schema([]))
    let request = RunRequest(evaluators: [EvaluatorRequest("tabular.binary")], sample: memory)
    let error = failure { try RunSpecification(request) }
    #expect(error?.code == .invalidField && error?.details["field"] == "sample")
  }
}
