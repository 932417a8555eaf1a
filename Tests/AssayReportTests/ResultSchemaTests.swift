import AssayCore
import AssayJSON
import AssayReport
import Foundation
import Testing

@Suite struct `The schema of a result` {
  private static let file = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Registry/schema/result.schema.json")

  private func schema() throws -> JSONSchema {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    return try JSONSchema(try JSONValue(parsing: text), at: "result", isClosed: false)
  }

  @Test(arguments: Samples.all.map(\.name))
  func `admits every sample`(name: String) throws {
    let result = try #require(Samples.all.first { $0.name == name }?.result)
    #expect(throws: Never.self) { try schema().validate(result.json, at: "result") }
  }

  @Test func `admits results drawn at random`() throws {
    let schema = try schema()
    for seed in 0..<100 as Range<UInt64> {
      var random = RandomResult(seed: seed)
      let document = random.result().json
      #expect(throws: Never.self, "seed \(seed)") { try schema.validate(document, at: "result") }
    }
  }

  /// A schema that admits everything would pass the tests above.
  @Test(arguments: [
    ("verdict", "maybe"), ("exit_code", "1"), ("assay", "2"), ("run", ["id": "x"]), ("evaluators", [[:]]),
    ("sources", ["third": ["uri": "x", "rows": 1]]), ("warnings", [1]),
  ] as [(String, JSONValue)])
  func `refuses a document that departs`(member: String, value: JSONValue) throws {
    var document = try #require(Samples.binary.json.objectValue)
    document[member] = value
    let schema = try schema()
    #expect(throws: AssayError.self) { try schema.validate(.object(document), at: "result") }
  }

  /// Every member that is written is described: nothing undocumented slips in.
  @Test func `describes every member that a result writes`() throws {
    let closed = try JSONSchema(
      try JSONValue(parsing: try String(contentsOf: Self.file, encoding: .utf8)), at: "result",
      isClosed: true)
    for sample in Samples.all {
      #expect(throws: Never.self, "\(sample.name)") {
        try closed.validate(sample.result.json, at: "result")
      }
    }
  }

  @Test func `is met by the text as well, read back from its bytes`() throws {
    for sample in Samples.all {
      for isIndented in [true, false] {
        let parsed = try JSONValue(parsing: sample.result.jsonText(indented: isIndented))
        #expect(try RunResult(json: parsed) == sample.result, "\(sample.name)")
      }
    }
    for seed in 0..<100 as Range<UInt64> {
      var random = RandomResult(seed: seed)
      let result = random.result()
      #expect(try RunResult(json: JSONValue(parsing: result.jsonText())) == result, "seed \(seed)")
    }
  }
}
