/// What a text must become so that it is only text in the format around it.
enum Escaping {
  /// For HTML, in text and in quoted attributes.
  static func html(_ text: String) -> String { markup(text, apostrophe: "&#39;") }

  /// For XML 1.0, which has no way at all to write most control characters.
  static func xml(_ text: String) -> String { markup(text, apostrophe: "&apos;") }

  private static func markup(_ text: String, apostrophe: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += apostrophe
      // In an attribute a bare line break would be read as a space.
      case "\n", "\r", "\t": escaped += "&#\(scalar.value);"
      case _ where !scalar.isXMLCharacter: escaped += "\u{FFFD}"
      case _ where scalar.isInvisibleControl: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// For a terminal: what would move the cursor, change colours or turn the
  /// direction of reading is shown as its code.
  static func terminal(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isInvisibleControl) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      case _ where scalar.isInvisibleControl:
        escaped += "\\u{\(String(scalar.value, radix: 16))}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// One field of a line, quoted as in RFC 4180 where it must be.
  ///
  /// A text that a spreadsheet would calculate has an apostrophe in front.
  static func csv(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    let field = isFormula && Double(text) == nil ? "'" + text : text
    let needsQuotes = field.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r"
    }
    guard needsQuotes || field.first == " " || field.last == " " else { return field }
    var quoted = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  /// For Markdown, in a paragraph or in a cell of a table: every mark that
  /// Markdown or HTML would read is written as an entity.
  static func markdown(_ text: String) -> String {
    var escaped = ""
    let scalars = Array(terminal(text).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "&", "<", ">", "|", "`", "*", "[", "]", "#", "\\", "~", "@", "!", "\"", "'", "$":
        escaped += "&#\(scalar.value);"
      // Between letters, as in `roc_auc`, it starts no emphasis.
      case "_" where !isLetter(scalars, index - 1) || !isLetter(scalars, index + 1):
        escaped += "&#95;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func isLetter(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    scalars.indices ~= index
      && (scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil)
  }

  /// Text in the type of code. A code span knows no escapes, so text with marks
  /// that could end it, or the cell around it, is written another way.
  static func markdownCode(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.first != " " && text.last != " "
      && text.unicodeScalars.allSatisfy { $0 != "`" && $0 != "|" && !$0.isInvisibleControl }
    return isPlain ? "`\(text)`" : "<code>\(markdown(text))</code>"
  }

  /// The message of a workflow command of GitHub Actions.
  static func gitHubMessage(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      case _ where scalar.isInvisibleControl: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A property of a workflow command, where `:` and `,` have a meaning too.
  static func gitHubProperty(_ text: String) -> String {
    var escaped = ""
    for scalar in gitHubMessage(text).unicodeScalars {
      switch scalar {
      case ":": escaped += "%3A"
      case ",": escaped += "%2C"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Unicode.Scalar {
  /// Whether XML 1.0 can hold the character.
  fileprivate var isXMLCharacter: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x10000...: value & 0xFFFE != 0xFFFE
    default: false
    }
  }

  /// Whether the character acts on what is around it instead of being seen:
  /// control characters, line separators, and the marks that turn the direction
  /// of reading.
  var isInvisibleControl: Bool {
    switch value {
    case ..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
