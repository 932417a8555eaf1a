import AssayArrow
import AssayCore

/// One slice: which columns (by number in the plan) and their values.
struct SliceKey: Hashable, Sendable {
  var columns: Int
  var values: [String]

  /// By column, then by value; numbers by size.
  func precedes(_ other: SliceKey) -> Bool {
    guard columns == other.columns else { return columns < other.columns }
    for (x, y) in zip(values, other.values) where x != y {
      if let x = Double(x), let y = Double(y), x != y { return x < y }
      return x < y
    }
    return false
  }
}

/// Columns by which rows are sliced.
struct SliceColumns: Sendable {
  /// As the result names them.
  var names: [String]
  /// Where they stand in the batches.
  var positions: [Int]

  /// The rows of a batch by the values of the columns.
  ///
  /// - Parameter rows: The rows that count, in order.
  func groups(of batch: RecordBatch, rows: [Int32]) -> [[String]: [Int32]] {
    let columns = positions.map { SliceCodes(batch.columns[$0], rows: rows) }
    guard var codes = columns.first?.codes else { return [:] }
    for column in columns.dropFirst() {
      var interner = Interner()
      codes = zip(codes, column.codes).map { interner.number(of: UInt64($0) << 32 | UInt64($1)) }
    }
    var members: [[Int32]] = []
    var examples: [Int] = []
    for (index, code) in codes.enumerated() {
      if Int(code) == members.count {
        members.append([])
        examples.append(index)
      }
      members[Int(code)].append(rows[index])
    }
    var groups: [[String]: [Int32]] = [:]
    for (example, rows) in zip(examples, members) {
      groups[columns.map { $0.texts[Int($0.codes[example])] }] = rows
    }
    return groups
  }
}

/// A column whose values are read as text.
struct SliceColumn {
  private let column: Column
  private let isBool: Bool

  init(_ column: Column) {
    self.column = column
    isBool = column.type == .bool
  }

  /// The value of a row; nil for null.
  func textOrNil(at row: Int) -> String? { column.isValid(row) ? text(at: row) : nil }

  /// The value of a row as a result writes it; `null` for null.
  func text(at row: Int) -> String {
    guard column.isValid(row) else { return "null" }
    if let text = column.string(at: row) { return text }
    if isBool { return column.bool(at: row) ? "true" : "false" }
    if let integer = column.integer(at: row) { return String(integer) }
    if let double = column.number(at: row) {
      return Int(exactly: double).map { String($0) } ?? "\(double)"
    }
    return "null"
  }
}
