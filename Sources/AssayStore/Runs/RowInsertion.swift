import GRDB

/// Inserts rows of one evaluator of a run, many with each statement.
///
/// Within a statement SQLite puts a row beside the one before it. A statement for each row
/// would search its place from the root of the table every time, and cost twice as much.
/// Columns in which no row has a value are left out, since every value costs as much as it
/// takes to hand it over.
struct RowInsertion<Row> {
  private let rows: [Row]
  private let columns: [RowColumn<Row>]
  private let run: Int64
  private let position: Int
  private let database: Database

  /// More of them gain nothing.
  private static var rowsPerStatement: Int { 32 }

  /// - Parameters:
  ///   - rows: Best in their order.
  ///   - columns: All that rows may have.
  init(_ rows: [Row], columns: [RowColumn<Row>], run: Int64, position: Int, _ database: Database) {
    self.rows = rows
    self.run = run
    self.position = position
    self.database = database
    self.columns = columns.filter { column in rows.contains { column.value($0) != nil } }
  }

  /// Takes the place of what was said of the same rows before.
  ///
  /// - Complexity: O(*n*) in the rows.
  func insert() throws {
    var rest = rows[...]
    while !rest.isEmpty {
      let count = rest.count < Self.rowsPerStatement ? 1 : Self.rowsPerStatement
      let statement = try database.cachedStatement(sql: sql(rows: count))
      while rest.count >= count {
        statement.setUncheckedArguments(arguments(rest.prefix(count)))
        try statement.execute()
        rest = rest.dropFirst(count)
      }
    }
  }

  private func arguments(_ rows: ArraySlice<Row>) -> StatementArguments {
    var values: [(any DatabaseValueConvertible)?] = [run, position]
    values.reserveCapacity(2 + rows.count * columns.count)
    for row in rows {
      for column in columns { values.append(column.value(row)) }
    }
    return StatementArguments(values)
  }

  private func sql(rows count: Int) -> String {
    let row = "(?1, ?2" + String(repeating: ", ?", count: columns.count) + ")"
    let names = columns.map { ", " + $0.name }.joined()
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
