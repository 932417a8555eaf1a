import AssayJSON
import Foundation
import Testing
import Yams

@Suite struct `The documented files of evaluators` {
  /// Every document with a type that a block of the documentation writes into a file.
  private static let documents: [String] = {
    let text = (try? String(contentsOfFile: Built.root + "/Documentation/Registry.md", encoding: .utf8)) ?? ""
    let files = text.matches(of: /cat > \S+\.yaml <<'END'\n(?<text>(?s).*?)\nEND\n/).map { String($0.output.text) }
    return files.flatMap { $0.components(separatedBy: "\n---\n") }.filter { $0.contains("\ntype: ") }
  }()

  @Test func `are of every type`() {
    let types = Self.documents.compactMap { $0.firstMatch(of: /\ntype: (?<type>\w+)/).map { String($0.output.type) } }
    #expect(Set(types) == ["plugin", "judge", "code", "external"])
  }

  @Test(arguments: documents)
  func `are what their schema says`(document: String) throws {
    let loaded = try #require(try Yams.load(yaml: document))
    let bytes = try JSONSerialization.data(withJSONObject: loaded)
    let object = try JSONValue(parsing: Array(bytes))
    let file = Built.root + "/Registry/schema/evaluator.schema.json"
    let schema = try JSONValue(parsing: String(contentsOfFile: file, encoding: .utf8))
    let type = try #require(object["type"]?.stringValue)
    let definition = try #require(schema["$defs"]?[type], "\(type)")
    #expect(throws: Never.self) { try JSONSchema(definition, at: type).validate(object, at: "file") }
    // The whole schema chooses among these and no others.
    let choices = schema["oneOf"]?.arrayValue?.compactMap { $0["$ref"]?.stringValue }
    #expect(choices?.contains("#/$defs/\(type)") == true)
  }
}
