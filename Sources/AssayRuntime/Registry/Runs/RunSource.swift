public import AssayCore
public import AssayJSON
import AssayStore

/// Where one side of a run in the registry comes from, as it was asked for.
public struct RunSource: Sendable, Hashable {
  /// What holds the rows.
  public enum Place: Sendable, Hashable {
    /// A file or a folder; `-` is standard input, which is copied into the store.
    case file(String)
    /// A data set by name or id, with a version and a split where they are named.
    case dataset(String, split: String?)
    /// The task logs of a container, by label or id.
    case container(String)
    /// What a run was about: its sample, or that of one of its models.
    case run(String, model: String?)
    /// Models that are called.
    case generate([String])
  }

  public var place: Place
  /// The rows to take, counted from 0 and without the last; nil for all.
  public var range: Range<Int>?

  public init(_ place: Place, range: Range<Int>? = nil) {
    self.place = place
    self.range = range
  }

  /// Reads `PATH`, `file:PATH`, `-`, `dataset:NAME[@VERSION][/SPLIT]`, `container:LABEL`,
  /// `run:ID[/MODEL]` or `generate:MODEL[,MODEL]`.
  ///
  /// - Parameters:
  ///   - range: `FIRST:END`; either may be left out.
  ///   - side: For messages.
  /// - Throws: `registry.invalid` for an empty name, and for a range that is no range, empty
  ///   or backwards.
  public init(parsing text: String, range: String? = nil, side: Side) throws(AssayError) {
    place = try Self.place(text, side)
    self.range = try range.map { (range) throws(AssayError) in try Self.rows(range, side) }
  }

  private static func place(_ text: String, _ side: Side) throws(AssayError) -> Place {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let rest = parts.count == 2 ? parts[1] : ""
    func needed(_ what: String) throws(AssayError) -> String {
      guard !rest.isEmpty else {
        throw invalid(side, "\"\(text)\" names no \(what), as in \(parts[0]):NAME.")
      }
      return rest
    }
    switch parts[0] {
    case "dataset" where parts.count == 2:
      let named = try needed("data set").split(separator: "/", maxSplits: 1).map(String.init)
      return .dataset(named[0], split: named.count == 2 ? try split(named[1], side) : nil)
    case "container" where parts.count == 2: return .container(try needed("container"))
    case "run" where parts.count == 2:
      let named = try needed("run").split(separator: "/", maxSplits: 1).map(String.init)
      return .run(named[0], model: named.count == 2 ? named[1] : nil)
    case "generate" where parts.count == 2:
      let models = try needed("model").split(separator: ",").map(String.init)
      guard !models.isEmpty else { throw invalid(side, "\"\(text)\" names no model.") }
      return .generate(models)
    default:
      let path = text.hasPrefix("file://") ? String(text.dropFirst(7)) : parts[0] == "file" ? rest : text
      guard !path.isEmpty else { throw invalid(side, "\"\(text)\" names no file.") }
      return .file(path)
    }
  }

  static func split(_ text: String, _ side: Side) throws(AssayError) -> String {
    guard let split = Split(spelling: text) else {
      let names = Split.allCases.map(\.rawValue)
      throw invalid(
        side,
        "There is no split \"\(text)\".\(suggestion(for: text, in: names)) The splits are \(names.joined(separator: ", "))."
      )
    }
    return split.rawValue
  }

  /// Reads `FIRST:END`.
  static func rows(_ text: String, _ side: Side) throws(AssayError) -> Range<Int> {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let first = parts.first.flatMap { $0.isEmpty ? 0 : Int($0) }
    let end = parts.last.flatMap { $0.isEmpty ? Int.max : Int($0) }
    guard parts.count == 2, let first, let end, first >= 0, end >= 0 else {
      throw invalid(side, "The range \"\(text)\" is not FIRST:END, as in 0:100 for the first hundred rows.")
    }
    guard first < end else {
      let fault = first == end ? "is empty" : "runs backwards"
      throw invalid(
        side,
        "The range \"\(text)\" \(fault): rows are counted from 0, and END is not among them, as in 0:100.")
    }
    return first..<end
  }

  private static func invalid(_ side: Side, _ message: String) -> AssayError {
    AssayError(.invalidField, message, details: ["field": side.rawValue])
  }

  /// The word of the member `type`.
  var kind: String {
    switch place {
    case .file: "file"
    case .dataset: "dataset"
    case .container: "container"
    case .run: "run"
    case .generate: "generate"
    }
  }
}

extension RunSource {
  /// Reads a text as ``init(parsing:range:side:)`` does, or an object
  /// `{"type": "dataset", "dataset": …, "range": "0:100"}`.
  ///
  /// - Throws: `registry.invalid`.
  public init(json: JSONValue, side: Side) throws(AssayError) {
    if let text = json.stringValue {
      try self.init(parsing: text, side: side)
      return
    }
    let example = "{\"type\": \"dataset\", \"dataset\": \"NAME\", \"range\": \"0:100\"}"
    guard let object = json.objectValue, let type = object["type"]?.stringValue else {
      throw Self.invalid(
        side, "\"\(side.rawValue)\" is a source such as \(example), not \(json.text().prefix(60)).")
    }
    let types = ["dataset", "container", "run", "generate", "file"]
    guard types.contains(type) else {
      throw Self.invalid(
        side,
        "There is no source of the type \"\(type)\".\(suggestion(for: type, in: types)) The types are \(types.joined(separator: ", "))."
      )
    }
    let member = type == "generate" ? "models" : type
    let known = ["type", member, "range"] + (type == "dataset" ? ["split"] : [])
    for key in object.keys where !known.contains(key) {
      throw Self.invalid(
        side, "A source of the type \(type) has no field \"\(key)\".\(suggestion(for: key, in: known))")
    }
    let named = object[member]?.arrayValue?.compactMap(\.stringValue).joined(separator: ",")
    guard let name = object[member]?.stringValue ?? named, !name.isEmpty else {
      throw Self.invalid(side, "A source of the type \(type) needs \"\(member)\".")
    }
    var range: String?
    if let value = object["range"], !value.isNull {
      guard let text = value.stringValue else {
        throw Self.invalid(side, "\"range\" is a text such as \"0:100\", not \(value.text()).")
      }
      range = text
    }
    try self.init(parsing: "\(type):\(name)", range: range, side: side)
    if let split = object["split"]?.stringValue, case .dataset(let name, nil) = place {
      place = .dataset(name, split: try Self.split(split, side))
    }
  }

  /// The source as an object.
  public var json: JSONObject {
    var object: JSONObject = ["type": .string(kind)]
    switch place {
    case .file(let path): object["file"] = .string(path)
    case .dataset(let name, let split):
      object["dataset"] = .string(name)
      if let split { object["split"] = .string(split) }
    case .container(let label): object["container"] = .string(label)
    case .run(let id, let model): object["run"] = .string(model.map { "\(id)/\($0)" } ?? id)
    case .generate(let models): object["models"] = .array(models.map { .string($0) })
    }
    object["range"] = range.map { .string($0.text) } ?? .null
    return object
  }
}

extension Range<Int> {
  /// As ``RunSource`` reads it.
  var text: String { "\(lowerBound):\(upperBound == .max ? "" : String(upperBound))" }
}
