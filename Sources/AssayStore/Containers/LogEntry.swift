public import AssayCore
public import AssayJSON

/// One task that was done: what went in, what came out, and what it cost.
public struct LogEntry: Sendable, Hashable {
  /// Where it stands in its container, from 0.
  public var position: Int
  public var id: String
  /// The fields as they were logged: `input`, `output`, `expected`, `model`, `latency`,
  /// `input_tokens`, `output_tokens`, `cost`, `time`, `metadata`, and the caller's own.
  public var fields: JSONObject
  public var createdAt: String

  /// The entry as a row of a source and as a response shows it.
  public var json: JSONObject {
    var object: JSONObject = ["id": .string(id)]
    for (key, value) in fields where key != "id" { object[key] = value }
    if object["time"] == nil { object["time"] = .string(createdAt) }
    return object
  }

  /// Checks the fields of an entry.
  ///
  /// An entry is a flat record or a pair of chat messages; input and output may be
  /// texts, messages or whole responses.
  /// - Throws: `registry.invalid` for what is no object, has neither input nor output, or
  ///   has a number where none can be.
  public static func check(_ value: JSONValue) throws(AssayError) -> JSONObject {
    guard let object = value.objectValue else {
      throw AssayError(
        .invalidField, "A log entry is an object with \"input\" and \"output\", not \(value.typeName).")
    }
    guard object["input"] != nil || object["output"] != nil || object["messages"] != nil else {
      throw AssayError(
        .invalidField, "A log entry needs \"input\" or \"output\".", details: ["field": "output"])
    }
    for name in ["latency", "cost", "input_tokens", "output_tokens"] {
      guard let value = object[name], !value.isNull else { continue }
      guard let number = value.doubleValue, number >= 0 else {
        throw AssayError(
          .invalidField, "The field \"\(name)\" of a log entry is a number from 0 on, not \(value.text()).",
          details: ["field": name])
      }
    }
    return object
  }
}
