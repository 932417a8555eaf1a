import AssayRuntime
import Foundation
import Testing

@Suite struct `Data sets of a registry` {
  private let temporary: TemporaryRegistry
  private var registry: Registry { temporary.registry }

  init() throws { temporary = try TemporaryRegistry() }

  private func file(_ name: String, _ text: String) throws -> String {
    let path = temporary.folder + "/" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func text(of dataset: StoredDataset) throws -> String {
    try String(contentsOfFile: registry.store.path(of: dataset.version.file), encoding: .utf8)
  }

  private var keptFiles: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: registry.store.path(of: "datasets"))) ?? []
  }

  @Test func `keep a single file byte by byte`() throws {
    let rows = "{\"id\": 1,  \"split\": \"train\"}\n{\"id\": 2, \"split\": \"test\"}\n{\"id\": 3}\n"
    let made = try registry.createDataset(
      name: "a", source: .files([.init(try file("a.jsonl", rows))]))
    #expect(try text(of: made) == rows)
    #expect(made.version.rowCount == 3)
    #expect(made.version.splits == ["train": 1, "test": 1])
    #expect(made.version.file.hasSuffix(".jsonl"))
    // The digest that sha256sum prints.
    let one = try registry.createDataset(name: "b", source: .files([.init(try file("b.jsonl", "{\"x\":1}\n"))]))
    #expect(
      one.version.contentHash
        == "sha256:bb157861a164e35cdde9d726b0af9ce2765a8f530c35d9e45732b94ee65e9557")
    #expect(one.version.splits.isEmpty)
  }

  @Test func `have a version for each content`() throws {
    let first = try file("a.jsonl", "{\"x\": 1}\n")
    let second = try file("b.jsonl", "{\"x\": 2}\n")
    _ = try registry.createDataset(name: "a", source: .files([.init(first)]))
    #expect(try registry.addVersion(toDataset: "a", source: .files([.init(first)])).version.number == 1)
    #expect(keptFiles.count == 1)
    #expect(try registry.addVersion(toDataset: "a", source: .files([.init(second)])).version.number == 2)
    #expect(try registry.store.versions(ofDataset: "a").map(\.version.number) == [1, 2])
    #expect(try text(of: registry.store.dataset("a@1")) == "{\"x\": 1}\n")
    #expect(keptFiles.count == 2)
  }

  @Test func `spell splits one way, and put files together`() throws {
    let other = try file("a.jsonl", "{\"x\":1,\"split\":\"valid\"}\n{\"x\":2,\"split\":\"Train\"}\n")
    let made = try registry.createDataset(name: "a", source: .files([.init(other)]))
    #expect(try text(of: made) == "{\"x\":1,\"split\":\"validation\"}\n{\"x\":2,\"split\":\"train\"}\n")
    #expect(made.version.splits == ["validation": 1, "train": 1])

    let parts = try registry.createDataset(
      name: "b",
      source: .files([
        .init(try file("1.jsonl", "{\"x\":1}\n"), split: .train),
        .init(try file("2.jsonl", "{\"x\":2}\n{\"x\":3}\n"), split: .test),
      ]))
    #expect(try text(of: parts) == "{\"x\":1,\"split\":\"train\"}\n{\"x\":2,\"split\":\"test\"}\n{\"x\":3,\"split\":\"test\"}\n")
    #expect(parts.version.splits == ["train": 1, "test": 2])

    let column = try registry.createDataset(
      name: "c", source: .files([.init(try file("c.jsonl", "{\"x\":1,\"part\":\"val\"}\n"))]),
      splits: try SplitRule(column: "part"))
    #expect(try text(of: column) == "{\"x\":1,\"part\":\"val\",\"split\":\"validation\"}\n")
  }

  @Test func `refuse a split that is a number, of one file and of several`() throws {
    let files = [
      DatasetSource.File(try file("1.jsonl", "{\"x\":1,\"split\":7}\n")),
      .init(try file("2.jsonl", "{\"x\":2,\"split\":7}\n")),
    ]
    for count in [1, 2] {
      let refusal = failure { try registry.createDataset(name: "a", source: .files(Array(files[..<count]))) }
      #expect(refusal?.code.rawValue == "registry.invalid", "\(refusal?.message ?? "")")
    }
    #expect(keptFiles.isEmpty)
  }

  @Test func `deal rows whose id is null by their text`() throws {
    let rows = (0..<200).map { "{\"id\":null,\"x\":\($0)}\n" }.joined()
    let made = try registry.createDataset(
      name: "a", source: .files([.init(try file("rows.jsonl", rows))]),
      splits: try SplitRule(shares: [.init(.train, 0.5), .init(.test, 0.5)]))
    #expect(made.version.splits.values.allSatisfy { $0 > 60 } && made.version.splits.count == 2)
  }

  @Test func `deal rows to splits the same way whatever their order`() throws {
    let rows = (0..<2000).map { "{\"id\":\($0)}\n" }
    let rule = try SplitRule(shares: [.init(.train, 0.8), .init(.test, 0.2)])
    func assignment(_ name: String, _ rows: [String], _ rule: SplitRule) throws -> Set<Substring> {
      let made = try registry.createDataset(
        name: name, source: .files([.init(try file("rows.jsonl", rows.joined()))]), splits: rule)
      return Set(try text(of: made).split(separator: "\n"))
    }
    let first = try assignment("a", rows, rule)
    let more = try assignment("b", rows.reversed() + ["{\"id\":2000}\n"], rule)
    #expect(first.isSubset(of: more))
    let train = try registry.store.dataset("a").version.splits["train"] ?? 0
    // Of 2,000 rows 1,600 are expected; six standard deviations are 107.
    #expect(abs(train - 1600) < 107)
    let anew = try assignment("c", rows, try SplitRule(shares: rule.shares, seed: 1))
    #expect(anew != first)
  }

  @Test func `come from the logs that meet all filters`() throws {
    _ = try registry.store.createContainer(ContainerSpecification(label: "chat"))
    try registry.store.append(
      logs: (0..<2500).map { ["id": JSONValue($0), "output": "x", "cost": JSONValue($0 % 10)] }, to: "chat")
    let filters = [
      try FieldFilter(parsing: "cost greater_than 6"), try FieldFilter(parsing: "id between 100,2400"),
      try FieldFilter(parsing: "cost not_in 7,9"), try FieldFilter(parsing: "expected not_exists"),
    ]
    let made = try registry.createDataset(name: "dear", source: .container("chat", filters: filters))
    #expect(made.version.rowCount == 230)
    #expect(made.version.origin["container"] == "chat")
    #expect(made.version.origin["filters"]?.arrayValue?.count == 4)
    let few = try registry.createDataset(name: "few", source: .container("chat", filters: filters, limit: 7))
    #expect(few.version.rowCount == 7)
    #expect(try text(of: few).hasPrefix("{\"id\":108,"))
  }

  @Test func `are refused with a reason, and leave nothing behind`() throws {
    let good = try file("a.jsonl", "{\"x\":1}\n")
    let bad = try file("b.jsonl", "{\"x\":1,\"split\":\"train\"}\n{\"x\":2,\"split\":\"trian\"}\n")
    _ = try registry.store.createContainer(ContainerSpecification(label: "empty"))
    _ = try registry.createDataset(name: "taken", source: .files([.init(good)]))
    let before = keptFiles
    func code(_ source: DatasetSource, name: String = "new", _ rule: SplitRule = .byName) -> String? {
      failure { try registry.createDataset(name: name, source: source, splits: rule) }?.code.rawValue
    }
    #expect(code(.files([.init(good)]), name: "taken") == "registry.conflict")
    #expect(code(.files([.init(good)]), name: "a.b") == "registry.invalid")
    #expect(code(.files([])) == "registry.invalid")
    #expect(code(.files([.init(good, reader: "cocoa")])) == "registry.not-found")
    #expect(code(.files([.init(temporary.folder + "/no.jsonl")])) == "data.missing-file")
    // The readers of folders find nothing in it.
    #expect(code(.files([.init(temporary.folder)])) == "data.read")
    #expect(code(.files([.init(temporary.folder, split: .test)])) == "registry.invalid")
    #expect(code(.files([.init(good)]), try SplitRule(column: "part")) == "registry.invalid")
    #expect(code(.container("empty")) == "registry.invalid")
    #expect(code(.container("nowhere")) == "registry.not-found")
    let misspelled = failure { try registry.createDataset(name: "new", source: .files([.init(bad)])) }
    #expect(misspelled?.details["row"] == "2" && misspelled?.message.contains("\"train\"") == true)
    #expect(keptFiles == before)
    #expect(try registry.store.datasets().total == 1)
    #expect(failure { try SplitRule(shares: [.init(.train, 0.5), .init(.test, 0.4)]) }?.code == .invalidField)
    #expect(failure { try SplitRule(shares: [.init(.train, 0.5), .init(.train, 0.5)]) }?.code == .invalidField)
  }

  @Test(arguments: [
    ("cost greater_than", "registry.invalid"), ("cost", "registry.invalid"),
    ("cost bigger 3", "registry.invalid"), ("cost between 3", "registry.invalid"),
    ("cost exists", nil), ("cost in a,b", nil), ("cost in [1,2]", nil), ("note contains a b c", nil),
  ] as [(String, String?)])
  func `take filters in three words`(text: String, code: String?) {
    #expect(failure { try FieldFilter(parsing: text) }?.code.rawValue == code)
  }
}

@Suite struct `Predictions and benchmarks of a registry` {
  private let temporary: TemporaryRegistry
  private var registry: Registry { temporary.registry }

  init() throws {
    temporary = try TemporaryRegistry()
    _ = try registry.createDataset(name: "churn", source: .files([.init(try file("a.jsonl", "{\"x\":1}\n{\"x\":2}\n"))]))
    _ = try registry.store.createModel(name: "gbm")
  }

  private func file(_ name: String, _ text: String) throws -> String {
    let path = temporary.folder + "/" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func `predictions have a row for each row of the data set`() throws {
    let whole = try file("p.jsonl", "{\"p\":0.1}\n{\"p\":0.2}\n")
    let made = try registry.addPrediction(model: "gbm", dataset: "churn", file: whole)
    #expect(try String(contentsOfFile: registry.store.path(of: made.file), encoding: .utf8).contains("0.2"))
    let part = try file("q.jsonl", "{\"p\":0.1}\n")
    #expect(failure { try registry.addPrediction(model: "gbm", dataset: "churn", file: part) }?.code == .invalidField)
    #expect(failure { try registry.addPrediction(model: "gmb", dataset: "churn", file: whole) }?.code == .notFound)
    let files = try FileManager.default.contentsOfDirectory(atPath: registry.store.path(of: "predictions"))
    #expect(files.count == 1)
  }

  private func fields(_ more: JSONObject = [:]) -> JSONObject {
    let fields: JSONObject = [
      "name": "bench", "dataset": "churn@1", "evaluators": ["tabular.binary"],
      "thresholds": ["roc_auc >= 0.9"],
    ]
    return fields.merging(more)
  }

  @Test func `benchmarks name evaluators that are there, and metrics that they have`() throws {
    let made = try registry.createBenchmark(fields())
    #expect(made.revision == 1)
    #expect(try registry.updateBenchmark("bench", ["thresholds": ["roc_auc >= 0.8"]], ifMatch: 1).revision == 2)
    #expect(failure { try registry.updateBenchmark("bench", ["description": "x"], ifMatch: 1) }?.code == .conflict)
    for (change, code) in [
      (["evaluators": ["tabular.binery"]], "registry.not-found"),
      (["thresholds": ["roc_acu >= 0.9"]], "threshold.unknown-metric"),
      (["thresholds": ["roc_auc >="]], "threshold.syntax"), (["thresholds": ["roc_auc >= 95"]], "threshold.out-of-range"),
      (["dataset": "chrun"], "registry.not-found"), (["evaluators": []], "registry.invalid"),
      (["name": "bench"], "registry.conflict"),
    ] as [(JSONObject, String)] {
      let other = fields(["name": "other"]).merging(change)
      #expect(failure { try registry.createBenchmark(other) }?.code.rawValue == code, "\(change)")
    }
    #expect(try registry.store.benchmarks().total == 1)
  }

  @Test func `questions with answers become a data set and a benchmark`() throws {
    let questions = try file(
      "q.json", #"[{"question_num": 7, "question": "2+2?", "answer": "4", "topic": "sums"}, {"question": "1+1?", "answer": "2"}]"#)
    let made = try registry.uploadBenchmark(
      ["name": "sums", "evaluators": ["tabular.binary"]], questions: questions)
    #expect(made.specification.dataset == "sums")
    let dataset = try registry.store.dataset("sums")
    #expect(dataset.version.rowCount == 2)
    #expect(
      try String(contentsOfFile: registry.store.path(of: dataset.version.file), encoding: .utf8)
        == #"{"id":7,"input":"2+2?","expected":"4","topic":"sums"}"# + "\n"
        + #"{"id":2,"input":"1+1?","expected":"2"}"# + "\n")
    #expect(
      failure { try registry.uploadBenchmark(["name": "sums", "evaluators": ["tabular.binary"]], questions: questions) }?.code
        == .conflict)
    let without = try file("w.jsonl", "{\"question\":\"a\",\"answer\":\"b\"}\n{\"question\":\"c\"}\n")
    let error = failure { try registry.uploadBenchmark(["name": "w", "evaluators": ["tabular.binary"]], questions: without) }
    #expect(error?.details["row"] == "2")
    #expect(failure { try registry.store.dataset("w") }?.code == .notFound)
  }
}
