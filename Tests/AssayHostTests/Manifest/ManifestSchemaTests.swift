import AssayCore
import AssayHost
import AssayJSON
import Foundation
import Testing

@Suite struct `The schema of manifests` {
  private static func schemaValue() throws -> JSONValue {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
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
