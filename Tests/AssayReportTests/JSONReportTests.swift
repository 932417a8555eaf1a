import AssayCore
import AssayJSON
import AssayReport
import Testing

@Suite struct `The JSON of a result` {
  @Test(arguments: Samples.all.map(\.name))
  func `reads back as the same result`(name: String) throws {
    let result = try #require(Samples.all.first { $0.name == name }?.result)
    #expect(try RunResult(json: result.json) == result)
  }

  @Test func `reads back as the same result for values drawn at random`() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = RandomResult(seed: seed)
      let result = random.result()
      #expect(try RunResult(json: result.json) == result, "seed \(seed)")
    }
  }

  @Test func `has the members of the design, in their order`() {
    let document = Samples.binary.json
    #expect(
      document.objectValue?.keys == [
        "assay", "run", "sources", "evaluators", "verdict", "exit_code", "warnings",
      ])
    #expect(
      document["run"]?.objectValue?.keys == ["id", "created_at", "status", "duration_seconds", "seed"])
    let evaluator = document["evaluators"]?.arrayValue?.first
    #expect(
      evaluator?.objectValue?.keys == [
        "evaluator", "version", "type", "mode", "task", "model", "fingerprint", "headline", "bindings", "metrics",
        "tables", "counts", "slices", "thresholds", "verdict", "problems",
      ])
    #expect(
      evaluator?["metrics"]?["roc_auc"]?.objectValue?.keys == [
        "value", "direction", "range", "ci", "standard_error",
      ])
    #expect(
      evaluator?["slices"]?.arrayValue?.first?.objectValue?.keys == [
        "by", "rows", "metrics", "tables", "counts",
      ])
    #expect(evaluator?["model"] == .null)
  }

  @Test func `writes null for what JSON cannot hold`() {
    var result = Samples.rowScores
    result.evaluators[0].metrics[0].value = .nan
    result.evaluators[0].tables[0].columns[1].values = .float64([.infinity, nil, -.infinity, .nan, 1])
    let evaluator = result.json["evaluators"]?.arrayValue?.first
    #expect(evaluator?["metrics"]?["mean"]?["value"] == .null)
    #expect(
      evaluator?["tables"]?["score_by_length"]?["columns"]?["score"] == [
        nil, nil, nil, nil, 1.0,
      ])
  }

  @Test func `keeps an open interval open`() throws {
    var result = Samples.binary
    result.evaluators[0].metrics[0].interval?.high = .infinity
    #expect(try RunResult(json: result.json) == result)
  }

  @Test func `takes the type of a column from its values where nothing says it`() throws {
    var document = try #require(Samples.rowScores.json.objectValue)
    var evaluator = try #require(document["evaluators"]?.arrayValue?[0].objectValue)
    evaluator["tables"] = ["t": ["columns": ["a": [1, nil], "b": [1, 2.5], "c": [nil, "x"], "d": [true, nil]]]]
    document["evaluators"] = [.object(evaluator)]
    let table = try RunResult(json: .object(document)).evaluators[0].tables[0]
    #expect(
      table.columns.map(\.values) == [
        .int64([1, nil]), .float64([1, 2.5]), .utf8([nil, "x"]), .bool([true, nil]),
      ])
  }

  @Test(arguments: [
    ([], .array([]), "report.not-a-result", "$ should be an object, and is array"),
    (["assay"], "2", "report.unknown-version", "version \"2\""),
    (["run"], nil, "report.not-a-result", "$.run should be an object, and is null"),
    (["run", "status"], "done", "report.not-a-result", "$.run.status is \"done\""),
    (["run", "seed"], -1, "report.not-a-result", "$.run.seed"),
    (["sources"], ["other": ["uri": "x", "rows": 1]], "report.not-a-result", "$.sources.other"),
    (["evaluators"], [["evaluator": 1]], "report.not-a-result", "$.evaluators[0].evaluator should be text"),
    (["verdict"], "maybe", "report.not-a-result", "\"pass\", \"fail\", \"inconclusive\""),
    (["exit_code"], 5_000_000_000, "report.not-a-result", "$.exit_code should be an exit code"),
  ] as [([String], JSONValue, String, String)])
  func `says where a document departs`(
    path: [String], value: JSONValue, code: String, words: String
  ) throws {
    let document = replacing(path[...], in: Samples.rowScores.json, with: value)
    let error = try #require(throws: AssayError.self) { try RunResult(json: document) }
    #expect(error.code.rawValue == code)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test(arguments: [-1, .min, 1 << 53 + 1] as [Int64]) func `refuses counts that cannot be`(count: Int64) throws {
    var document = try #require(Samples.rowScores.json.objectValue)
    let entry = try #require(document["evaluators"]?.arrayValue?[0])
    document["evaluators"] = [replacing(["counts", "passed"], in: entry, with: .integer(count))]
    let error = try #require(throws: AssayError.self) { try RunResult(json: .object(document)) }
    #expect(error.message.contains("$.evaluators[0].counts.passed should be a count"), "\(error.message)")
  }

  @Test func `refuses a table whose columns differ in length`() throws {
    var result = Samples.rowScores
    result.evaluators[0].tables[0].columns[0].values = .int64([1])
    let error = try #require(throws: AssayError.self) { try RunResult(json: result.json) }
    #expect(error.message.contains("\"score\" has 5 values and \"length\" has 1"))
  }
}

private func replacing(
  _ path: ArraySlice<String>, in value: JSONValue, with replacement: JSONValue
) -> JSONValue {
  guard let key = path.first else { return replacement }
  var object = value.objectValue ?? JSONObject()
  object[key] = replacing(path.dropFirst(), in: object[key] ?? .null, with: replacement)
  return .object(object)
}
