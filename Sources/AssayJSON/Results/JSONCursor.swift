import AssayCore

/// A value in a document together with the path to it, so that an error can say
/// where the document departs from what was expected.
struct JSONCursor {
  let value: JSONValue
  let path: String

  func failure(expected: String) -> AssayError {
    AssayError(
      .notAResult,
      "This is not a result of a run: \(path) should be \(expected), and is \(value.typeName).",
      details: ["path": path])
  }

  func object() throws(AssayError) -> JSONObject {
    guard let object = value.objectValue else { throw failure(expected: "an object") }
    return object
  }

  /// The member of that name; an error where it is missing.
  func member(_ name: String) throws(AssayError) -> JSONCursor {
    guard let member = try object()[name] else {
      throw AssayError(
        .notAResult, "This is not a result of a run: \(path) has no member \"\(name)\".",
        details: ["path": path])
    }
    return JSONCursor(value: member, path: "\(path).\(name)")
  }

  /// The member of that name; nil where it is missing or null.
  func optional(_ name: String) throws(AssayError) -> JSONCursor? {
    guard let member = try object()[name], !member.isNull else { return nil }
    return JSONCursor(value: member, path: "\(path).\(name)")
  }

  func members() throws(AssayError) -> [(name: String, cursor: JSONCursor)] {
    try object().map { ($0.key, JSONCursor(value: $0.value, path: "\(path).\($0.key)")) }
  }

  func elements() throws(AssayError) -> [JSONCursor] {
    guard let values = value.arrayValue else { throw failure(expected: "an array") }
    return values.enumerated().map { JSONCursor(value: $0.element, path: "\(path)[\($0.offset)]") }
  }

  func string() throws(AssayError) -> String {
    guard let string = value.stringValue else { throw failure(expected: "text") }
    return string
  }

  func double() throws(AssayError) -> Double {
    guard let number = value.doubleValue else { throw failure(expected: "a number") }
    return number
  }

  func bool() throws(AssayError) -> Bool {
    guard let truth = value.boolValue else { throw failure(expected: "true or false") }
    return truth
  }

  func integer() throws(AssayError) -> Int {
    guard let number = value.integerValue else { throw failure(expected: "an integer") }
    return Int(number)
  }

  /// A number of things: not negative, and no more than can be added up.
  func count() throws(AssayError) -> Int {
    guard let number = value.integerValue, 0...(1 << 53) ~= number else { throw failure(expected: "a count") }
    return Int(number)
  }

  /// One of the named cases of a vocabulary.
  func word<Word: RawRepresentable & CaseIterable>() throws(AssayError) -> Word
  where Word.RawValue == String {
    guard let word = Word(rawValue: try string()) else {
      let names = Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw AssayError(
        .notAResult,
        "This is not a result of a run: \(path) is \"\(try string())\" and should be one of \(names).",
        details: ["path": path])
    }
    return word
  }
}
