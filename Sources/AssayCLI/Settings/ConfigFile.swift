import AssayCore
import AssayJSON
import Yams

/// A configuration in YAML, as values by key.
struct ConfigFile {
  var values: [SettingKey: SettingValue] = [:]

  /// More values than anybody writes by hand: aliases of aliases would multiply.
  private static let valueLimit = 100_000

  /// - Throws: `file.unreadable`, `config.invalid`, `config.unknown-key`.
  init(path: String) throws(AssayError) {
    let bytes = try Files.read(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw AssayError(.configInvalid, "\(path) is not UTF-8 text.", details: ["file": path])
    }
    try self.init(text: text, path: path)
  }

  init(text: String, path: String) throws(AssayError) {
    guard let root = try Self.compose(text, path) else { return }
    guard case .mapping(let mapping) = root else {
      throw AssayError(
        .configInvalid, "\(path) is not a mapping of keys to values, as in \"sample: predictions.csv\".",
        details: ["file": path])
    }
    var reader = ConfigReader(path: path, remaining: Self.valueLimit)
    for (keyNode, node) in mapping {
      let name = keyNode.scalar?.string ?? ""
      let line = keyNode.mark?.line ?? 1
      guard let key = SettingKey(rawValue: name) else { throw Self.unknown(name, path, line) }
      // A key without a value is as good as absent.
      guard !ConfigReader.isNull(node) else { continue }
      values[key] = try reader.value(node, key: name)
    }
  }

  static func compose(_ text: String, _ path: String) throws(AssayError) -> Node? {
    try explaining(path) { try Yams.compose(yaml: text) }
  }

  /// All documents of a text with `---` between them.
  static func composeAll(_ text: String, _ path: String) throws(AssayError) -> [Node] {
    try explaining(path) {
      var documents = try Yams.compose_all(yaml: text)
      var nodes: [Node] = []
      while let node = documents.next() { nodes.append(node) }
      if let error = documents.error { throw error }
      return nodes
    }
  }

  private static func explaining<Value>(
    _ path: String, _ compose: () throws -> Value
  ) throws(AssayError) -> Value {
    do {
      return try compose()
    } catch let error as YamlError {
      throw fault(error, path)
    } catch {
      throw AssayError(
        .configInvalid, "\(path) is not YAML: \(error).", details: ["file": path])
    }
  }

  private static func fault(_ error: YamlError, _ path: String) -> AssayError {
    let parts: (problem: String, mark: Mark?) =
      switch error {
      case .scanner(_, let problem, let mark, _): (problem, mark)
      case .parser(_, let problem, let mark, _): (problem, mark)
      case .composer(_, let problem, let mark, _): (problem, mark)
      case .duplicatedKeysInMapping(let keys, let context):
        ("the key \(keys.map { "\"\($0.description)\"" }.joined(separator: ", ")) is there twice", context.mark)
      default: (error.description, nil)
      }
    let place = parts.mark.map { ", line \($0.line), column \($0.column)" } ?? ""
    var details = ["file": path]
    details["line"] = parts.mark.map { String($0.line) }
    return AssayError(.configInvalid, "\(path)\(place): not valid YAML: \(parts.problem).", details: details)
  }

  private static func unknown(_ name: String, _ path: String, _ line: Int) -> AssayError {
    let names = SettingKey.allCases.map(\.rawValue)
    let near = suggestion(for: name, in: names)
    let list = near.isEmpty ? " The keys are \(names.joined(separator: ", "))." : near
    return AssayError(
      .configUnknownKey, "\(path), line \(line): there is no key \"\(name)\".\(list)",
      details: ["file": path, "line": String(line), "key": name])
  }
}

/// Turns nodes of YAML into values that know their line.
private struct ConfigReader {
  let path: String
  var remaining: Int

  mutating func value(_ node: Node, key: String) throws(AssayError) -> SettingValue {
    let line = node.mark?.line ?? 1
    let origin = SettingValue.Origin.file(path: path, line: line, key: key)
    remaining -= 1
    guard remaining > 0 else {
      throw AssayError(
        .configInvalid, "\(path), line \(line): the configuration is too large.",
        details: ["file": path])
    }
    switch node {
    case .scalar(let scalar):
      return SettingValue(
        .text(scalar.string, isQuoted: scalar.style != .plain && scalar.style != .any), at: origin)
    case .sequence(let sequence):
      var values: [SettingValue] = []
      for element in sequence { values.append(try value(element, key: key)) }
      return SettingValue(.list(values), at: origin)
    case .mapping(let mapping):
      var values: [(name: String, value: SettingValue)] = []
      for (name, element) in mapping {
        let name = name.scalar?.string ?? ""
        values.append((name, try value(element, key: "\(key).\(name)")))
      }
      return SettingValue(.named(values), at: origin)
    case .alias:
      throw AssayError(
        .configInvalid, "\(path), line \(line): the alias stands for nothing.",
        details: ["file": path])
    }
  }

  static func isNull(_ node: Node) -> Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else {
      return false
    }
    return ["", "~", "null"].contains(scalar.string)
  }
}

extension SettingValue {
  /// The value as JSON: what is not in quotes is a number, a truth value or null
  /// where it reads as one, and text otherwise. `a,b,c` on a flag is a list.
  func json() throws(AssayError) -> JSONValue {
    switch content {
    case .text(let text, isQuoted: true): return .string(text)
    case .text(let text, isQuoted: false):
      if let value = try? JSONValue(parsing: text) { return value }
      guard case .flag = origin, text.contains(",") else { return .string(text) }
      return .array(
        text.split(separator: ",", omittingEmptySubsequences: false).map {
          (try? JSONValue(parsing: String($0))) ?? .string(String($0))
        })
    case .list(let values):
      var elements: [JSONValue] = []
      for value in values { elements.append(try value.json()) }
      return .array(elements)
    case .named(let members):
      var object = JSONObject()
      for (name, value) in members { object[name] = try value.json() }
      return .object(object)
    }
  }
}
