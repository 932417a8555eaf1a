import GRDB

/// Rows of one evaluator of a run, ready to be inserted, many with each statement.
///
/// Within a statement SQLite puts a row beside the one before it. A statement for each row
/// would search its place from the root of the table every time, and cost twice as much.
/// Columns in which no row has a value are left out, since every value costs as much as it
/// takes to hand it over.
struct RowInsertion: Sendable {
  private let columns: [String]
  /// For ``rowsPerStatement`` rows each.
  private let blocks: [StatementArguments]
  /// For one row each.
  private let rest: [StatementArguments]

  /// More of them gain nothing.
  private static let rowsPerStatement = 32

  /// Makes the values of all rows, so that whoever writes has only to hand them over.
  ///
  /// - Parameters:
  ///   - rows: Best in their order.
  ///   - columns: All that rows may have.
  /// - Complexity: O(*n*) in the rows.
  init<Row>(_ rows: [Row], columns: [RowColumn<Row>]) {
    let used = columns.filter { column in rows.contains { column.value($0) != nil } }
    func arguments(_ rows: ArraySlice<Row>) -> StatementArguments {
      var values: [(any DatabaseValueConvertible)?] = []
      values.reserveCapacity(rows.count * used.count)
      for row in rows {
        for column in used { values.append(column.value(row)) }
      }
      return StatementArguments(values)
    }
    let size = Self.rowsPerStatement
    let whole = rows.count - rows.count % size
    self.columns = used.map(\.name)
    blocks = stride(from: 0, to: whole, by: size).map { arguments(rows[$0..<$0 + size]) }
    rest = (whole..<rows.count).map { arguments(rows[$0...$0]) }
  }

  /// Takes the place of what was said of the same rows before.
  func insert(run: Int64, position: Int, _ database: Database) throws {
    for (all, count) in [(blocks, Self.rowsPerStatement), (rest, 1)] where !all.isEmpty {
      let statement = try database.makeStatement(sql: sql(rows: count, run: run, position: position))
      for arguments in all {
        statement.setUncheckedArguments(arguments)
        try statement.execute()
      }
    }
  }

  private func sql(rows count: Int, run: Int64, position: Int) -> String {
    let row = "(\(run), \(position)" + String(repeating: ", ?", count: columns.count) + ")"
    let names = columns.map { ", " + $0 }.joined()
    return "INSERT OR REPLACE INTO run_rows (run, position\(names)) VALUES "
      + [String](repeating: row, count: count).joined(separator: ", ")
  }
}

/// A column of the table of rows, and its value of a row.
struct RowColumn<Row>: Sendable {
  let name: String
  let value: @Sendable (Row) -> (any DatabaseValueConvertible)?

  init(_ name: String, _ value: @escaping @Sendable (Row) -> (any DatabaseValueConvertible)?) {
    self.name = name
    self.value = value
  }
}
