import AssayCore
import AssayJSON
import AssayStore
import Foundation
import Testing

@testable import AssayRuntime

/// Runs that are scored again or done again, and what they share.
@Suite struct `Runs that come from others` {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  private let root: JSONValue = [
    [
      "library": "libm.so.6", "call": "double sqrt(double x)", "bindings": ["x": "score"],
      "result": ["return": "score", "errno": true],
    ]
  ]

  private func logs() throws {
    _ = try bench.registry.store.createContainer(ContainerSpecification(label: "chat"))
    let logs: [JSONValue] = (0..<10).map { ["output": "x", "score": .number(Double($0))] }
    _ = try bench.registry.store.append(logs: logs, to: "chat")
  }

  private func rescoring(_ id: String, _ evaluators: JSONValue? = nil) -> RunRescoring {
    var rescoring = RunRescoring()
    rescoring.creation.id = id
    rescoring.evaluators = evaluators
    return rescoring
  }

  @Test func `share copied logs, which go away with the last of them`() async throws {
    try logs()
    var creation = RunCreation()
    creation.id = "h1"
    let first = try await bench.run(["sample": "container:chat", "evaluators": root], creation)
    #expect(first.status == .completed, "\(first.error.text())")
    let path = try #require(first.sources["sample"]?["path"]?.stringValue)
    _ = try await bench.registry.rescore("h1", rescoring("h2"))
    _ = try bench.registry.deleteRun("h2")
    #expect(FileManager.default.fileExists(atPath: path))
    let other = bench.absolute("x")["evaluators"] ?? .null
    let third = try await bench.registry.executeRun(try await bench.registry.rescore("h1", rescoring("h3", other)))
    #expect(third.status == .completed, "\(third.error.text())")
    _ = try bench.registry.deleteRun("h1")
    #expect(FileManager.default.fileExists(atPath: path))
    _ = try bench.registry.deleteRun("h3")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `keep the logs of models apart whose names are alike`() async throws {
    _ = try bench.registry.store.createContainer(ContainerSpecification(label: "chat"))
    let models = ["gpt-4.1", "gpt-41", "gpt-4/1"]
    let logs: [JSONValue] = (0..<9).map { row in
      ["output": "x", "model": .string(models[row % 3]), "score": .number(Double(row % 3))]
    }
    _ = try bench.registry.store.append(logs: logs, to: "chat")
    let run = try await bench.run([
      "sample": "container:chat", "models": .array(models.map { .string($0) }),
      "evaluators": bench.absolute("x")["evaluators"] ?? .null,
    ])
    #expect(run.status == .completed, "\(run.error.text())")
    for position in models.indices {
      #expect(try bench.rows(run, evaluator: position).map(\.score) == Array(repeating: Double(position), count: 3))
    }
  }

  @Test func `stay those of their data set`() async throws {
    _ = try bench.registry.createDataset(name: "ds", source: .files([.init(try bench.classifier(rows: 20))]))
    let first = try await bench.run(bench.absolute("dataset:ds"))
    let second = try await bench.registry.rescore(first.id)
    #expect(second.status == .completed && second.sources == first.sources)
    var filter = RunFilter()
    filter.dataset = "ds"
    #expect(try bench.registry.store.runs(filter).elements.map(\.id) == [second.id, first.id])
  }

  @Test func `stay what they are where nothing can be done again`() async throws {
    let lines = (0..<60).map { #"{"score": \#($0 % 5 == 0 ? -1 : $0)}"# }.joined(separator: "\n")
    let file = try bench.write(lines, to: "rows.jsonl")
    let run = try await bench.run(["sample": .string(file), "evaluators": root])
    let counts = try bench.registry.store.outcomeCounts(ofRun: run.number)
    #expect(counts == [.errored: 12, .scored: 48])
    _ = try bench.write(lines + "\n{}", to: "rows.jsonl")
    #expect(failure { try bench.registry.retryFailed(run.id) }?.code == .sourceChanged)
    let same = try bench.registry.store.run(run.id)
    #expect(same.status == .completed && same.result == run.result && same.verdict == run.verdict)
    #expect(try bench.registry.store.outcomeCounts(ofRun: run.number) == counts)
    _ = try bench.write(lines, to: "rows.jsonl")
    let (open, rows) = try bench.registry.retryFailed(run.id)
    #expect(open.status == .pending && rows == 12 && open.result == run.result)
    let again = try await bench.registry.executeRun(open)
    #expect(again.status == .completed)
    #expect(again.result["evaluators"] == run.result["evaluators"])
    #expect(try bench.registry.store.outcomeCounts(ofRun: run.number) == counts)
  }
}
