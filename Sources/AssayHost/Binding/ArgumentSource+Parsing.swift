public import AssayCore
import AssayJSON

extension ArgumentSource {
  /// Parses the right-hand side of a binding, such as `output.ptr` or `param:p=0.1`.
  ///
  /// A word of the contract goes before a role of that name. What follows
  /// `param:NAME=` and `const:` is JSON where it parses, else text.
  ///
  /// - Throws: `binding.syntax`.
  public init(parsing text: String) throws(AssayError) {
    if let word = Self.words[text] {
      self = word
    } else if let colon = text.firstIndex(of: ":") {
      let rest = String(text[text.index(after: colon)...])
      self = try Self.prefixed(String(text[..<colon]), rest, in: text)
    } else {
      self = try Self.input(text)
    }
  }

  /// Every source that is one word, by that word.
  static let words: [String: ArgumentSource] = {
    var sources: [ArgumentSource] = [
      .batchLength, .batchArrow, .schemaArrow, .null, .outScore, .outScoreValidity, .state,
      .outState, .into, .from, .sink, .sinks, .writer, .error, .services, .seed, .first, .count,
      .outArray, .outSchema, .stream,
    ]
    for text in Text.allCases {
      sources += [.parameters(text), .saved(text), .uri(text), .options(text)]
    }
    sources += Service.allCases.map { .service($0) }
    return Dictionary(uniqueKeysWithValues: sources.map { ($0.description, $0) })
  }()

  private static func prefixed(
    _ prefix: String, _ rest: String, in text: String
  ) throws(AssayError) -> ArgumentSource {
    switch prefix {
    case "param": return try parameter(rest, in: text)
    case "const":
      guard !rest.isEmpty else { throw syntax(text, "a value belongs behind the colon, as in const:3") }
      return .constant(value(rest))
    case "evaluator":
      guard !rest.isEmpty else {
        throw syntax(text, "an evaluator's name belongs behind the colon, as in evaluator:acme.similarity")
      }
      return .evaluator(rest)
    case "service":
      let names = Service.allCases.map(\.rawValue)
      throw syntax(
        text, "there is no service \"\(rest)\"; there are \(names.joined(separator: ", "))."
          + suggestion(for: rest, in: names))
    case "out":
      throw syntax(
        text, "a function writes to out:score, out:score.validity, out:state, out:array or out:schema."
          + suggestion(for: text, in: words.keys.filter { $0.hasPrefix("out:") }))
    default:
      let prefixes = ["param", "const", "out", "service", "evaluator"]
      throw syntax(
        text, "nothing begins with \"\(prefix):\"; write param:, const:, out:, service: or evaluator:."
          + suggestion(for: prefix, in: prefixes))
    }
  }

  private static func parameter(
    _ rest: String, in text: String
  ) throws(AssayError) -> ArgumentSource {
    let parts = rest.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    guard isName(name) else {
      throw syntax(text, "a parameter's name belongs behind the colon, as in param:prefix=0.1")
    }
    // Not a conditional expression: there, nil would be JSON's null.
    guard parts.count > 1 else { return .parameter(name: name, defaultValue: nil) }
    return .parameter(name: name, defaultValue: value(String(parts[1])))
  }

  /// JSON where it parses, else text.
  private static func value(_ text: String) -> JSONValue {
    (try? JSONValue(parsing: text)) ?? .string(text)
  }

  private static func input(_ text: String) throws(AssayError) -> ArgumentSource {
    let components = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard components.allSatisfy(isName) else {
      throw syntax(text, "write a role, as in output.ptr, or param:, const:, out:, service:, evaluator:")
    }
    guard components.count > 1, let last = components.last, last != Accessor.value.rawValue,
      let accessor = Accessor(rawValue: last)
    else { return .input(role: text, .value) }
    return .input(role: components.dropLast().joined(separator: "."), accessor)
  }

  /// Whether the text is a name: letters, digits, `_` and `-`, not a digit first.
  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
    return text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "-" }
  }

  private static func syntax(_ text: String, _ message: String) -> AssayError {
    AssayError(.bindingSyntax, "\"\(text)\": \(message)", details: ["binding": text])
  }
}
