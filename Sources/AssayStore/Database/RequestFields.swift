public import AssayCore
public import AssayJSON

/// The fields of an object that somebody sent: read by name, and every fault named.
public struct RequestFields {
  public let object: JSONObject
  private let kind: ObjectKind

  /// Fields that a stored object shows and nobody sets; they are read past.
  static let shown: Set<String> = [
    "object", "id", "version", "revision", "fingerprint", "created_at", "updated_at", "deleted_at",
    "project", "owner",
  ]

  /// - Parameter known: The fields that may be set.
  /// - Throws: `registry.invalid` for one that no such object has.
  public init(_ value: JSONValue, kind: ObjectKind, known: [String]) throws(AssayError) {
    self.kind = kind
    guard let object = value.objectValue else {
      throw AssayError(
        .invalidField, "\(kind.phrase.capitalizedFirst) is given as an object with its fields, not as \(value.typeName).")
    }
    self.object = object
    for key in object.keys where !known.contains(key) && !Self.shown.contains(key) {
      let near = suggestion(for: key, in: known)
      throw AssayError(
        .invalidField,
        "\(kind.phrase.capitalizedFirst) has no field \"\(key)\"."
          + (near.isEmpty ? " The fields are \(known.joined(separator: ", "))." : near),
        details: ["field": key])
    }
  }

  /// The member of that name; nil where it is missing or null.
  public func value(_ name: String) -> JSONValue? {
    guard let value = object[name], !value.isNull else { return nil }
    return value
  }

  public func text(_ name: String, otherwise fallback: String? = nil) throws(AssayError) -> String? {
    guard let value = value(name) else { return fallback }
    guard let text = value.stringValue else { throw wrong(name, "a text", value) }
    return text
  }

  /// A text that must be there and not empty.
  public func requiredText(_ name: String, example: String) throws(AssayError) -> String {
    guard let text = try text(name), !text.isEmpty else { throw missing(name, example) }
    return text
  }

  public func number(_ name: String) throws(AssayError) -> Double? {
    guard let value = value(name) else { return nil }
    guard let number = value.doubleValue, number.isFinite else { throw wrong(name, "a number", value) }
    return number
  }

  public func bool(_ name: String) throws(AssayError) -> Bool? {
    guard let value = value(name) else { return nil }
    guard let bool = value.boolValue else { throw wrong(name, "true or false", value) }
    return bool
  }

  public func object(_ name: String) throws(AssayError) -> JSONObject {
    guard let value = value(name) else { return JSONObject() }
    guard let object = value.objectValue else { throw wrong(name, "an object", value) }
    return object
  }

  public func texts(_ name: String) throws(AssayError) -> [String] {
    guard let value = value(name) else { return [] }
    var texts: [String] = []
    for element in value.arrayValue ?? [value] {
      guard let text = element.stringValue else { throw wrong(name, "a list of texts", value) }
      texts.append(text)
    }
    return texts
  }

  /// One of the words of a vocabulary.
  public func word<Word: RawRepresentable & CaseIterable>(
    _ name: String, as type: Word.Type
  ) throws(AssayError) -> Word? where Word.RawValue == String {
    guard let text = try text(name) else { return nil }
    let words = Word.allCases.map(\.rawValue)
    guard let word = Word(rawValue: text) else {
      throw AssayError(
        .invalidField,
        "\"\(name)\" of \(kind.phrase) is one of \(words.joined(separator: ", ")), not \"\(text)\".\(suggestion(for: text, in: words))",
        details: ["field": name])
    }
    return word
  }

  /// The error over a field that must be there.
  public func missing(_ name: String, _ example: String) -> AssayError {
    AssayError(
      .invalidField, "\(kind.phrase.capitalizedFirst) needs the field \"\(name)\", such as \(example).",
      details: ["field": name])
  }

  private func wrong(_ name: String, _ wanted: String, _ value: JSONValue) -> AssayError {
    AssayError(
      .invalidField, "\"\(name)\" of \(kind.phrase) is \(wanted), not \(value.text().prefix(60)).",
      details: ["field": name])
  }
}
