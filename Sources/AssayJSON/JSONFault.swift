import AssayCore

/// Where a document is wrong, and why, in words for its author.
///
/// simdjson is quick because it does not keep track of lines. So only after it
/// has refused a text, the text is walked again, slowly, for a good message.
public struct JSONFault: Sendable, Hashable {
  enum Failure: Error {
    case refused(String)
    case tooDeep
  }

  /// From 1.
  public let line: Int
  /// In characters, from 1.
  public let column: Int
  /// What belongs there, or what must go.
  public let reason: String
  /// The line with a caret under the column, indented, without a last line break;
  /// nil where there is nothing to show.
  public let excerpt: String?

  init(line: Int, column: Int, reason: String, excerpt: String? = nil) {
    self.line = line
    self.column = column
    self.reason = reason
    self.excerpt = excerpt
  }

  /// The first fault of a row of data, in which NaN and Infinity are numbers as Python
  /// writes them; nil where there is none.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  public init?(inRow bytes: [UInt8]) {
    var scanner = JSONScanner(bytes, isRow: true)
    guard let fault = scanner.firstFault() else { return nil }
    self = fault
  }

  var error: AssayError {
    AssayError(
      .jsonSyntax, "line \(line), column \(column): \(reason)" + (excerpt.map { "\n" + $0 } ?? ""),
      details: ["line": String(line), "column": String(column)])
  }

  /// The first fault of a text that simdjson refused.
  static func locate(in bytes: [UInt8], failure: Failure) -> JSONFault {
    var scanner = JSONScanner(bytes)
    if let fault = scanner.firstFault() { return fault }
    if case .refused(let reason) = failure { return JSONFault(line: 1, column: 1, reason: reason) }
    return JSONFault(
      line: 1, column: 1, reason: "it nests deeper than \(JSONValue.depthLimit) levels")
  }

  /// The first member that its object already has.
  static func locateDuplicate(in bytes: [UInt8]) -> JSONFault {
    var scanner = JSONScanner(bytes)
    return scanner.firstFault() ?? JSONFault(line: 1, column: 1, reason: "a member is named twice")
  }
}

extension JSONFault {
  /// A fault at a byte of the text.
  init(_ reason: String, at offset: Int, in bytes: [UInt8]) {
    let before = bytes.prefix(offset)
    let newline = UInt8(ascii: "\n")
    let lineStart = before.lastIndex(of: newline).map { $0 + 1 } ?? 0
    let count = before[lineStart...].count { $0 & 0xC0 != 0x80 }
    self.init(
      line: before.count { $0 == newline } + 1, column: count + 1, reason: reason,
      excerpt: Self.excerpt(of: bytes[lineStart...].prefix { $0 != newline }, column: count))
  }

  /// How much of a long line is shown on either side of the column.
  private static let reach = 36

  private static func excerpt(of line: ArraySlice<UInt8>, column: Int) -> String? {
    // Only around the column: a line may have millions of characters.
    var text = String(decoding: line.prefix(4 * (column + reach + 1)), as: UTF8.self).unicodeScalars[...]
    guard text.contains(where: { $0.value > 0x20 }) else { return nil }
    var shift = column
    var head = ""
    if column > reach {
      text = text.dropFirst(column - reach)
      shift = reach + 1
      head = "…"
    }
    let shown = text.prefix(2 * reach)
    let tail = shown.endIndex < text.endIndex ? "…" : ""
    // What a terminal would obey, and tabs, take one place each.
    let plain = String(String.UnicodeScalarView(shown.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    return "  \(head)\(plain)\(tail)\n  \(String(repeating: " ", count: shift))^"
  }
}
