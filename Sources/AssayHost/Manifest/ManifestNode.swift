import AssayCore
import AssayJSON

/// A value of a manifest with the place where it stands.
struct ManifestNode {
  let value: JSONValue
  /// The manifest's file, for messages.
  let file: String
  /// The path inside it, such as `evaluators[0].call`; empty at the top.
  let path: String

  func error(_ code: AssayError.Code, _ message: String) -> AssayError {
    let place = path.isEmpty ? file : "\(file): \(path)"
    return AssayError(code, "\(place): \(message)", details: ["file": file, "path": path])
  }

  /// The same error, with the place in front and among the details.
  func located(_ error: AssayError) -> AssayError {
    var error = error
    let place = path.isEmpty ? file : "\(file): \(path)"
    error.message = "\(place): \(error.message)"
    error.details["file"] = file
    error.details["path"] = path
    return error
  }

  /// Runs a step whose errors do not know where they happen.
  func locating<Result>(_ body: () throws(AssayError) -> Result) throws(AssayError) -> Result {
    do {
      return try body()
    } catch {
      throw located(error)
    }
  }
}

extension ManifestNode {
  /// The object, whose keys must be among those given; keys that begin with
  /// `x-` are the author's own.
  func object(keys: [String]) throws(AssayError) -> JSONObject {
    let object = try object()
    for key in object.keys where !keys.contains(key) && !key.hasPrefix("x-") {
      let near = suggestion(for: key, in: keys)
      throw child(key, .null).error(
        .manifestUnknownKey,
        "there is no such key.\(near.isEmpty ? " There are \(keys.joined(separator: ", "))." : near)"
          + " A key of your own begins with \"x-\".")
    }
    return object
  }

  /// The object, whatever its keys.
  func object() throws(AssayError) -> JSONObject {
    guard let object = value.objectValue else { throw wrong("an object") }
    return object
  }

  func array() throws(AssayError) -> [ManifestNode] {
    guard let values = value.arrayValue else { throw wrong("a list") }
    return values.enumerated().map { index, value in
      ManifestNode(value: value, file: file, path: "\(path)[\(index)]")
    }
  }

  /// A text that is not empty.
  func string() throws(AssayError) -> String {
    guard let string = value.stringValue, !string.isEmpty else { throw wrong("a text") }
    return string
  }

  func strings() throws(AssayError) -> [String] {
    var strings: [String] = []
    for node in try array() { strings.append(try node.string()) }
    return strings
  }

  func bool() throws(AssayError) -> Bool {
    guard let bool = value.boolValue else { throw wrong("true or false") }
    return bool
  }

  func integer(_ allowed: ClosedRange<Int64>) throws(AssayError) -> Int {
    guard let integer = value.integerValue, allowed.contains(integer) else {
      throw wrong("a whole number from \(allowed.lowerBound) to \(allowed.upperBound)")
    }
    return Int(integer)
  }

  func number() throws(AssayError) -> Double {
    guard let number = value.doubleValue else { throw wrong("a number") }
    return number
  }

  /// One of the words that an enumeration has.
  func word<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type
  ) throws(AssayError) -> Word where Word.RawValue == String {
    let words = Word.allCases.map(\.rawValue)
    guard let text = value.stringValue, let word = Word(rawValue: text) else {
      let near = value.stringValue.map { suggestion(for: $0, in: words) } ?? ""
      throw error(
        .manifestInvalid,
        "\(value.text()) is none of \(words.map { "\"\($0)\"" }.joined(separator: ", ")).\(near)")
    }
    return word
  }

  func wrong(_ wanted: String) -> AssayError {
    error(.manifestInvalid, "\(wanted) belongs here, and this is \(value.text().prefix(60))")
  }

  func child(_ key: String, _ value: JSONValue) -> ManifestNode {
    ManifestNode(value: value, file: file, path: path.isEmpty ? key : "\(path).\(key)")
  }

  /// The member of that key, nil where there is none.
  func optional(_ key: String) -> ManifestNode? {
    value[key].map { child(key, $0) }
  }

  /// The member of a key that must be there.
  func required(_ key: String, _ example: String) throws(AssayError) -> ManifestNode {
    guard let node = optional(key) else {
      throw error(.manifestMissingKey, "the key \"\(key)\" is missing; write \"\(key)\": \(example)")
    }
    return node
  }

  /// The members with their nodes, in order.
  func members() throws(AssayError) -> [(key: String, node: ManifestNode)] {
    try object().map { ($0.key, child($0.key, $0.value)) }
  }
}
