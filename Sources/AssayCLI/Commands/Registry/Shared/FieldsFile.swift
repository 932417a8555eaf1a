import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime
import Yams

/// The fields of an object in a file of YAML or JSON.
enum FieldsFile {
  /// The fields of one object.
  ///
  /// - Parameter path: `-` for standard input.
  /// - Throws: `file.unreadable`, `config.invalid` with the line.
  static func read(_ path: String) throws(AssayError) -> JSONObject {
    let documents = try readAll(path)
    guard documents.count == 1 else {
      let name = name(of: path)
      throw AssayError(
        .configInvalid,
        "\(name) holds \(documents.count) documents, and one object is wanted. assay evaluators apply takes several.",
        details: ["file": name])
    }
    return documents[0]
  }

  /// The fields of several objects: documents of YAML with `---` between them.
  ///
  /// - Returns: At least one.
  /// - Throws: As for one.
  static func readAll(_ path: String) throws(AssayError) -> [JSONObject] {
    let name = name(of: path)
    guard let text = String(validating: try Files.read(path), as: UTF8.self) else {
      throw AssayError(.configInvalid, "\(name) is not UTF-8 text.", details: ["file": name])
    }
    let values = try values(of: text, name).filter { !$0.isNull }
    guard !values.isEmpty else {
      throw AssayError(.configInvalid, "\(name) is empty.", details: ["file": name])
    }
    return try values.enumerated().map { (index, value) throws(AssayError) in
      if let object = value.objectValue { return object }
      let which = values.count > 1 ? ", document \(index + 1)," : ""
      throw AssayError(
        .configInvalid, "\(name)\(which) holds \(value.typeName), not an object with its fields.",
        details: ["file": name])
    }
  }

  private static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  private static func values(of text: String, _ name: String) throws(AssayError) -> [JSONValue] {
    // Every JSON document is YAML too; its own parser is stricter and faster.
    if let value = try? JSONValue(parsing: text) { return [value] }
    var reader = YAMLReader(name: name)
    return try ConfigFile.composeAll(text, name).map { (node) throws(AssayError) in try reader.value(node) }
  }
}

/// Turns nodes of YAML into JSON values, by the core schema: what is not in quotes is null,
/// a truth value or a number where it reads as one.
private struct YAMLReader {
  let name: String
  /// More values than anybody writes by hand: aliases of aliases would multiply.
  var remaining = 100_000

  mutating func value(_ node: Node) throws(AssayError) -> JSONValue {
    remaining -= 1
    guard remaining > 0 else { throw fault("is too large", node) }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      return isPlain ? Self.plain(scalar.string) : .string(scalar.string)
    case .sequence(let sequence):
      var values: [JSONValue] = []
      for element in sequence { values.append(try value(element)) }
      return .array(values)
    case .mapping(let mapping):
      var object = JSONObject()
      for (key, element) in mapping {
        guard let key = key.scalar?.string else { throw fault("has a key that is no text", key) }
        object[key] = try value(element)
      }
      return .object(object)
    case .alias: throw fault("has an alias that stands for nothing", node)
    }
  }

  private static func plain(_ text: String) -> JSONValue {
    switch text {
    case "", "~", "null", "Null", "NULL": .null
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: number(text) ?? .string(text)
    }
  }

  private static func number(_ text: String) -> JSONValue? {
    guard let value = try? JSONValue(parsing: text), value.doubleValue != nil else { return nil }
    return value
  }

  private func fault(_ problem: String, _ node: Node) -> AssayError {
    let line = node.mark.map { ", line \($0.line)" } ?? ""
    return AssayError(.configInvalid, "\(name)\(line): it \(problem).", details: ["file": name])
  }
}
