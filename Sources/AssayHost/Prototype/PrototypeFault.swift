import AssayCore

/// What is wrong with a declaration, and what to write instead.
struct PrototypeFault: Error {
  var code: AssayError.Code
  var reason: String
  var remedy: String
  var offset: Int

  init(_ code: AssayError.Code, _ reason: String, remedy: String, at offset: Int) {
    self.code = code
    self.reason = reason
    self.remedy = remedy
    self.offset = offset
  }

  /// The error, with a caret under the offending column.
  func error(in declaration: String) -> AssayError {
    let bytes = Array(declaration.utf8)
    let newline = UInt8(ascii: "\n")
    let before = bytes.prefix(offset)
    let start = before.lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = bytes[start...].firstIndex(of: newline) ?? bytes.count
    let line = String(decoding: bytes[start..<end], as: UTF8.self)
    let column = String(decoding: before[start...], as: UTF8.self).count
    let indent = String(
      String(decoding: before[start...], as: UTF8.self).map { $0 == "\t" ? "\t" as Character : " " })
    let message = "\(reason); \(remedy)\n  \(line)\n  \(indent)^"
    return AssayError(
      code, message,
      details: [
        "declaration": declaration, "column": String(column + 1), "remedy": remedy,
        "line": String(before.count { $0 == newline } + 1),
      ])
  }
}
