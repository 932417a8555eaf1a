import AssayCore
import AssayJSON
import AssayStore
import Testing

@Suite("Containers, data sets, models and benchmarks in the store")
struct ObjectTests {
  private let temporary: TemporaryStore
  private var store: Store { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  private func version(_ hash: String, rows: Int = 10) -> DatasetVersion {
    DatasetVersion(
      contentHash: hash, file: "files/\(hash).csv", rowCount: rows, splits: ["train": 8, "test": 2],
      origin: ["file": "a.csv"])
  }

  @Test("a container keeps its label and counts its revisions")
  func containers() throws {
    let made = try store.createContainer(ContainerSpecification(label: "churn", description: "first"))
    #expect(made.revision == 1)
    let changed = try store.updateContainer("churn", DescriptionPatch(description: "second"), ifMatch: 1)
    #expect(changed.revision == 2 && changed.description == "second" && changed.label == "churn")
    #expect(code { try store.updateContainer("churn", DescriptionPatch(description: "x"), ifMatch: 1) } == "registry.conflict")
    #expect(try store.updateContainer("churn", DescriptionPatch(description: "second")) == changed)
    #expect(code { try store.createContainer(ContainerSpecification(label: "churn")) } == "registry.conflict")
    #expect(try store.deleteContainer(made.id) == made.id)
    #expect(code { try store.container("churn") } == "registry.not-found")
    #expect(try store.createContainer(ContainerSpecification(label: "churn")).id != made.id)
    #expect(try store.containers().elements.map(\.label) == ["churn"])
  }

  @Test("log entries are kept in order, all of a batch or none")
  func logs() throws {
    _ = try store.createContainer(ContainerSpecification(label: "chat"))
    let entries: [JSONValue] = [
      ["input": "a", "output": "b", "model": "m", "cost": 0.5],
      ["id": "mine", "messages": [["role": "user", "content": "hi"]]],
    ]
    let logged = try store.append(logs: entries, to: "chat")
    #expect(logged.map(\.position) == [0, 1])
    #expect(logged[1].id == "mine")
    let more: [JSONValue] = [["output": "x"], ["id": "mine", "output": "y"]]
    #expect(code { try store.append(logs: more, to: "chat") } == "registry.conflict")
    #expect(try store.logs(of: "chat").total == 2)
    #expect(try store.container("chat").logCount == 2)
    #expect(try store.logs(of: "chat", page: Page(limit: 1, offset: 1)).elements.map(\.id) == ["mine"])
    #expect(code { try store.append(logs: entries, to: "nowhere") } == "registry.not-found")
    let bad = #expect(throws: AssayError.self) {
      try store.append(logs: [["output": "x"], ["cost": 1]], to: "chat")
    }
    #expect(bad?.details["row"] == "2")
    #expect(code { try store.append(logs: [["output": "x", "latency": -1]], to: "chat") } == "registry.invalid")
    #expect(code { try store.append(logs: ["text"], to: "chat") } == "registry.invalid")
  }

  @Test("a log entry keeps the caller's id, and a container has it once")
  func logIDs() throws {
    for label in ["a", "b"] { _ = try store.createContainer(ContainerSpecification(label: label)) }
    try store.append(logs: [["id": 7, "output": "x"]], to: "a")
    try store.append(logs: [["id": 7, "output": "x"]], to: "b")
    let entry = try store.logs(of: "a").elements[0]
    #expect(entry.id == "7" && entry.json["id"] == 7)
    #expect(code { try store.append(logs: [["id": "7", "output": "y"]], to: "a") } == "registry.conflict")
    #expect(code { try store.append(logs: [["id": true, "output": "y"]], to: "a") } == "registry.invalid")
    #expect(code { try store.append(logs: [["id": "", "output": "y"]], to: "a") } == "registry.invalid")
  }

  @Test(
    "an entry of chat messages has an input and an output",
    arguments: [
      (#"[{"role":"user","content":"Hi?"},{"role":"assistant","content":"Hello."}]"#, #""Hi?""#, #""Hello.""#),
      (#"[{"role":"user","content":"Hi?"}]"#, #""Hi?""#, nil),
      (
        #"[{"role":"system","content":"s"},{"role":"user","content":"u"},{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]"#,
        #"[{"role":"system","content":"s"},{"role":"user","content":"u"}]"#, #""a\nb""#
      ),
      (#"[{"role":"assistant","content":null}]"#, nil, "null"),
    ] as [(String, String?, String?)])
  func chats(messages: String, input: String?, output: String?) throws {
    _ = try store.createContainer(ContainerSpecification(label: "chat"))
    try store.append(logs: [["messages": JSONValue(parsing: messages)]], to: "chat")
    let row = try store.logs(of: "chat").elements[0].json
    #expect(row["input"]?.text() == input)
    #expect(row["output"]?.text() == output)
    #expect(row["messages"]?.text() == messages)
    for wrong in ["[]", "3", #"[{"content":"x"}]"#] {
      let entry: JSONValue = ["messages": try JSONValue(parsing: wrong)]
      #expect(code { try store.append(logs: [entry], to: "chat") } == "registry.invalid")
    }
  }

  @Test("entries that stream in are appended whole or not at all")
  func streamed() throws {
    _ = try store.createContainer(ContainerSpecification(label: "many"))
    var rest = 1000
    let count = try store.append(to: "many") {
      rest -= 1
      return rest < 0 ? nil : ["output": JSONValue(rest)]
    }
    #expect(count == 1000)
    var good = 10
    #expect(
      code {
        try store.append(to: "many") { () throws(AssayError) in
          good -= 1
          guard good > 0 else { throw AssayError(.invalidField, "the file ends here") }
          return ["output": "x"]
        }
      } == "registry.invalid")
    #expect(try store.container("many").logCount == 1000)
  }

  @Test("entries that stream in leave the store to others until all have come")
  func spooled() throws {
    _ = try store.createContainer(ContainerSpecification(label: "slow"))
    let long = String(repeating: "ä\"\n", count: 20_000)
    var number = 0
    let count = try store.append(to: "slow") { () throws(AssayError) in
      number += 1
      guard number <= 60 else { return nil }
      // Another one writes meanwhile, here and into the same logs.
      if number == 7 { _ = try store.append(logs: [["output": "first"]], to: "slow") }
      return ["id": JSONValue(number), "output": .string(number % 2 == 0 ? long : "")]
    }
    #expect(count == 60)
    let entries = try store.logs(of: "slow", page: Page(limit: 100))
    #expect(entries.total == 61 && entries.elements.map(\.position) == Array(0...60))
    #expect(entries.elements.dropFirst().map(\.id) == (1...60).map { String($0) })
    #expect(entries.elements[0].fields["output"] == "first")
    for entry in entries.elements.dropFirst() {
      #expect(entry.fields["output"] == .string(entry.position % 2 == 0 ? long : ""))
    }
    var seen = 0
    let total = try store.eachLog(of: "slow", batch: 7) { (_) throws(AssayError) in
      seen += 1
      _ = try store.append(logs: [["output": "later"]], to: "slow")
      return true
    }
    #expect(total == 61 && seen == 61)
    seen = 0
    try store.eachLog(of: "slow", batch: 7) { _ in
      seen += 1
      return seen < 9
    }
    #expect(seen == 9)
    var twice: [JSONValue] = [["id": 1, "output": "x"]]
    #expect(code { try store.append(to: "slow") { twice.popLast() } } == "registry.conflict")
  }

  @Test("a change names description and metadata, and nothing else")
  func patches() throws {
    _ = try store.createContainer(ContainerSpecification(label: "a", description: "d", metadata: ["x": 1, "y": 2]))
    let patch = try DescriptionPatch(json: ["description": .null, "metadata": ["x": .null, "z": 3]])
    let changed = try store.updateContainer("a", patch)
    #expect(changed.description == nil && changed.metadata == ["y": 2, "z": 3])
    for wrong: JSONValue in [["label": "b"], ["description": 3], ["metadata": "x"], "x"] {
      #expect(code { try DescriptionPatch(json: wrong) } == "registry.invalid")
    }
  }

  @Test("a data set has a version for each content")
  func datasets() throws {
    let made = try store.createDataset(name: "tickets", version: version("h1"))
    #expect(made.version.number == 1)
    #expect(try store.addVersion(version("h1"), to: "tickets").version.number == 1)
    #expect(try store.addVersion(version("h2", rows: 20), to: "tickets").version.number == 2)
    #expect(try store.dataset("tickets@1").version.contentHash == "h1")
    #expect(try store.dataset("tickets").version.rowCount == 20)
    #expect(try store.dataset(made.id).version.splits == ["train": 8, "test": 2])
    #expect(code { try store.dataset("tickets@3") } == "registry.not-found")
    #expect(code { try store.dataset("ticket") } == "registry.not-found")
    #expect(code { try store.createDataset(name: "tickets", version: version("h")) } == "registry.conflict")
    #expect(try store.updateDataset("tickets", DescriptionPatch(description: "all of them")).description == "all of them")
    #expect(try store.datasets().elements.count == 1)
    #expect(try store.deleteDataset("tickets") == made.id)
    #expect(try store.datasets().total == 0)
  }

  @Test(
    "a split has several spellings",
    arguments: [("valid", Split.validation), ("val", .validation), ("Test", .test), ("train", .train)])
  func splits(spelling: String, split: Split) { #expect(Split(spelling: spelling) == split) }

  @Test("a model's default version is the promoted one, else the latest that is ready")
  func models() throws {
    _ = try store.createModel(name: "gbm", state: .draft)
    #expect(try store.model("gbm").defaultVersion?.number == 1)
    func changed(_ set: (inout ModelChange) -> Void) throws -> StoredModel {
      var change = ModelChange()
      set(&change)
      return try store.updateModel("gbm", change)
    }
    _ = try changed { $0.added = .ready }
    _ = try changed { $0.added = .training }
    #expect(try store.model("gbm").defaultVersion?.number == 2)
    #expect(code { try changed { $0.promoted = 3 } } == "registry.conflict")
    #expect(code { try changed { $0.promoted = 9 } } == "registry.not-found")
    let promoted = try changed { change in
      (change.state, change.version, change.promoted) = (.ready, 1, 1)
    }
    #expect(promoted.defaultVersion?.number == 1)
    #expect(code { try store.createModel(name: "gbm") } == "registry.conflict")
    #expect(try store.models().total == 1)
    _ = try store.deleteModel("gbm")
    #expect(code { try store.model("gbm") } == "registry.not-found")
  }

  @Test("a model changes whole or not at all")
  func modelChanges() throws {
    _ = try store.createModel(name: "gbm", state: .draft)
    var change = ModelChange()
    change.state = .ready
    change.promoted = 1
    change.words = DescriptionPatch(description: "trees", metadata: ["depth": 3])
    let changed = try store.updateModel("gbm", change)
    #expect(changed.promoted == 1 && changed.versions.map(\.state) == [.ready])
    #expect(changed.description == "trees" && changed.metadata == ["depth": 3])
    var wrong = ModelChange()
    wrong.added = .draft
    wrong.promoted = 2
    #expect(code { try store.updateModel("gbm", wrong) } == "registry.conflict")
    wrong.promoted = 9
    #expect(code { try store.updateModel("gbm", wrong) } == "registry.not-found")
    #expect(try store.model("gbm") == changed)
    wrong.promoted = nil
    #expect(try store.updateModel("gbm", wrong).versions.map(\.state) == [.ready, .draft])
  }

  @Test("predictions belong to a version of a model and of a data set")
  func predictions() throws {
    _ = try store.createModel(name: "gbm")
    _ = try store.createDataset(name: "tickets", version: version("h1"))
    let made = try store.addPrediction(model: "gbm", dataset: "tickets", contentHash: "p", file: "files/p.csv")
    #expect(made.modelVersion == 1 && made.datasetVersion == 1)
    _ = try store.addVersion(version("h2"), to: "tickets")
    #expect(try store.predictions(ofModel: "gbm", dataset: "tickets").isEmpty)
    #expect(try store.predictions(ofModel: "gbm@1", dataset: "tickets@1") == [made])
    #expect(code { try store.predictions(ofModel: "gbm@7") } == "registry.not-found")
  }

  @Test("a benchmark names a data set that is there")
  func benchmarks() throws {
    func specification(_ dataset: String, _ thresholds: JSONValue = []) throws -> BenchmarkSpecification {
      try BenchmarkSpecification(
        json: ["name": "b", "dataset": .string(dataset), "evaluators": ["tabular.binary"], "thresholds": thresholds])
    }
    func update(_ dataset: String, _ thresholds: JSONValue = []) throws -> StoredBenchmark {
      let next = try specification(dataset, thresholds)
      return try store.updateBenchmark("b") { _ in next }
    }
    #expect(code { try store.createBenchmark(specification("tickets")) } == "registry.not-found")
    _ = try store.createDataset(name: "tickets", version: version("h1"))
    let made = try store.createBenchmark(specification("tickets@1"))
    #expect(made.revision == 1)
    #expect(try update("tickets@1").revision == 1)
    #expect(try update("tickets@1", ["roc_auc >= 0.9"]).revision == 2)
    #expect(code { try store.createBenchmark(specification("tickets")) } == "registry.conflict")
    #expect(code { try store.deleteDataset("tickets") } == "registry.conflict")
    let late = code { try store.updateBenchmark("b", ifMatch: 1) { $0.specification } }
    #expect(late == "registry.conflict")
    let renamed = try BenchmarkSpecification(json: ["name": "c", "dataset": "tickets", "evaluators": ["x"]])
    #expect(code { try store.updateBenchmark("b") { _ in renamed } } == "registry.conflict")
    #expect(try store.benchmarks().total == 1)
    _ = try store.deleteBenchmark("b")
    #expect(code { try store.benchmark("b") } == "registry.not-found")
    #expect(code { try BenchmarkSpecification(json: ["name": "b", "dataset": "d"]) } == "registry.invalid")
  }
}

@Suite("Filters of fields")
struct FieldFilterTests {
  private static let row: JSONValue = [
    "n": 3, "text": "abc", "tags": ["x", "y"], "metadata": ["site": "a"], "gone": nil,
  ]

  @Test(
    "let the rows through that meet them",
    arguments: [
      ("n", "equals", "3", true), ("n", "equals", "3.0", true), ("n", "equals", "4", false),
      ("gone", "equals", "null", true), ("n", "not_equals", "4", true), ("n", "not_equals", "3", false),
      ("nowhere", "not_equals", "3", true), ("text", "contains", "\"bc\"", true),
      ("text", "contains", "\"z\"", false), ("tags", "contains", "\"x\"", true),
      ("tags", "not_contains", "\"z\"", true), ("text", "not_contains", "\"b\"", false),
      ("n", "greater_than", "2", true), ("n", "greater_than", "3", false),
      ("n", "greater_than_or_equal", "3", true), ("n", "less_than", "3", false),
      ("n", "less_than_or_equal", "3", true), ("text", "greater_than", "\"abb\"", true),
      ("text", "greater_than", "2", false), ("n", "in", "[1, 3]", true), ("n", "in", "[]", false),
      ("n", "not_in", "[1, 2]", true), ("nowhere", "not_in", "[1]", true), ("n", "exists", "null", true),
      ("gone", "exists", "null", false), ("gone", "not_exists", "null", true),
      ("metadata.site", "equals", "\"a\"", true), ("tags.1", "equals", "\"y\"", true),
      ("n", "between", "[3, 5]", true), ("n", "between", "[4, 5]", false),
      ("nowhere", "less_than", "3", false),
    ])
  func matches(field: String, comparison: String, value: String, expected: Bool) throws {
    let json: JSONValue = [
      "field": .string(field), "operator": .string(comparison), "value": try JSONValue(parsing: value),
    ]
    #expect(try FieldFilter(json: json).matches(Self.row) == expected)
  }

  @Test(
    "are refused where they cannot be met",
    arguments: [
      #"{"field": "a", "operator": "between", "value": [1]}"#, #"{"field": "a", "operator": "in", "value": 1}"#,
      #"{"field": "a", "operator": "like", "value": 1}"#, #"{"operator": "exists"}"#, "3",
      #"{"field": "a", "operator": "less_than", "value": true}"#,
    ])
  func refused(text: String) throws {
    let json = try JSONValue(parsing: text)
    #expect(code { try FieldFilter(json: json) } == "registry.invalid")
  }
}
