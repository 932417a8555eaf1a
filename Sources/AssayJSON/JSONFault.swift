import AssayCore

/// Where a document is wrong, and why, in words for its author.
///
/// simdjson is quick because it does not keep track of lines. So only after it
/// has refused a text, the text is walked again, slowly, for a good message.
struct JSONFault {
  enum Failure: Error {
    case refused(String)
    case tooDeep
  }

  let line: Int
  let column: Int
  let reason: String

  var error: AssayError {
    AssayError(
      .jsonSyntax, "line \(line), column \(column): \(reason)",
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
      line: before.count { $0 == newline } + 1, column: count + 1, reason: reason)
  }
}
