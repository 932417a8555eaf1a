import AssayCore

extension Figure {
  /// ROC curves, one or several in one drawing.
  ///
  /// - Parameter area: The area under a single curve, written beside it.
  static func rocCurve(_ curves: [(name: String, table: ResultTable)], area: Double?) -> Figure? {
    var chart = Chart(x: .rate("false positive rate"), y: .rate("true positive rate"), hasLegend: curves.count > 1)
    chart.reference((0, 0), (1, 1))
    guard chart.addCurves(curves, x: "fpr", y: "tpr") else { return nil }
    let text = area.map { "AUC \($0.text(digits: 4))" }
    if let text { chart.note(text, at: (chart.x.end - 8, chart.y.start - 12), anchor: "end") }
    return Figure(
      name: "roc_curve", title: "ROC curve",
      summary: "True positive rate over false positive rate. \(text ?? "")", body: chart.body)
  }

  /// Precision–recall curves, one or several in one drawing.
  static func prCurve(_ curves: [(name: String, table: ResultTable)], area: Double?) -> Figure? {
    var chart = Chart(x: .rate("recall"), y: .rate("precision"), hasLegend: curves.count > 1)
    guard chart.addCurves(curves, x: "recall", y: "precision") else { return nil }
    let text = area.map { "AP \($0.text(digits: 4))" }
    if let text { chart.note(text, at: (chart.x.start + 10, chart.y.start - 12), anchor: "start") }
    return Figure(
      name: "pr_curve", title: "Precision–recall curve",
      summary: "Precision over recall. \(text ?? "")", body: chart.body)
  }

  /// The share of positives over the mean score, by bins whose dots grow with
  /// their rows.
  static func calibration(_ table: ResultTable) -> Figure? {
    guard let scores = table.numbers("mean_score"), let shares = table.numbers("fraction_positive")
    else { return nil }
    var chart = Chart(x: .rate("mean score"), y: .rate("fraction of positives"), hasLegend: false)
    let counts = table.numbers("count") ?? scores.map { _ in nil }
    let most = counts.compactMap { $0 }.max() ?? 1
    if let lows = table.numbers("low"), let highs = table.numbers("high") {
      chart.addCounts(lows: lows, highs: highs, counts: counts, most: most)
    }
    chart.reference((0, 0), (1, 1))
    chart.line(ResultTable.points(scores, shares).filter { $0 != nil }, series: 1)
    for (point, count) in zip(ResultTable.points(scores, shares), counts) {
      guard let point else { continue }
      let title = "mean score \(point.x.text(digits: 4)), fraction of positives \(point.y.text(digits: 4)), \((count ?? 0).groupedText) \(count == 1 ? "row" : "rows")"
      let radius = 3.5 + 4.5 * ((count ?? 0) / max(most, 1)).squareRoot()
      chart.dot(at: (chart.x(point.x), chart.y(point.y)), radius: radius, series: 1, title: title)
    }
    return Figure(
      name: table.name, title: "Calibration",
      summary: "The fraction of positives over the mean score, by bins; on the dashed diagonal scores are probabilities.",
      body: chart.body)
  }

  /// How far predictions are off: a histogram, or dots over the prediction.
  static func residuals(_ table: ResultTable) -> Figure? {
    if var figure = histogram(table, axis: "residual") {
      figure.title = "Residuals"
      return figure
    }
    let x = ["prediction", "predicted", "target", "actual"].first { table.numbers($0) != nil }
    guard let x, let points = table.points(x, "residual") else { return nil }
    return scatter(points, x: x, y: "residual", name: table.name, title: "Residuals", zero: true)
  }
}

extension Chart {
  /// - Returns: Whether there was anything to draw.
  fileprivate mutating func addCurves(
    _ curves: [(name: String, table: ResultTable)], x: String, y: String
  ) -> Bool {
    var isDrawn = false
    for (index, curve) in curves.prefix(ChartStyle.seriesCount).enumerated() {
      guard let points = curve.table.mainCurve(x, y), points.contains(where: { $0 != nil }) else { continue }
      addLegend(curve.name, series: index + 1)
      line(points, series: index + 1, fillsBelow: curves.count == 1)
      if curves.count == 1 { addThresholds(points, curve.table, x, y) }
      isDrawn = true
    }
    return isDrawn
  }

  /// Some dots along the curve that tell their threshold.
  private mutating func addThresholds(
    _ points: [Point?], _ table: ResultTable, _ xName: String, _ yName: String
  ) {
    guard let thresholds = table.numbers("threshold") else { return }
    var last: Point = (-1000, -1000)
    for (point, threshold) in zip(points, thresholds) {
      guard let point, let threshold else { continue }
      let place = (x: x(point.x), y: y(point.y))
      guard abs(place.x - last.x) + abs(place.y - last.y) > 20 else { continue }
      let title = "threshold \(threshold.text(digits: 4)): \(xName) \(point.x.text(digits: 4)), \(yName) \(point.y.text(digits: 4))"
      dot(at: place, radius: 4, series: 1, title: title, isQuiet: true)
      last = place
    }
  }

  /// The rows by bin as a pale histogram on the ground of the drawing.
  fileprivate mutating func addCounts(
    lows: [Double?], highs: [Double?], counts: [Double?], most: Double
  ) {
    for index in lows.indices {
      guard let low = lows[index], let high = highs[index], let count = counts[index], most > 0 else {
        continue
      }
      let top = y(0.25 * count / most)
      marks.shape(
        "rect",
        [
          "class": "ghost f1", "x": (x(low) + 0.75).px, "y": top.px,
          "width": max(0.5, x(high) - x(low) - 1.5).px, "height": (y.start - top).px,
        ])
    }
  }
}

extension ResultTable {
  /// The points of a curve; of all classes together where the table has classes.
  func mainCurve(_ x: String, _ y: String) -> [Chart.Point?]? {
    guard column("class") != nil else { return points(x, y) }
    return CurveSet(self, x: x, y: y)?.overall.first?.points
  }
}
