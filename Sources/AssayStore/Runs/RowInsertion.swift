import GRDB

/// Inserts rows of one evaluator of a run, many with each statement.
///
/// Within a statement SQLite puts a row beside the one before it. A statement for each row
/// would search its place from the root of the table every time, and cost twice as much.
struct RowInsertion {
  let database: Database
  let run: Int64
  let position: Int
  /// The columns behind the run and the position, in the order of the values.
  let columns: [String]

  /// More of them gain nothing.
  private static let rowsPerStatement = 32

  /// Takes the place of what was said of the same rows before.
  ///
  /// - Parameter values: The values of a row, one for each column.
  /// - Complexity: O(*n*) in the rows, which are best in their order.
  func insert<Row>(_ rows: [Row], values: (Row) -> [DatabaseValue]) throws {
    var rest = rows[...]
    while !rest.isEmpty {
      let count = rest.count < Self.rowsPerStatement ? 1 : Self.rowsPerStatement
      let statement = try database.cachedStatement(sql: sql(rows: count))
      while rest.count >= count, !rest.isEmpty {
        var arguments = [run.databaseValue, position.databaseValue]
        arguments.reserveCapacity(2 + count * columns.count)
        for row in rest.prefix(count) { arguments += values(row) }
        statement.setUncheckedArguments(StatementArguments(arguments))
        try statement.execute()
        rest = rest.dropFirst(count)
      }
    }
  }

  private func sql(rows count: Int) -> String {
    let row = "(?1, ?2" + String(repeating: ", ?", count: columns.count) + ")"
    let rows = [String](repeating: row, count: count).joined(separator: ", ")
    return "INSERT OR REPLACE INTO run_rows (run, position, \(columns.joined(separator: ", "))) VALUES \(rows)"
  }
}
