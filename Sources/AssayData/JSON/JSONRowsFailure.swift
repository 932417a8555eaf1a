import AssayArrow
import AssayCore
import AssayJSON
import CAssayJSON

/// Why rows could not be read, as the reader of JSON says it.
struct JSONRowsFailure {
  private let status: UInt32
  private let words: String
  /// From 0; below where it is no single row's fault.
  private let row: Int
  /// From 1; 0 where it is not known.
  private let line: Int
  private let column: Int
  /// What is wrong with a row that is not JSON.
  private let fault: JSONFault?

  /// Takes over what the error says, and gives back what it holds.
  @unsafe
  init(_ status: Int32, _ error: inout assay_json_rows_error) {
    self.status = UInt32(bitPattern: status)
    var text = unsafe error.text
    words = unsafe withUnsafeBytes(of: &text) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    row = unsafe Int(error.row)
    line = unsafe Int(error.line)
    column = unsafe Int(error.column)
    if let source = unsafe error.source {
      // Safety: as many bytes as are said, until the error is given back.
      let bytes = unsafe UnsafeRawBufferPointer(start: source, count: error.source_length)
      fault = unsafe JSONFault(inRow: Array(bytes))
    } else {
      fault = nil
    }
    unsafe assay_json_rows_error_clear(&error)
  }

  /// - Parameter columns: The names by the positions that the reader knows.
  func error(in source: String, columns: [String]) -> AssayError {
    var details = ["file": source]
    var place = source
    if row >= 0 {
      details["row"] = String(row + 1)
      place += ", row \(row + 1)"
    }
    if line > 0 {
      details["line"] = String(line + (fault.map { $0.line - 1 } ?? 0))
      place += row >= 0 ? " (line \(line))" : ", line \(line)"
    }
    if columns.indices.contains(column) {
      details["column"] = columns[column]
      place += ", column \"\(columns[column])\""
    }
    switch status {
    case ASSAY_JSON_ROWS_MISSING.rawValue:
      return AssayError(.fileMissing, "There is no file \"\(source)\".", details: details)
    case ASSAY_JSON_ROWS_INVALID.rawValue:
      return AssayError(.rowInvalid, place + reason(in: source), details: details)
    case ASSAY_JSON_ROWS_VALUE.rawValue:
      return AssayError(.cast, "\(place): \(words).", details: details)
    default:
      return AssayError(.fileUnreadable, "\(source) \(words).", details: details)
    }
  }

  /// What is wrong with a row, behind its place.
  private func reason(in source: String) -> String {
    let hint =
      source == SourceURI.standardInputName
      ? " Standard input is read as JSON lines; data of another format go into a file." : ""
    guard let fault else {
      // The parser's words end in a full stop, or in two.
      return ": \(String(words.reversed().drop { $0 == "." }.reversed())).\(hint)"
    }
    let excerpt = fault.excerpt.map { "\n" + $0 } ?? ""
    return " is not JSON: at column \(fault.column), \(fault.reason).\(hint)\(excerpt)"
  }
}
