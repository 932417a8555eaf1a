import AssayCore
import AssayJSON
import AssayStore
import Foundation
import Testing

@testable import AssayRuntime

@Suite struct `The sample of an earlier run` {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  private func makeFirst(_ more: JSONObject = [:]) async throws -> String {
    let file = try bench.classifier(rows: 30)
    var creation = RunCreation()
    creation.id = "first"
    var config: JSONObject = [
      "evaluators": [["evaluator": "tabular.binary", "bindings": ["target": "label"]]],
      "sample": .string(file), "join_on": "id",
    ]
    for (name, value) in more { config[name] = value }
    let run = try await bench.run(config, creation)
    try #require(run.status == .completed, "\(run.error.text())")
    return file
  }

  /// A run by another evaluator over the sample of the first one.
  private func again(_ source: JSONValue) async throws -> StoredRun {
    try await bench.run([
      "evaluators": [
        ["evaluator": "tabular.regression", "bindings": ["target": "label", "prediction": "score"]]
      ], "sample": source,
    ])
  }

  @Test func `is the same bytes, and a range of them`() async throws {
    let file = try await makeFirst()
    let whole = try await again("run:first")
    #expect(whole.status == .completed, "\(whole.error.text())")
    #expect(whole.sources["sample"]?["uri"] == "run:first" && whole.sources["sample"]?["run"] == "first")
    #expect(whole.sources["sample"]?["sha256"] == (try bench.registry.store.run("first").sources["sample"]?["sha256"]))
    #expect(whole.sources["sample"]?["path"]?.stringValue == file && whole.doneRows == 30)
    let few = try await again(["type": "run", "run": "first", "range": "5:12"])
    #expect(few.doneRows == 7 && few.config["sample"]?["run"] == "first")
  }

  @Test func `keeps to the range of the run`() async throws {
    _ = try await makeFirst(["sample": ["type": "file", "file": .string(bench.folder + "/rows.jsonl"), "range": "10:20"]])
    #expect(try await again("run:first").doneRows == 10)
    let part = try await again(["type": "run", "run": "first", "range": "4:"])
    #expect(part.doneRows == 6 && part.sources["sample"]?["range"] == "14:20")
    #expect(await RunBench.code { try await again(["type": "run", "run": "first", "range": "10:12"]) } == "registry.invalid")
  }

  @Test func `is the outputs of its rows where the file is gone`() async throws {
    let file = try await makeFirst()
    try FileManager.default.removeItem(atPath: file)
    let run = try await bench.run([
      "evaluators": [["library": "libc.so.6", "call": "size_t strlen(const char *s)", "bindings": ["s": "output"]]],
      "sample": "run:first",
    ])
    #expect(run.status == .completed, "\(run.error.text())")
    let path = try #require(run.sources["sample"]?["path"]?.stringValue)
    let first = try #require(String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").first)
    let row = try JSONValue(parsing: String(first))
    #expect(row["id"] == "0" && row["key"] == "0" && row["expected"] == "1" && row["output"] != nil)
    #expect(run.doneRows == 30)
  }

  @Test func `has to be there, and to be of one model`() async throws {
    _ = try await makeFirst(["models": ["v1"]])
    let one = try await again("run:first/v1")
    #expect(one.status == .completed && one.sources["sample"]?["uri"] == "run:first/v1")
    let lost = await #expect(throws: AssayError.self) { try await again("run:frist") }
    #expect(lost?.code.rawValue == "registry.not-found" && lost?.message.contains("\"first\"") == true)
    let model = await #expect(throws: AssayError.self) { try await again("run:first/v2") }
    #expect(model?.code.rawValue == "registry.not-found" && model?.message.contains("\"v1\"") == true)
    var given = RunImport(.rows([["key": "a", "score": 1]]))
    given.creation.id = "elsewhere"
    _ = try bench.registry.importRun(given)
    let outputs = await #expect(throws: AssayError.self) { try await again("run:elsewhere") }
    #expect(outputs?.code.rawValue == "registry.invalid" && outputs?.message.contains("was imported") == true)
    #expect(await RunBench.code { try await again("run:") } == "registry.invalid")
  }

  @Test func `may be one of two models' answers`() async throws {
    _ = try await makeFirst()
    for (fields, words) in [
      (["a": "run:first"], "answers.jsonl"), (["a": "run:first", "b": "x.csv", "sample": "y.csv"], "exclude each other"),
      (["a": "run:first", "b": "x.csv", "models": ["m"]], "exclude each other"),
    ] as [(JSONObject, String)] {
      var config: JSONObject = ["evaluators": ["tabular.binary"]]
      for (name, value) in fields { config[name] = value }
      let error = #expect(throws: AssayError.self) { try bench.specification(config) }
      #expect(error?.code.rawValue == "registry.invalid" && error?.message.contains(words) == true)
    }
    let pairs = try bench.specification(["evaluators": ["x"], "a": "run:first/v1", "b": ["type": "run", "run": "first"]])
    #expect(pairs.isOfPairs && pairs.sample?.place == .run("first", model: "v1"))
    #expect(pairs.sample?.json["run"] == "first/v1" && pairs.groundTruth?.place == .run("first", model: nil))
  }
}
