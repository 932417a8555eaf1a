import AssayArrow
import AssayCore

/// One slice: which columns (by number in the plan) and their values.
struct SliceKey: Hashable, Sendable {
  var columns: Int
  var values: [String]
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
    let columns = positions.map { SliceColumn(batch.columns[$0]) }
    guard let first = columns.first else { return [:] }
    var groups: [[String]: [Int32]] = [:]
    if columns.count == 1 {
      // Rows of a file often come in runs; most keys are the one before.
      for (value, rows) in first.runs(of: rows) { groups[[value], default: []] += rows }
      return groups
    }
    for row in rows {
      groups[columns.map { $0.text(at: Int(row)) }, default: []].append(row)
    }
    return groups
  }
}

/// A column whose values are read as text.
struct SliceColumn {
  private let column: Column

  init(_ column: Column) { self.column = column }

  /// The value of a row as a result writes it; `null` for null.
  func text(at row: Int) -> String {
    guard column.isValid(row) else { return "null" }
    if let text = column.string(at: row) { return text }
    if column.type == .bool { return column.bool(at: row) ? "true" : "false" }
    if let integer = column.integer(at: row) { return String(integer) }
    if let double = column.number(at: row) {
      return Int(exactly: double).map { String($0) } ?? "\(double)"
    }
    return "null"
  }

  /// The rows by value.
  fileprivate func runs(of rows: [Int32]) -> [String: [Int32]] {
    var groups: [String: [Int32]] = [:]
    var current: String?
    var run: [Int32] = []
    for row in rows {
      let value = text(at: Int(row))
      if value != current {
        if let current { groups[current, default: []] += run }
        current = value
        run.removeAll(keepingCapacity: true)
      }
      run.append(row)
    }
    if let current { groups[current, default: []] += run }
    return groups
  }
}
