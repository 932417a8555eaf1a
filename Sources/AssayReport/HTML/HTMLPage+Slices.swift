import AssayCore

extension HTMLPage {
  /// How many slices are shown of a column; all are in the other formats.
  private static let shownSlices = 100

  mutating func writeSlices(of evaluator: EvaluatorResult) {
    guard !evaluator.slices.isEmpty else { return }
    markup.element("h3", "Slices")
    for group in SliceGroup.groups(of: evaluator) { write(group, of: evaluator) }
    writeAllMetrics(of: evaluator)
  }

  private mutating func write(_ group: SliceGroup, of evaluator: EvaluatorResult) {
    let (titles, rows) = group.cells
    let leading = group.metrics.first
    let isDrawn = group.slices.contains { $0.drawing(of: leading, evaluator) != nil }
    var head = titles.enumerated().map { ($1, $0 < group.keys.count ? "" : "number") }
    head.append((isDrawn ? leading ?? "" : "", "wide"))
    markup.table(caption: group.title, head: head) { body in
      for (index, cells) in rows.enumerated() where index < Self.shownSlices || index >= group.slices.count {
        let slice = group.slices.indices ~= index ? group.slices[index] : nil
        body.element("tr", ["class": slice == nil ? "summary" : ""]) { row in
          for (column, cell) in cells.enumerated() {
            if column == 0 {
              row.element("th", ["scope": "row"], cell)
            } else {
              row.element("td", ["class": column < group.keys.count ? "" : "number"], cell)
            }
          }
          row.element("td") { cell in
            if let drawing = slice?.drawing(of: leading, evaluator) {
              cell.append(drawing.markup(style: "spark"))
            }
          }
        }
      }
    }
    let more = group.slices.count - Self.shownSlices
    if more > 0 { markup.element("p", ["class": "soft"], "and \(more.counted("more slice")).") }
  }

  /// Every metric of every slice, to be opened.
  private mutating func writeAllMetrics(of evaluator: EvaluatorResult) {
    let shown = evaluator.slices.prefix(12)
    guard evaluator.metrics.count > evaluator.leadingMetrics.count else { return }
    markup.element("details") { details in
      let more = evaluator.slices.count - shown.count
      details.element("summary", "All metrics by slice" + (more > 0 ? " (the first \(shown.count) slices)" : ""))
      let head = [("Metric", "")] + shown.map { ($0.name, "number") }
      details.table(caption: "All metrics by slice", head: head) { body in
        for metric in evaluator.metrics {
          body.element("tr") { row in
            row.element("th", ["scope": "row"], metric.name)
            for slice in shown {
              let value = slice.metrics.first { $0.name == metric.name }
              row.element("td", ["class": "number"], value?.valueText ?? "–")
            }
          }
        }
      }
    }
  }
}

extension SliceResult {
  fileprivate func drawing(of name: String?, _ evaluator: EvaluatorResult) -> IntervalDrawing? {
    guard let name, let metric = metrics.first(where: { $0.name == name }) else { return nil }
    return IntervalDrawing(metric, gates: evaluator.gates(on: name))
  }
}

extension Figure {
  /// The curves of few slices, one beside the other in one drawing.
  static func bySlices(of evaluator: EvaluatorResult) -> [Figure] {
    SliceGroup.groups(of: evaluator).flatMap { group -> [Figure] in
      guard (2...ChartStyle.seriesCount).contains(group.slices.count) else { return [] }
      return ["roc_curve", "pr_curve"].compactMap { name in
        let curves = group.slices.compactMap { slice in
          slice.tables.first { $0.name == name }.map { (slice.name, $0) }
        }
        guard curves.count > 1 else { return nil }
        let figure = name == "roc_curve" ? rocCurve(curves, area: nil) : prCurve(curves, area: nil)
        guard var figure else { return nil }
        figure.title += " by " + group.keys.joined(separator: ", ")
        figure.name += "_by_" + group.keys.joined(separator: "_")
        return figure
      }
    }
  }
}
