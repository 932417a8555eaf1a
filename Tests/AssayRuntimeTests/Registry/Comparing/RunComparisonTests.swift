import AssayCore
import AssayJSON
import AssayStore
import Testing

@testable import AssayRuntime

@Suite struct `A comparison of runs of the registry` {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  private let binary: JSONObject = ["evaluator": "tabular.binary", "bindings": ["target": "label"]]

  /// Like the bench's classifier, but wrong on every so many rows.
  private func worse(_ name: String = "worse.jsonl", every: Int = 7, rows: Int = 200) throws -> String {
    let lines = (0..<rows).map { row in
      let label = row % 3 == 0 ? 1 : 0
      let said = row % every == 0 ? 1 - label : label
      let score = Double((row * 37) % 101) / 250 + (said == 1 ? 0.55 : 0.05)
      return #"{"id": \#(row), "label": \#(label), "score": \#(score), "site": "\#(row % 2 == 0 ? "a" : "b")"}"#
    }
    return try bench.write(lines.joined(separator: "\n") + "\n", to: name)
  }

  private func named(_ id: String) -> RunCreation {
    var creation = RunCreation()
    creation.id = id
    return creation
  }

  private func run(_ id: String, _ file: String, _ more: JSONObject = [:]) async throws {
    var config: JSONObject = ["evaluators": [.object(binary)], "sample": .string(file), "join_on": "id"]
    for (name, value) in more { config[name] = value }
    let done = try await bench.run(config, named(id))
    try #require(done.status == .completed, "\(done.error.text())")
  }

  private func compare(
    _ ids: String..., evaluators: [String] = [], makes: Bool = false,
    adjusting adjust: (inout ComparisonRequest) -> Void = { _ in }
  ) async throws -> ModelComparison {
    var comparison = RunComparison(ids.map { .registered($0) })
    comparison.evaluators = evaluators
    comparison.evaluatesMissing = makes
    let runs = try await bench.registry.comparableRuns(comparison)
    var request = try ComparisonRequest(runs, sharing: RunRequest(evaluators: [], sample: DataSource("-")))
    adjust(&request)
    return try await bench.registry.assay.compare(request)
  }

  @Test func `scores their sources again, and says the same of them as of files`() async throws {
    let files = [try worse("better.jsonl", every: 11), try worse()]
    try await run("old", files[0])
    try await run("new", files[1])
    let result = try await compare("old", "new") { $0.leaderboardMetric = "accuracy" }
    var shared = RunRequest(
      evaluators: [EvaluatorRequest("tabular.binary")], sample: DataSource(files[0]), joinKey: "id")
    shared.bindings = [try ColumnBinding(parsing: "target=label")]
    let sides = zip(["old", "new"], files).map { ComparisonRequest.Side(name: $0, source: DataSource($1)) }
    let live = try await testRuntime().compare(try ComparisonRequest(sides, sharing: shared))
    #expect(result.evaluators[0].metrics == live.evaluators[0].metrics)
    #expect(result.evaluators[0].basis == .sources && result.evaluators[0].basisReason == nil)
    #expect(result.sides.map(\.run) == ["old", "new"] && result.baseline == "old")
    #expect(result.difference("roc_auc")?.test?.method == "delong" && result.items == live.items)
    #expect(result.configuration.map(\.setting) == ["sample"])
  }

  @Test func `takes kept rows where a source has changed, and says so`() async throws {
    try await run("old", try bench.classifier(), ["ci": 0.95])
    try await run("new", try worse(), ["ci": 0.95])
    let before = try await compare("old", "new")
    _ = try worse(every: 5)
    let result = try await compare("old", "new")
    let evaluator = result.evaluators[0]
    #expect(evaluator.basis == .rows && evaluator.basisReason?.contains("has changed") == true)
    let accuracy = try #require(result.difference("accuracy"))
    #expect(accuracy.test?.method == "mcnemar_exact")
    #expect(accuracy.test?.pValue == before.difference("accuracy")?.test?.pValue)
    #expect(result.difference("log_loss")?.interval?.method == "unpaired")
    #expect(result.difference("roc_auc")?.value == before.difference("roc_auc")?.value)
  }

  @Test func `takes the kept scores of an evaluator that only scores rows`() async throws {
    let files = [try bench.classifier(), try worse()]
    for (id, file) in zip(["old", "new"], files) {
      let done = try await bench.run(bench.absolute(file, ["pass_threshold": 0.5, "join_on": "id"]), named(id))
      try #require(done.status == .completed)
    }
    let result = try await compare("old", "new")
    #expect(result.evaluators[0].basis == .rows && result.evaluators[0].basisReason == nil)
    #expect(result.difference("mean")?.test?.method.hasPrefix("sign_flip") == true)
    #expect(result.difference("pass_rate")?.test?.method == "mcnemar_exact")
    #expect(result.items.compared == 200 && result.items.coverage == 1)
  }

  @Test func `has a side for each model of a run`() async throws {
    let rows = (0..<30).map { #"{"id": \#($0), "label": \#($0 % 3 == 0 ? 1 : 0)}"# }.joined(separator: "\n")
    _ = try bench.registry.createDataset(
      name: "churn", source: .files([.init(try bench.write(rows + "\n", to: "churn.jsonl"))]))
    for (model, wrong) in [("v1", 5), ("v2", 0)] {
      _ = try bench.registry.store.createModel(name: model)
      let said = (0..<30).map { #"{"id": \#($0), "score": \#(($0 % 3 == 0) != ($0 < wrong) ? 0.9 : 0.1)}"# }
      _ = try bench.registry.addPrediction(
        model: model, dataset: "churn", file: try bench.write(said.joined(separator: "\n") + "\n", to: model + ".jsonl"))
    }
    let config: JSONObject = [
      "evaluators": [.object(binary)], "sample": "dataset:churn", "models": ["v1", "v2"], "join_on": "id",
    ]
    _ = try await bench.run(config, named("both"))
    let result = try await compare("both")
    #expect(result.sides.map(\.name) == ["v1@1", "v2@1"] && result.sides.map(\.model) == ["v1@1", "v2@1"])
    #expect(result.difference("accuracy")?.test?.pairs?.onlySide == 5)
    #expect(result.evaluators[0].basis == .sources && result.configuration.map(\.setting).contains("model"))
    let again = try await compare("both/v2", "both/v1@1")
    #expect(again.sides.map(\.name) == ["v2@1", "v1@1"])
    #expect(await RunBench.code { try await compare("both/v3", "both/v1") } == "registry.not-found")
  }

  @Test func `refuses other parameters, unless told, and lists what differs`() async throws {
    let file = try bench.classifier()
    try await run("old", file)
    try await run("new", file, ["parameters": ["threshold": 0.7], "thresholds": ["accuracy >= 0.1"]])
    let error = await #expect(throws: AssayError.self) { try await compare("old", "new") }
    #expect(error?.code == .comparisonEvaluators && error?.message.contains("param.threshold is 0.5 and 0.7") == true)
    let allowed = try await compare("old", "new") { $0.allowsDifferent = true }
    #expect(Set(allowed.configuration.map(\.setting)) == ["thresholds", "param.threshold"])
  }

  @Test func `refuses other data sets, unless they are independent samples`() async throws {
    let file = try bench.classifier()
    for name in ["north", "south"] {
      _ = try bench.registry.createDataset(name: name, source: .files([.init(file)]))
      try await run(name, "dataset:\(name)")
    }
    let error = await #expect(throws: AssayError.self) { try await compare("north", "south") }
    #expect(error?.code == .comparisonData && error?.message.contains("--unpaired") == true)
    let apart = try await compare("north", "south") { $0.isPaired = false }
    #expect(apart.items.compared == 400 && apart.difference("accuracy")?.test?.method == "fisher_exact")
    let told = try await compare("north", "south") { $0.allowsDifferent = true }
    #expect(told.items.compared == 200)
  }

  @Test func `evaluates what a run lacks, as a run that is kept`() async throws {
    let regression: JSONObject = [
      "evaluator": "tabular.regression", "bindings": ["target": "label", "prediction": "score"],
    ]
    try await run("old", try bench.classifier(), ["evaluators": [.object(binary), .object(regression)]])
    try await run("new", try worse(), ["thresholds": ["accuracy >= 0.1"], "pass_threshold": 0.2])
    let partial = try await compare("old", "new")
    #expect(partial.evaluators.map(\.evaluator) == ["tabular.binary"])
    #expect(partial.warnings.contains { $0.contains("tabular.regression is left out") && $0.contains("--evaluate-missing") })
    let error = await #expect(throws: AssayError.self) {
      try await compare("old", "new", evaluators: ["tabular.regression"])
    }
    #expect(error?.code == .comparisonMissing && error?.message.contains("--evaluate-missing") == true)

    let result = try await compare("old", "new", evaluators: ["tabular.regression"], makes: true)
    #expect(result.difference("mae")?.value != nil && result.evaluators.count == 1)
    let newest = try #require(try bench.registry.store.runs().elements.first)
    let made = try bench.registry.store.run(number: newest.number)
    #expect(made.config["rescored_from"] == "new" && made.status == .completed)
    #expect(result.warnings.contains { $0.contains("evaluated as the run \(made.id)") })
    _ = try await compare("old", "new", evaluators: ["tabular.regression"], makes: true)
    #expect(try bench.registry.store.runs().total == 3)
  }

  @Test func `names what is not there`() async throws {
    try await run("nightly", try bench.classifier())
    _ = try await bench.create(["evaluators": [.object(binary)], "sample": .string(try worse())], named("waiting"))
    let lost = await #expect(throws: AssayError.self) { try await compare("nightly", "nihgtly") }
    #expect(lost?.code.rawValue == "registry.not-found" && lost?.message.contains("\"nightly\"") == true)
    let waiting = await #expect(throws: AssayError.self) { try await compare("nightly", "waiting") }
    #expect(waiting?.code == .comparisonRun && waiting?.message.contains("is pending") == true)
    let evaluator = await #expect(throws: AssayError.self) {
      try await compare("nightly", "nightly", evaluators: ["tabular.binery"])
    }
    #expect(evaluator?.code == .comparisonMissing && evaluator?.message.contains("tabular.binary") == true)
    #expect(await RunBench.code { try await compare("nightly") } == "compare.sides")
  }

  @Test func `takes what was imported from its rows`() async throws {
    try await run("old", try bench.classifier())
    for (id, shift) in [("x", 0.0), ("y", 0.25)] {
      let rows = (0..<20).map { row -> JSONValue in
        ["key": .string("k\(row)"), "score": .number(Double(row % 4) / 4 + shift)]
      }
      var given = RunImport(.rows(rows))
      given.creation.id = id
      _ = try bench.registry.importRun(given)
    }
    let result = try await compare("x", "y")
    #expect(result.difference("mean")?.value == 0.25 && result.evaluators[0].basis == .rows)
    #expect(result.evaluators[0].basisReason?.contains("was imported") == true)
    #expect(await RunBench.code { try await compare("x", "old") } == "compare.missing-evaluator")
  }
}
