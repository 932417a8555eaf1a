import AssayCore

extension Figure {
  /// Precision, recall and F1 over the threshold, with the best F1; the F1 of each
  /// class lies faint behind them. Without a line over all classes, the F1 of each.
  static func thresholdSweep(_ table: ResultTable, in evaluator: EvaluatorResult) -> Figure? {
    let classes = CurveSet(table, x: "threshold", y: "f1")
    if let classes, classes.overall.isEmpty, classes.classes.count > 1 {
      return lines(table, x: "threshold", y: "f1", by: "class", title: "F1 by threshold and class")
    }
    var chart = Chart(x: .rate("threshold"), y: .rate("rate"))
    if let classes, !classes.overall.isEmpty { chart.drawFaint(classes.classes) }
    var isDrawn = false
    for (index, name) in ["precision", "recall", "f1"].enumerated() {
      guard let points = table.mainCurve("threshold", name) else { continue }
      chart.addLegend(name == "f1" ? "F1" : name, series: index + 1)
      chart.line(points, series: index + 1)
      isDrawn = true
    }
    guard isDrawn else { return nil }
    if let classes, !classes.classes.isEmpty { chart.addLegend("F1 of each class", series: 0) }
    var summary = "Precision, recall and F1 over the decision threshold."
    let point = OperatingPoint(evaluator)
    let best = table.mainCurve("threshold", "f1").flatMap { chart.mark(best: $0, or: point) }
    if let best { summary += " The \(best)." }
    return Figure(name: table.name, title: "Threshold sweep", summary: summary, body: chart.body)
  }
}

extension Chart {
  /// Marks the best F1: the one that the evaluator found over all scores, which may lie
  /// between the steps of the curve, or the best of the curve. The confidence that was
  /// used is marked apart where it is another.
  ///
  /// - Returns: What was marked; nil for a curve without a value.
  fileprivate mutating func mark(best points: [Point?], or operating: OperatingPoint?) -> String? {
    let found = operating?.optimum
    guard let best = found ?? points.compactMap({ $0 }).max(by: { $0.y < $1.y }) else { return nil }
    if let used = operating?.confidence.value, abs(used - best.x) > 0.005 {
      reference((used, 0), (used, 1))
      note("used: \(used.shortText(digits: 4))", beside: used, at: y.end + 12)
    }
    let text = "best F1 \(best.y.text(digits: 4)) at \(best.x.shortText(digits: found == nil ? 3 : 4))"
    reference((best.x, 0), (best.x, 1))
    dot(at: (x(best.x), y(best.y)), radius: 4.5, series: 3, title: text)
    note(text, beside: best.x, at: y.start - 12)
    return text
  }

  /// Words on the side of an upright line where there is more room.
  private mutating func note(_ text: String, beside value: Double, at height: Double) {
    let isLeft = value > 0.5
    note(text, at: (x(value) + (isLeft ? -8 : 8), height), anchor: isLeft ? "end" : "start")
  }
}
