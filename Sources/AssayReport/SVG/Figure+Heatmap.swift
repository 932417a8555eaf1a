import AssayCore

extension Figure {
  /// A matrix of more labels than that is folded: its cells could not be read.
  private static let mostLabels = 40

  /// Counts by actual and predicted label, coloured by their share of the actual
  /// label's rows.
  static func confusionMatrix(_ table: ResultTable) -> Figure? {
    guard let matrix = ConfusionMatrix(table, limit: mostLabels) else { return nil }
    let indices = matrix.labels.indices
    let cells = indices.flatMap { row in
      indices.map { column in
        let share = matrix.share(row, column)
        return HeatDrawing.Cell(
          row: row, column: column, strength: share ?? 0, text: matrix.counts[row][column].text(digits: 6),
          share: share?.percentText)
      }
    }
    let drawing = HeatDrawing(
      rows: matrix.labels, columns: matrix.labels, cells: cells, rowTitle: "actual",
      columnTitle: "predicted")
    let hits = indices.reduce(0) { $0 + matrix.counts[$1][$1] }
    return Figure(
      name: table.name, title: "Confusion matrix",
      summary: "Counts by actual (down) and predicted (across) label; \(hits.text(digits: 9)) rows are on the diagonal.",
      height: drawing.height, body: drawing.body)
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
        row: row, column: column, strength: strength, text: value.shortText(digits: 3), share: nil)
    }
    let drawing = HeatDrawing(
      rows: rows.names, columns: columns.names, cells: cells, rowTitle: table.columns[0].name,
      columnTitle: table.columns[1].name)
    return Figure(
      name: table.name, title: title(of: table.name),
      summary: "\(table.columns[2].name) by \(table.columns[0].name) and \(table.columns[1].name), from \(least.text()) to \(most.text()).",
      height: drawing.height, body: drawing.body)
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

/// Cells whose colour says how strong they are.
private struct HeatDrawing {
  struct Cell {
    var row: Int
    var column: Int
    /// From 0 to 1.
    var strength: Double
    var text: String
    var share: String?
  }

  var rows: [String]
  var columns: [String]
  var cells: [Cell]
  var rowTitle: String
  var columnTitle: String

  private static let top = 46.0
  private static let bottom = 14.0

  /// Names shorten where there are many, so that the cells keep their room.
  private var nameWidth: Int { 14 }

  private var left: Double {
    34 + 6.6 * Double(min(nameWidth, rows.map(\.displayWidth).max() ?? 0))
  }

  private var cellWidth: Double { (Chart.width - left - 12) / Double(max(1, columns.count)) }

  private var cellHeight: Double {
    min(96, max(rows.count > 20 ? 10 : 20, (Chart.height - Self.top - Self.bottom) / Double(max(1, rows.count))))
  }

  var height: Double { Self.top + Self.bottom + cellHeight * Double(rows.count) }

  var body: Markup {
    var body = Markup()
    let middle = Self.top + cellHeight * Double(rows.count) / 2
    body.element(
      "text", ["class": "label mid", "x": ((left + Chart.width - 12) / 2).px, "y": "14"], columnTitle)
    body.element(
      "text", ["class": "label mid", "transform": "translate(14 \(middle.px)) rotate(-90)"], rowTitle)
    drawNames(in: &body)
    for cell in cells { draw(cell, in: &body) }
    body.shape(
      "rect",
      [
        "class": "frame", "x": left.px, "y": Self.top.px,
        "width": (cellWidth * Double(columns.count)).px, "height": (cellHeight * Double(rows.count)).px,
      ])
    return body
  }

  private func drawNames(in body: inout Markup) {
    let fits = max(1, Int(cellWidth / 7))
    // Where names are narrower than a letter or two, every few of them will do.
    let every = max(1, Int((18 / cellWidth).rounded(.up)))
    for (index, name) in columns.enumerated() where index % every == 0 {
      let x = left + cellWidth * (Double(index) + 0.5)
      let text = Escaping.terminal(name).truncated(to: min(nameWidth, fits * every))
      body.element("text", ["class": "tick mid", "x": x.px, "y": (Self.top - 8).px], text)
    }
    let everyRow = max(1, Int((12 / cellHeight).rounded(.up)))
    for (index, name) in rows.enumerated() where index % everyRow == 0 {
      let y = Self.top + cellHeight * (Double(index) + 0.5) + 4
      let text = Escaping.terminal(name).truncated(to: nameWidth)
      body.element("text", ["class": "tick end", "x": (left - 8).px, "y": y.px], text)
    }
  }

  private func draw(_ cell: Cell, in body: inout Markup) {
    drawSquare(cell, in: &body)
    drawText(cell, in: &body)
  }

  private func drawSquare(_ cell: Cell, in body: inout Markup) {
    let x = left + cellWidth * Double(cell.column)
    let y = Self.top + cellHeight * Double(cell.row)
    let share = cell.share.map { ", \($0)" } ?? ""
    let opacity: Double = 0.03 + 0.95 * min(1, max(0, cell.strength))
    body.element(
      "rect",
      [
        "class": "cell", "x": (x + 0.5).px, "y": (y + 0.5).px, "width": (cellWidth - 1).px,
        "height": (cellHeight - 1).px, "fill-opacity": opacity.fixedText(decimals: 3),
      ]
    ) {
      let names = "\(rowTitle) \(rows[cell.row]), \(columnTitle) \(columns[cell.column])"
      $0.element("title", "\(names): \(cell.text)\(share)")
    }
  }

  /// The number, where it fits; zeros only in a small matrix.
  private func drawText(_ cell: Cell, in body: inout Markup) {
    let y = Self.top + cellHeight * Double(cell.row)
    let fits = Double(cell.text.count) * 8.5 < cellWidth && cellHeight >= 18
    guard fits, cell.text != "0" || cells.count <= 36 else { return }
    let on = cell.strength > 0.7 ? " on" : ""
    let middle = left + cellWidth * (Double(cell.column) + 0.5)
    let showsShare = cell.share != nil && cellHeight >= 44 && cellWidth >= 56
    let base = y + cellHeight / 2 + (showsShare ? -3 : 5)
    body.element("text", ["class": "count mid\(on)", "x": middle.px, "y": base.px], cell.text)
    if showsShare, let text = cell.share {
      body.element("text", ["class": "share mid\(on)", "x": middle.px, "y": (base + 18).px], text)
    }
  }
}
