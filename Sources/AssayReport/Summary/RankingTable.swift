import AssayCore

/// A short table with a row for each name, such as the abilities of models: what a reader
/// of an evaluator without many metrics looks for first.
struct RankingTable {
  var title: String
  var head: [String]
  /// By column, whether it holds numbers.
  var isNumeric: [Bool]
  var rows: [[String]]
  /// How many rows the table has that are not shown.
  var hidden: Int

  /// - Parameter limit: How many rows are shown.
  /// - Returns: nil for a table that is not drawn as bars, that does not begin with names,
  ///   whose names are classes (``ClassReport`` has these), or that is empty.
  init?(_ table: ResultTable, limit: Int) {
    guard table.plot == .bars, let names = table.columns.first, names.name != "class",
      names.values.numbers == nil, !names.values.texts.isEmpty
    else { return nil }
    let columns = table.columns.map { column in (column, texts: Self.cells(of: column.values)) }
    title = Figure.title(of: table.name)
    head = table.columns.map(\.name)
    isNumeric = table.columns.map { $0.values.numbers != nil }
    let count = names.values.texts.count
    rows = (0..<min(count, limit)).map { row in columns.map { $0.texts[row] } }
    hidden = count - rows.count
  }

  private static func cells(of values: ResultTable.Values) -> [String] {
    guard case .float64(let numbers) = values else {
      return values.texts.map { $0.isEmpty ? "–" : $0 }
    }
    return numbers.map { $0?.text(digits: 4) ?? "–" }
  }

  static func tables(of evaluator: EvaluatorResult, limit: Int) -> [RankingTable] {
    evaluator.tables.compactMap { RankingTable($0, limit: limit) }
  }
}
