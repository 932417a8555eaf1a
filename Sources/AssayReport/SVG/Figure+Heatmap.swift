import AssayCore

extension Figure {
  /// A matrix of more labels than that is folded: its cells could not be read.
  private static let mostLabels = 40
  /// So many labels stay of one that is folded.
  private static let foldedLabels = 26

  /// Counts by actual and predicted label, coloured by their share of the actual
  /// label's rows. Of many labels those that are confused most.
  static func confusionMatrix(_ table: ResultTable, in evaluator: EvaluatorResult) -> Figure? {
    let order = evaluator.classNames
    guard let whole = ConfusionMatrix(table, order: order, limit: .max) else { return nil }
    let isFolded = whole.labels.count > mostLabels
    let folded = isFolded ? ConfusionMatrix(table, order: order, limit: foldedLabels) : nil
    let matrix = folded ?? whole
    let indices = matrix.labels.indices
    let cells = indices.flatMap { row in
      indices.compactMap { column -> HeatDrawing.Cell? in
        let count = matrix.counts[row][column]
        // Thousands of empty cells say nothing.
        guard count != 0 || indices.count <= 12 else { return nil }
        let share = matrix.share(row, column)
        return HeatDrawing.Cell(
          row: row, column: column, strength: share ?? 0, text: count.text(digits: 6),
          share: share?.percentText, title: matrix.sentence(row, column))
      }
    }
    let drawing = HeatDrawing(
      rows: matrix.labels, columns: matrix.labels, cells: cells, rowTitle: "actual",
      columnTitle: "predicted")
    let hits = indices.reduce(0) { $0 + matrix.counts[$1][$1] }
    let rest = matrix.folded > 0 ? " The \(matrix.folded) labels that are confused least are put together." : ""
    return Figure(
      name: table.name, title: "Confusion matrix" + (isFolded ? " of the labels confused most" : ""),
      summary: "Counts by actual (down) and predicted (across) label; \(hits.text(digits: 9)) are on the diagonal.\(rest)",
      width: drawing.width, height: drawing.height, body: drawing.body)
  }

  /// The third column over the first two, coloured from its least to its greatest value.
  static func heatmap(_ table: ResultTable) -> Figure? {
    guard table.columns.count >= 3, let values = table.columns[2].values.numbers else { return nil }
    let (rowTexts, columnTexts) = (table.columns[0].values.texts, table.columns[1].values.texts)
    let rows = places(of: rowTexts)
    let columns = places(of: columnTexts)
    let known = values.compactMap { $0 }
    guard let least = known.min(), let most = known.max() else { return nil }
    let cells = values.indices.compactMap { index -> HeatDrawing.Cell? in
      guard let value = values[index], let row = rows.index[rowTexts[index]],
        let column = columns.index[columnTexts[index]]
      else { return nil }
      let strength = most > least ? (value / 2 - least / 2) / (most / 2 - least / 2) : 0.5
      return HeatDrawing.Cell(
        row: row, column: column, strength: strength, text: value.shortText(digits: 3), share: nil,
        title: "\(table.columns[0].name) \(rowTexts[index]), \(table.columns[1].name) \(columnTexts[index]): \(value.shortText(digits: 3))")
    }
    let drawing = HeatDrawing(
      rows: rows.names, columns: columns.names, cells: cells, rowTitle: table.columns[0].name,
      columnTitle: table.columns[1].name)
    return Figure(
      name: table.name, title: title(of: table.name),
      summary: "\(table.columns[2].name) by \(table.columns[0].name) and \(table.columns[1].name), from \(least.text()) to \(most.text()).",
      width: drawing.width, height: drawing.height, body: drawing.body)
  }

  /// The different values in the order of their first row, as many as can be drawn.
  private static func places(of texts: [String]) -> (names: [String], index: [String: Int]) {
    var names: [String] = []
    var index: [String: Int] = [:]
    for text in texts where index[text] == nil && names.count < mostLabels {
      index[text] = names.count
      names.append(text)
    }
    return (names, index)
  }
}
