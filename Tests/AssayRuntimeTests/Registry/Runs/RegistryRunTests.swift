import AssayCore
import AssayJSON
import AssayStore
import Foundation
import Testing

@testable import AssayRuntime

@Suite struct `Runs of the registry` {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  private func gate(_ threshold: Double?, name: String = "churn-gate") throws {
    var fields: JSONObject = [
      "name": .string(name), "type": "plugin", "evaluator": "tabular.binary", "container": "churn",
      "bindings": ["target": "label", "score": "score"],
    ]
    fields["pass_threshold"] = threshold.map { .number($0) }
    _ = try bench.registry.createEvaluator(fields)
  }

  @Test func `keep the evaluator's version and fingerprint, the sources, the result and the verdict`() async throws {
    try gate(0.9)
    let file = try bench.classifier()
    let waiting = try await bench.create([
      "container": "churn", "evaluators": ["churn-gate"], "sample": .string(file), "metadata": ["team": "risk"],
      "environment": "staging",
    ])
    #expect(waiting.status == .pending && waiting.container == "churn" && waiting.environment == "staging")
    let run = try await bench.registry.executeRun(waiting)
    #expect(run.status == .completed && run.verdict == "pass" && run.exitCode == 0)
    let evaluator = try #require(run.evaluators.first)
    let kept = try bench.registry.store.evaluator("churn-gate")
    #expect(evaluator.name == "churn-gate" && evaluator.version == 1 && evaluator.id == kept.id)
    #expect(evaluator.fingerprint == kept.fingerprint)
    #expect(run.sources["sample"]?["sha256"]?.stringValue?.count == 64)
    #expect(run.sources["sample"]?["rows"]?.integerValue == 200)
    let entry = run.result["evaluators"]?.arrayValue?.first
    #expect(entry?["evaluator"] == "churn-gate" && entry?["version"] == "1")
    #expect(entry?["thresholds"]?.arrayValue?.count == 1)
    #expect(run.result["run"]?["id"]?.stringValue == run.id)
    #expect(run.percentCompleted == 100 && run.doneRows == 200 && run.totalRows == 200)
    #expect(run.startedAt != nil && run.finishedAt != nil && run.spend == nil && run.processID != nil)
    #expect(run.metadata == ["team": "risk"])
    #expect(await RunBench.code { try await bench.registry.executeRun(run) } == "registry.conflict")
  }

  @Test func `keep every row of an evaluator that scores rows, with its outcome`() async throws {
    let file = try bench.classifier(rows: 100)
    let better = bench.absolute(file, [
      "evaluators": [
        [
          "library": "libm.so.6", "call": "double fabs(double x)", "bindings": ["x": "score"],
          "result": ["direction": "higher_is_better"],
        ]
      ], "pass_threshold": 0.5, "thresholds": ["mean >= 0.1"],
    ])
    let done = try await bench.run(better)
    let rows = try bench.rows(done)
    #expect(rows.map(\.row) == Array(0..<100))
    #expect(rows.allSatisfy { ($0.score ?? 0) >= 0.5 ? $0.outcome == .passed : $0.outcome == .failed })
    #expect(done.verdict == "pass")
  }

  @Test func `go on after a change of the registry with the version that they were made with`() async throws {
    try gate(0.9)
    let run = try await bench.create([
      "evaluators": ["churn-gate"], "sample": .string(try bench.classifier()),
    ])
    _ = try bench.registry.updateEvaluator("churn-gate", ["pass_threshold": 0.1])
    _ = try bench.registry.deleteEvaluator("churn-gate")
    let done = try await bench.registry.executeRun(run)
    #expect(done.status == .completed)
    let threshold = done.result["evaluators"]?.arrayValue?.first?["thresholds"]?.arrayValue?.first
    #expect(threshold?["expression"] == "0.9")
  }

  @Test func `refuse files that have changed`() async throws {
    let file = try bench.classifier()
    let run = try await bench.create(bench.absolute(file))
    _ = try bench.classifier(rows: 100)
    let failed = try await bench.registry.executeRun(run)
    #expect(failed.status == .failed && failed.error["code"] == "run.source-changed")
    _ = try bench.classifier()
    #expect(await RunBench.code { try await bench.registry.executeRun(run) } == "registry.conflict")
    #expect(try await bench.registry.executeRun(try bench.registry.queueRun(run.id)).status == .completed)
    try FileManager.default.removeItem(atPath: file)
    let gone = try #require(ResolvedSource(json: run.sources["sample"] ?? .null, side: .sample))
    #expect(await RunBench.code { try gone.verify() } == "run.source-changed")
  }

  @Test func `take the side that is left out from the container's logs`() async throws {
    _ = try bench.registry.store.createContainer(ContainerSpecification(label: "support"))
    let logs: [JSONValue] = (0..<10).map { row in
      ["id": .string("l\(row)"), "output": "x", "score": .number(Double(row) / 10), "label": JSONValue(row % 2)]
    }
    _ = try bench.registry.store.append(logs: logs, to: "support")
    let sample = try bench.write((0..<10).map { #"{"p": \#(Double($0) / 10)}"# }.joined(separator: "\n"), to: "p.jsonl")
    let run = try await bench.run([
      "container": "support", "sample": .string(sample),
      "evaluators": [["evaluator": "tabular.binary", "bindings": ["target": "label", "score": "p"]]],
    ])
    #expect(run.status == .completed, "\(run.error.text())")
    #expect(run.sources["ground_truth"]?["container"] == "support")
    // A sample that has every column needs no other side.
    let alone = try await bench.create(bench.absolute(try bench.classifier(rows: 7), ["container": "support"]))
    #expect(alone.sources["ground_truth"]?.isNull == true)
    // Logs that come later are not part of the run.
    let ranged = try await bench.create([
      "evaluators": ["tabular.binary"], "bindings": ["target": "label"],
      "sample": ["type": "container", "container": "support", "range": "2:6"],
    ])
    _ = try bench.registry.store.append(logs: [["output": "late"]], to: "support")
    let done = try await bench.registry.executeRun(ranged)
    #expect(done.status == .completed && done.totalRows == 4)
    let path = try #require(done.sources["sample"]?["path"]?.stringValue)
    #expect(FileManager.default.fileExists(atPath: path))
    _ = try bench.registry.deleteRun(done.id)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `judge several models by several evaluators, each row kept for each`() async throws {
    _ = try bench.registry.store.createContainer(ContainerSpecification(label: "chat"))
    let logs: [JSONValue] = (0..<20).map { row in
      ["output": "x", "model": .string(row % 2 == 0 ? "m1" : "m2"), "score": .number(Double(row))]
    }
    _ = try bench.registry.store.append(logs: logs, to: "chat")
    let run = try await bench.run([
      "container": "chat", "sample": "container:chat", "models": ["m1", "m2"],
      "evaluators": [
        ["library": "libm.so.6", "call": "double fabs(double x)", "bindings": ["x": "score"]],
        ["library": "libm.so.6", "call": "double sqrt(double x)", "bindings": ["x": "score"]],
      ],
    ])
    #expect(run.status == .completed, "\(run.error.text())")
    #expect(run.evaluators.map(\.model) == ["m1", "m1", "m2", "m2"])
    #expect(try bench.rows(run, evaluator: 2).compactMap(\.score) == stride(from: 1.0, to: 20, by: 2).map { $0 })
    #expect(try bench.rows(run, evaluator: 1).count == 10)
    let entries = run.result["evaluators"]?.arrayValue ?? []
    #expect(entries.compactMap { $0["model"]?.stringValue } == ["m1", "m1", "m2", "m2"])
    var filter = RunFilter()
    filter.model = "m2"
    #expect(try bench.registry.store.runs(filter).total == 1)
    #expect(await RunBench.code {
      try await bench.create(bench.absolute(try bench.classifier(), ["models": ["m1", "m2"]]))
    } == "registry.invalid")
  }

  @Test func `are not made where something is wrong`() async throws {
    try gate(0.9)
    let file = try bench.classifier()
    let wrong: [(JSONObject, String)] = [
      (bench.absolute(file, ["evaluators": ["churn-gat"]]), "registry.not-found"),
      (bench.absolute(file, ["evaluators": ["tabular.binry"]]), "plugin.unknown-evaluator"),
      (bench.absolute(file, ["container": "nowhere"]), "registry.not-found"),
      (bench.absolute("dataset:nothing"), "registry.not-found"),
      (bench.absolute("container:nothing"), "registry.not-found"),
      (bench.absolute("container:churn"), "registry.invalid"),
      (bench.absolute(bench.folder + "/none.jsonl"), "data.missing-file"),
      (bench.absolute(file, ["bindings": ["x": "scor"]]), "data.missing-column"),
      (bench.absolute(file, ["thresholds": ["auc >= 1"]]), "threshold.unknown-metric"),
      (bench.absolute(file, ["baseline": "run_none"]), "registry.not-found"),
      (["evaluators": ["churn-gate"], "ground_truth": .string(file)], "registry.invalid"),
      (["evaluators": ["churn-gate"], "ground_truth": .string(file), "models": ["m"]], "registry.invalid"),
    ]
    for (json, code) in wrong {
      #expect(await RunBench.code { try await bench.create(json) } == code, "\(JSONValue.object(json).text())")
    }
    _ = try bench.registry.createEvaluator(["name": "polite", "type": "judge", "model": "m", "prompt": "{output}?"])
    #expect(await RunBench.code {
      try await bench.create(bench.absolute(file, ["evaluators": ["polite"]]))
    } == "registry.not-executable")
    #expect(try bench.registry.store.runs().total == 0)
    let copies = try? FileManager.default.contentsOfDirectory(atPath: bench.folder + "/.assay/runs")
    #expect(copies?.isEmpty ?? true)
  }

  @Test func `that need a model to be called are kept, and say so`() async throws {
    let file = try bench.classifier()
    let run = try await bench.create(
      bench.absolute("generate:gpt", ["ground_truth": .string(file)]))
    #expect(run.status == .failed && run.error["code"] == "run.generate-unavailable")
    #expect(run.evaluators.count == 1 && run.config["sample"] == "generate:gpt")
    #expect(await RunBench.code { try await bench.registry.rescore(run.id) } == "run.generate-unavailable")
  }

  @Test func `keep the old revision where their id is used again, and are made once for a key`() async throws {
    let file = try bench.classifier()
    var creation = RunCreation()
    creation.id = "nightly"
    _ = try await bench.run(bench.absolute(file), creation)
    #expect(await RunBench.code { try await bench.create(bench.absolute(file), creation) } == "registry.conflict")
    creation.overwrites = true
    let second = try await bench.run(bench.absolute(file), creation)
    #expect(second.revision == 2)
    #expect(try bench.registry.store.revisions(ofRun: "nightly").map(\.status) == [.completed, .completed])
    var keyed = RunCreation()
    keyed.idempotencyKey = "k"
    let first = try await bench.registry.createRun(try bench.specification(bench.absolute(file)), keyed)
    let again = try await bench.registry.createRun(try bench.specification(bench.absolute(file)), keyed)
    #expect(first.isNew && !again.isNew && first.run.id == again.run.id)
  }

  @Test func `that are cancelled or interrupted can be resumed`() async throws {
    let registry = bench.registry
    let run = try await bench.create(bench.absolute(try bench.classifier()))
    _ = try registry.store.cancelRun(run.id)
    #expect(await RunBench.code { try await registry.executeRun(run) } == "registry.conflict")
    #expect(try registry.store.run(run.id).status == .cancelled)
    #expect(try await registry.executeRun(try registry.queueRun(run.id)).status == .completed)
    let other = try await bench.create(bench.absolute(try bench.classifier()))
    let task = Task { try await registry.executeRun(other) }
    task.cancel()
    let ended = try await task.value
    #expect(ended.isInterrupted || ended.status == .completed)
    if ended.isInterrupted {
      #expect(try await registry.executeRun(try registry.queueRun(other.id)).status == .completed)
    }
  }

  @Test func `compare with an earlier run`() async throws {
    let file = try bench.classifier()
    let first = try await bench.run(bench.absolute(file))
    let second = try await bench.run(
      bench.absolute(file, ["baseline": .string(first.id), "thresholds": ["delta(mean) >= 0"]]))
    #expect(second.verdict == "pass", "\(second.error.text())")
  }
}
