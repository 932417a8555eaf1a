import AssayCore
import AssayJSON
import Foundation
import Testing

@testable import AssayStore

@Suite struct `The schema of evaluator files` {
  private static func definitions() throws -> JSONObject {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Registry/schema/evaluator.schema.json")
    let document = try JSONValue(parsing: String(contentsOf: file, encoding: .utf8))
    return try #require(document["$defs"]?.objectValue)
  }

  private static func schema(of kind: EvaluatorKind) throws -> JSONSchema {
    try JSONSchema(#require(definitions()[kind.rawValue]), at: kind.rawValue)
  }

  @Test func `knows the types that there are`() throws {
    #expect(try Set(Self.definitions().keys) == Set(EvaluatorKind.allCases.map(\.rawValue)))
  }

  @Test(arguments: EvaluatorKind.allCases)
  func `has the fields that are read, and those that are read past`(kind: EvaluatorKind) throws {
    let names = try Set(Self.schema(of: kind).properties.map(\.name))
    #expect(names == Set(EvaluatorSpecification.fields(of: kind)).union(RequestFields.shown))
  }

  private static let good: [JSONObject] = [
    ["name": "g", "type": "plugin", "evaluator": "tabular.binary"],
    [
      "name": "g", "type": "plugin", "evaluator": "tabular.binary", "parameters": ["threshold": 0.4],
      "bindings": ["target": "label"], "mode": "reference", "pass_threshold": 0.9, "container": "churn",
      "description": "d", "api": "chat", "metadata": ["team": "risk"],
    ],
    ["name": "j", "type": "judge", "model": "m", "prompt": "{output}?", "inference_parameters": ["temperature": 0]],
    ["name": "c", "type": "code", "source": "pass", "language": "python", "requirements": ["numpy"]],
    ["name": "c", "type": "code", "source": "pass", "language": .null, "requirements": "numpy", "metadata": .null],
    ["name": "e", "type": "external", "mode": "pairwise", "pass_threshold": .null],
  ]

  @Test(arguments: good)
  func `and the registry take the same`(fields: JSONObject) throws {
    let specification = try EvaluatorSpecification(json: .object(fields))
    let schema = try Self.schema(of: specification.kind)
    #expect(throws: Never.self) { try schema.validate(.object(fields), at: "file") }
    // What is got can be applied again.
    let stored = StoredEvaluator(
      id: "evl_1", scope: .local, specification: specification, version: 1, fingerprint: "sha256:0", createdAt: "now",
      updatedAt: "now", deletedAt: "now")
    #expect(throws: Never.self) { try schema.validate(.object(stored.json), at: "got") }
  }

  private static let bad: [JSONObject] = [
    ["name": "g", "type": "plugin"], ["type": "external"], ["name": "j", "type": "judge", "prompt": "{output}"],
    ["name": "j", "type": "judge", "model": "m"], ["name": "c", "type": "code"],
    ["name": "g", "type": "plugin", "evaluator": "t", "prompt": "no"], ["name": "e", "type": "external", "treshold": 1],
    ["name": "e", "type": "external", "mode": "sideways"], ["name": "e", "type": "external", "pass_threshold": "high"],
    ["name": 7, "type": "external"], ["name": "e", "type": "external", "metadata": []],
    ["name": "g", "type": "plugin", "evaluator": "t", "parameters": [1]],
    ["name": "c", "type": "code", "source": "pass", "requirements": [1]],
  ]

  @Test(arguments: bad)
  func `and the registry refuse the same`(fields: JSONObject) throws {
    #expect(throws: AssayError.self) { try EvaluatorSpecification(json: .object(fields)) }
    let kind = try #require(EvaluatorKind(rawValue: fields["type"]?.stringValue ?? ""))
    let schema = try Self.schema(of: kind)
    #expect(throws: AssayError.self) { try schema.validate(.object(fields), at: "file") }
  }
}
