import AssayCore

/// Differences as dots on their intervals, one below the other, around a line at 0.
///
/// Each metric has a scale of its own, as metrics have units of their own: what is read is on
/// which side of 0 an interval lies, and how far. Rows of one metric share its scale.
struct ForestDrawing {
  struct Row {
    var name: String
    var metric: String
    var direction: Direction
    var difference: MetricDifference
    /// The bars that thresholds put on the difference.
    var bars: [Double]

    /// How far from 0 it goes.
    var reach: Double {
      let ends = [difference.value ?? 0, difference.interval?.low ?? 0, difference.interval?.high ?? 0] + bars
      return ends.map(\.magnitude).max() ?? 0
    }
  }

  var rows: [Row]
  /// What stands at the two ends: towards which side a difference goes.
  var baseline: String
  var side: String

  private static let rowHeight = 28.0
  private static let top = 40.0
  private static let left = 190.0
  private static let right = 190.0
  private static let width = Chart.wideWidth

  var figure: Figure {
    Figure(
      name: "differences_\(side)", title: "\(side) less \(baseline)",
      summary: "Differences of \(rows.count) metrics with their intervals; those that leave out the line at 0 are told apart.",
      width: Self.width, height: Self.top + Self.rowHeight * Double(rows.count) + 20, body: body)
  }

  private var middle: Double { (Self.left + Self.width - Self.right) / 2 }
  private var reach: Double { (Self.width - Self.right - Self.left) / 2 }

  private var body: Markup {
    var body = Markup()
    let bottom = Self.top + Self.rowHeight * Double(rows.count)
    body.element("text", ["class": "label end", "x": (middle - 14).px, "y": "18"], "← \(baseline) better")
    body.element("text", ["class": "label", "x": (middle + 14).px, "y": "18"], "\(side) better →")
    body.shape(
      "line", ["class": "axis", "x1": middle.px, "x2": middle.px, "y1": "26", "y2": bottom.px])
    for (index, row) in rows.enumerated() {
      draw(row, at: Self.top + Self.rowHeight * (Double(index) + 0.5), in: &body)
    }
    return body
  }

  private func draw(_ row: Row, at y: Double, in body: inout Markup) {
    let name = Escaping.terminal(row.name).truncated(to: 24)
    body.element("text", ["class": "label end", "x": (Self.left - 12).px, "y": (y + 4).px], name)
    body.shape(
      "line",
      ["class": "grid", "x1": Self.left.px, "x2": (Self.width - Self.right).px, "y1": y.px, "y2": y.px])
    let text = [row.difference.valueText, row.difference.pText.isEmpty ? "" : "p \(row.difference.pText)"]
      .filter { !$0.isEmpty }.joined(separator: " · ")
    body.element("text", ["class": "tick", "x": (Self.width - Self.right + 14).px, "y": (y + 4).px], text)
    guard let value = row.difference.value else { return }
    let series = row.difference.conclusion == "better" ? 3 : row.difference.conclusion == "worse" ? 2 : 0
    let interval = row.difference.interval
    let most = rows.filter { $0.metric == row.metric }.map(\.reach).max() ?? 1
    // Towards the right is towards the better, whatever the metric's direction.
    let sign: Double = row.direction == .lowerIsBetter ? -1 : 1
    func place(_ value: Double) -> Double {
      middle + (most > 0 ? sign * value / most * reach * 0.96 : 0)
    }
    if let interval {
      let (a, b) = (place(interval.low), place(interval.high))
      body.shape(
        "line",
        ["class": "forest s\(series)", "x1": min(a, b).px, "x2": max(a, b).px, "y1": y.px, "y2": y.px])
    }
    for bar in row.bars {
      body.shape(
        "line",
        ["class": "gate", "x1": place(bar).px, "x2": place(bar).px, "y1": (y - 8).px, "y2": (y + 8).px])
    }
    body.element("circle", ["class": "dot f\(series)", "cx": place(value).px, "cy": y.px, "r": "5"]) { dot in
      let interval = row.difference.intervalText
      dot.element("title", "\(row.name): \(row.difference.valueText)\(interval.isEmpty ? "" : " (\(interval))")")
    }
  }
}
