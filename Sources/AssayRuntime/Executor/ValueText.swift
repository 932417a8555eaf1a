import AssayArrow
import AssayCore
import AssayJSON

/// Values of columns as JSON of bounded length, as a stored row keeps what is more than a
/// number or a text.
///
/// A list keeps the elements that begin in the first ``limit`` bytes of its text, and texts
/// in it end there with "…"; its last element then says how many are left out, as in
/// `[0.5,0.25,"… 1000 more"]`. So a text may be longer than the limit by one element, and is
/// JSON in any case.
struct ValueText {
  static let limit = 4096

  private(set) var text = ""
  /// Where lists end.
  private var end = 0

  /// The value of a row; nil for null.
  static func text(of column: Column, at row: Int) -> String? {
    guard column.isValid(row) else { return nil }
    var writer = ValueText()
    writer.write(column, at: row)
    return writer.text
  }

  /// The values of a row in several columns, as a JSON object; nil where all are null.
  static func text(of columns: [(name: String, column: Column)], at row: Int) -> String? {
    guard columns.contains(where: { $0.column.isValid(row) }) else { return nil }
    var writer = ValueText()
    for (index, (name, column)) in columns.enumerated() {
      writer.text += (index == 0 ? "{" : ",") + JSONValue.string(name).text() + ":"
      writer.write(column, at: row)
    }
    return writer.text + "}"
  }

  private mutating func write(_ column: Column, at row: Int) {
    end = text.utf8.count + Self.limit
    if let whole = column.string(at: row) {
      text += JSONValue.string(whole).text()
    } else {
      writeElement(column, row)
    }
  }

  private mutating func writeElement(_ column: Column, _ row: Int) {
    guard column.isValid(row) else {
      text += "null"
      return
    }
    if let elements = column.list(at: row) {
      writeList(elements)
    } else if case .structure(let fields) = column.type {
      writeFields(fields, of: column, row)
    } else {
      text += scalar(column, row).text()
    }
  }

  private mutating func writeList(_ elements: Column) {
    text += "["
    for index in 0..<elements.length {
      if index > 0 { text += "," }
      guard text.utf8.count < end else {
        text += "\"… \(elements.length - index) more\""
        break
      }
      writeElement(elements, index)
    }
    text += "]"
  }

  private mutating func writeFields(_ fields: [Field], of column: Column, _ row: Int) {
    for (index, field) in fields.enumerated() {
      text += (index == 0 ? "{" : ",") + JSONValue.string(field.name).text() + ":"
      writeElement(column.field(index), row)
    }
    text += fields.isEmpty ? "{}" : "}"
  }

  private func scalar(_ column: Column, _ row: Int) -> JSONValue {
    if let whole = column.string(at: row) { return .string(shortened(whole)) }
    if column.type.isBinary { return .string("\(column.bytes(at: row).byteCount) bytes") }
    if column.type == .bool { return .bool(column.bool(at: row)) }
    return column.integer(at: row).map { JSONValue($0) } ?? JSONValue(column.number(at: row))
  }

  private func shortened(_ whole: String) -> String {
    let left = max(0, end - text.utf8.count)
    guard whole.utf8.count > left else { return whole }
    return String(decoding: whole.utf8.prefix(left), as: UTF8.self) + "…"
  }
}

extension DataType {
  /// Whether a value is more than a number or a text: lists, fields, bytes.
  var isComposed: Bool {
    switch self {
    case .structure: true
    default: isList || isBinary
    }
  }
}
