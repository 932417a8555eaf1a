public import AssayCore

/// The kinds of objects that a store keeps, by the prefix of their ids.
public enum ObjectKind: String, Sendable, Hashable, CaseIterable {
  case evaluator = "evl"
  case container = "ctr"
  case logEntry = "log"
  case dataset = "dst"
  case model = "mdl"
  case prediction = "prd"
  case benchmark = "bmk"
  case run = "run"

  /// What messages and the member `object` call it.
  public var word: String {
    switch self {
    case .evaluator: "evaluator"
    case .container: "container"
    case .logEntry: "log_entry"
    case .dataset: "dataset"
    case .model: "model"
    case .prediction: "prediction"
    case .benchmark: "benchmark"
    case .run: "run"
    }
  }

  /// The word with its article, for messages.
  var phrase: String { (self == .evaluator ? "an " : "a ") + word }

  /// A new id that no other object has: the prefix and 100 bits of chance.
  public func makeID() -> String {
    let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    return rawValue + "_" + String((0..<20).map { _ in alphabet[Int.random(in: 0..<32)] })
  }

  /// Checks an id that a caller chose.
  ///
  /// That of an evaluator has no dot, as its name has none: a name with a dot is a plugin's.
  /// - Throws: `registry.invalid` unless it is 1 to 128 letters, digits, `-`, `_` and `.`.
  public func check(id: String) throws(AssayError) {
    let isFit =
      (1...128).contains(id.utf8.count)
      && id.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        case UInt8(ascii: "."): self != .evaluator
        default: false
        }
      }
    guard !isFit else { return }
    throw AssayError(
      .invalidField,
      "\"\(id)\" cannot be the id of \(phrase): use 1 to 128 letters, digits, \(self == .evaluator ? "\"-\" and \"_\"" : "\"-\", \"_\" and \".\"").",
      details: ["field": "id"])
  }
}

/// Checks a name that a person chose for an object.
///
/// A registry name has no dot, so that it cannot clash with a built-in one, and
/// nothing that a source or a version would be read into.
/// - Throws: `registry.invalid` with the field.
func check(name: String, field: String, of kind: ObjectKind) throws(AssayError) {
  let forbidden = Set("./@:, \t\n\"'\\")
  let isFit =
    (1...128).contains(name.count) && !name.contains { forbidden.contains($0) || $0.isNewline }
    && !name.hasPrefix("-")
  guard !isFit else { return }
  throw AssayError(
    .invalidField,
    "\"\(name)\" cannot be the \(field) of \(kind.phrase): use up to 128 characters without spaces, quotes, commas and any of . / @ : \\, and no - in front.",
    details: ["field": field])
}

extension String {
  /// The text with a capital in front, for the beginning of a message.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
