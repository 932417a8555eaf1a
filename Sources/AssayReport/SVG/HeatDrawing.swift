/// Cells whose colour says how strong they are.
struct HeatDrawing {
  struct Cell {
    var row: Int
    var column: Int
    /// From 0 to 1.
    var strength: Double
    var text: String
    var share: String?
    /// What shows while the pointer rests on it.
    var title: String
  }

  var rows: [String]
  var columns: [String]
  var cells: [Cell]
  var rowTitle: String
  var columnTitle: String

  /// So many labels fit beside another drawing.
  private static let mostNarrow = 12
  private static let bottom = 14.0
  private static let nameWidth = 14

  var width: Double { columns.count > Self.mostNarrow ? Chart.wideWidth : Chart.width }

  private var longest: Int {
    min(Self.nameWidth, (rows + columns).map(\.displayWidth).max() ?? 0)
  }

  private var left: Double { 34 + 6.6 * Double(longest) }
  /// Names on their side lean out over the last column.
  private var right: Double { turnsNames ? 12 + 3 * Double(longest) : 12 }
  private var cellWidth: Double { (width - left - right) / Double(max(1, columns.count)) }

  /// Whether the names above stand on their side, because they are wider than a cell.
  private var turnsNames: Bool {
    columns.count > 6 && 6.8 * Double(longest) > (width - left - 12) / Double(columns.count)
  }
  private var top: Double { turnsNames ? 40 + 5.8 * Double(longest) : 46 }

  private var cellHeight: Double {
    let even = (Chart.height - top - Self.bottom) / Double(max(1, rows.count))
    return width > Chart.width ? min(30, max(22, cellWidth)) : min(96, max(20, even))
  }

  var height: Double { top + Self.bottom + cellHeight * Double(rows.count) }

  var body: Markup {
    var body = Markup()
    let middle = top + cellHeight * Double(rows.count) / 2
    body.element(
      "text", ["class": "label mid", "x": ((left + width - right) / 2).px, "y": "14"], columnTitle)
    body.element(
      "text", ["class": "label mid", "transform": "translate(14 \(middle.px)) rotate(-90)"], rowTitle)
    drawNames(in: &body)
    for cell in cells { draw(cell, in: &body) }
    body.shape(
      "rect",
      [
        "class": "frame", "x": left.px, "y": top.px,
        "width": (cellWidth * Double(columns.count)).px, "height": (cellHeight * Double(rows.count)).px,
      ])
    return body
  }

  private func drawNames(in body: inout Markup) {
    let fits = turnsNames ? Self.nameWidth : max(1, Int(cellWidth / 7))
    for (index, name) in columns.enumerated() {
      let x = left + cellWidth * (Double(index) + 0.5)
      let text = Escaping.terminal(name).truncated(to: min(Self.nameWidth, fits))
      if turnsNames {
        let place = "translate(\((x + 2).px) \((top - 6).px)) rotate(-58)"
        body.element("text", ["class": "tick", "transform": place], text)
      } else {
        body.element("text", ["class": "tick mid", "x": x.px, "y": (top - 8).px], text)
      }
    }
    for (index, name) in rows.enumerated() {
      let y = top + cellHeight * (Double(index) + 0.5) + 4
      let text = Escaping.terminal(name).truncated(to: Self.nameWidth)
      body.element("text", ["class": "tick end", "x": (left - 8).px, "y": y.px], text)
    }
  }

  private func draw(_ cell: Cell, in body: inout Markup) {
    drawSquare(cell, in: &body)
    drawText(cell, in: &body)
  }

  private func drawSquare(_ cell: Cell, in body: inout Markup) {
    let x = left + cellWidth * Double(cell.column)
    let y = top + cellHeight * Double(cell.row)
    let opacity: Double = 0.03 + 0.95 * min(1, max(0, cell.strength))
    body.element(
      "rect",
      [
        "class": "cell", "x": (x + 0.5).px, "y": (y + 0.5).px, "width": (cellWidth - 1).px,
        "height": (cellHeight - 1).px, "fill-opacity": opacity.fixedText(decimals: 3),
      ]
    ) { $0.element("title", cell.title) }
  }

  /// The number, where it fits; zeros only in a small matrix.
  private func drawText(_ cell: Cell, in body: inout Markup) {
    let y = top + cellHeight * Double(cell.row)
    let isSmall = columns.count > Self.mostNarrow
    let fits = Double(cell.text.count) * (isSmall ? 7 : 8.5) < cellWidth && cellHeight >= 18
    guard fits, cell.text != "0" || cells.count <= 36 else { return }
    let on = (cell.strength > 0.7 ? " on" : "") + (isSmall ? " small" : "")
    let middle = left + cellWidth * (Double(cell.column) + 0.5)
    let showsShare = cell.share != nil && cellHeight >= 44 && cellWidth >= 56
    let base = y + cellHeight / 2 + (showsShare ? -3 : isSmall ? 4 : 5)
    body.element("text", ["class": "count mid\(on)", "x": middle.px, "y": base.px], cell.text)
    if showsShare, let text = cell.share {
      body.element("text", ["class": "share mid\(on)", "x": middle.px, "y": (base + 18).px], text)
    }
  }
}
