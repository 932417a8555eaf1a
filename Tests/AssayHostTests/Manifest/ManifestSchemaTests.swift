import AssayCore
import AssayHost
import AssayJSON
import Foundation
import Testing

@Suite struct `The schema of manifests` {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The manifests of everything that ships, and of the examples.
  private static let shipped: [String] = {
    let folder = root.appendingPathComponent("Plugins").resolvingSymlinksInPath().path
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix("manifest.json") || $0.hasSuffix(".assay.json") }
      .map { "\(folder)/\($0)" }.sorted()
  }()

  @Test(arguments: shipped)
  func `and the parser take every manifest in the tree`(path: String) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    _ = try Manifest(parsing: bytes, file: path)
    _ = try JSONSchema(Self.schemaValue()).validate(JSONValue(parsing: bytes), at: path)
  }

  @Test func `finds manifests to check`() {
    #expect(Self.shipped.count >= 5)
  }

  private static func schemaValue() throws -> JSONValue {
    let file = root.appendingPathComponent("Registry/schema/manifest.schema.json")
    return try JSONValue(parsing: Array(Data(contentsOf: file)))
  }

  @Test(arguments: [
    DesignExamples.similarity, DesignExamples.manifest(DesignExamples.binary),
  ])
  func `takes what the parser takes`(text: String) throws {
    let schema = try JSONSchema(Self.schemaValue())
    _ = try schema.validate(JSONValue(parsing: text), at: "manifest")
    _ = try Manifest(parsing: text, file: "m")
  }

  static let refused: [(String, String)] = [
    (#"{"manifest_version": 2}"#, "manifest.manifest_version: 2 is not one of 1."),
    (
      #"{"manifest_version": 1, "plugin": "a", "version": "1", "abi": {"major": 1}, "evaluator": []}"#,
      #"manifest.evaluator: there is nothing of this name. Did you mean "evaluators"?"#
    ),
    (
      DesignExamples.manifest(#"{"name": "t", "mode": "pointwize", "call": "double f(double x)"}"#),
      "manifest.evaluators[0].mode: \"pointwize\" is not one of"
    ),
  ]

  @Test(arguments: refused)
  func `refuses what the parser refuses`(text: String, message: String) throws {
    let schema = try JSONSchema(Self.schemaValue())
    let error = try #require(throws: AssayError.self) {
      try schema.validate(JSONValue(parsing: text), at: "manifest")
    }
    #expect(error.message.hasPrefix(message))
    #expect(throws: AssayError.self) { try Manifest(parsing: text, file: "m") }
  }

  /// Every key of the schema is one that the parser knows.
  @Test func `has no keys that the parser does not have`() throws {
    let schema = try JSONSchema(Self.schemaValue())
    let evaluator = try #require(schema["evaluators"]?.items)
    for key in schema.properties.map(\.name) {
      #expect(try refusal(of: #"{"manifest_version": 1, "\#(key)": []}"#, key) != "manifest.unknown-key")
    }
    for key in evaluator.properties.map(\.name) {
      let text = DesignExamples.manifest(#"{"\#(key)": 1}"#)
      #expect(try refusal(of: text, key) != "manifest.unknown-key", "\(key)")
    }
  }

  private func refusal(of text: String, _ key: String) throws -> String? {
    do throws(AssayError) {
      _ = try Manifest(parsing: text, file: "m")
      return nil
    } catch {
      // A doubled key says nothing about the key.
      return error.message.contains("twice") ? nil : error.code.rawValue
    }
  }
}
