import AssayCore

extension Figure {
  /// The precision–recall curves of a table: a single one with its area, or those of
  /// all classes together over those of each.
  static func prCurve(_ table: ResultTable, in evaluator: EvaluatorResult) -> Figure? {
    guard table.column("class") != nil || table.column("iou") != nil else {
      return prCurve([("", table)], area: evaluator.metric("average_precision")?.value)
    }
    guard let curves = CurveSet(table, x: "recall", y: "precision") else { return nil }
    var chart = Chart(x: .rate("recall"), y: .rate("precision"))
    chart.draw(curves)
    let place = curves.iou.map { " at IoU \($0.shortText(digits: 3))" } ?? ""
    let each = curves.classes.isEmpty ? "" : " One line for each of \(curves.classes.count.counted("class", "classes"))\(place)."
    return Figure(
      name: table.name, title: "Precision–recall curve", summary: "Precision over recall.\(each)",
      body: chart.body)
  }

  /// Recall over the false positives in an image, whose axis is logarithmic: from one
  /// in many images to many in one.
  static func frocCurve(_ table: ResultTable, in evaluator: EvaluatorResult) -> Figure? {
    let x = "false_positives_per_image"
    guard let points = table.mainCurve(x, "recall") else { return nil }
    let rates = points.compactMap { $0?.x }.filter { $0 > 0 }
    guard let least = rates.min(), let most = rates.max() else { return nil }
    let low = max(least, most / 1e5)
    // A point without a false positive has no place on the axis: it goes to its end.
    let domain = low < most ? low...most : most / 10...most
    var chart = Chart(
      x: .init(title: "false positives per image", domain: domain, isLogarithmic: true),
      y: .rate("recall"), hasLegend: false)
    chart.line(points.map { $0.map { (max($0.x, domain.lowerBound), $0.y) } }, series: 1)
    let summary = "Recall over the false positives per image, from \(low.text(digits: 3)) to \(most.text(digits: 3))."
    let marked = chart.markOperatingPoint(of: evaluator, on: table, x: x)
    return Figure(
      name: table.name, title: "FROC curve", summary: summary + (marked.map { " \($0)." } ?? ""),
      body: chart.body)
  }

  /// Average precision and recall by the size of objects, where the evaluator says them.
  static func bySize(of evaluator: EvaluatorResult) -> Figure? {
    let groups = [("map", "AP"), ("mar", "AR")].compactMap { prefix, title -> GroupedBars.Group? in
      let bars = MetricGroup.sizes(of: evaluator, prefix).compactMap { metric -> GroupedBars.Bar? in
        guard let value = metric.value, value.isFinite else { return nil }
        return GroupedBars.Bar(name: String(metric.name.dropFirst(prefix.count + 1)), value: value)
      }
      return bars.isEmpty ? nil : GroupedBars.Group(title: title, bars: bars)
    }
    guard !groups.isEmpty else { return nil }
    let drawing = GroupedBars(groups: groups)
    return Figure(
      name: "by_size", title: "By size of object",
      summary: "Average precision and average recall of objects by their area.", body: drawing.body)
  }
}

extension Chart {
  /// Marks the point of a curve whose threshold is nearest to the operating one.
  fileprivate mutating func markOperatingPoint(
    of evaluator: EvaluatorResult, on table: ResultTable, x name: String
  ) -> String? {
    guard let confidence = OperatingPoint(evaluator)?.confidence.value,
      let thresholds = table.numbers("threshold"), let points = table.points(name, "recall"),
      table.column("class") == nil
    else { return nil }
    let known = points.indices.filter { points[$0] != nil && thresholds[$0] != nil }
    let nearest = known.min { abs((thresholds[$0] ?? 0) - confidence) < abs((thresholds[$1] ?? 0) - confidence) }
    guard let nearest, let point = points[nearest], let threshold = thresholds[nearest],
      abs(threshold - confidence) <= 0.02
    else { return nil }
    let text = "recall \(point.y.text(digits: 3)) with \(point.x.text(digits: 3)) per image at \(confidence.shortText(digits: 4))"
    let place = (x: x(max(point.x, x.domain.lowerBound)), y: y(point.y))
    dot(at: place, radius: 4.5, series: 1, title: text)
    // Such a curve rises, and leaves room above its beginning.
    note(text, at: (x.start + 10, y.end + 6), anchor: "start")
    return text
  }
}

/// Upright bars in groups side by side.
private struct GroupedBars {
  struct Bar {
    var name: String
    var value: Double
  }

  struct Group {
    var title: String
    var bars: [Bar]
  }

  var groups: [Group]

  var body: Markup {
    let count = groups.map(\.bars.count).reduce(0, +)
    var chart = Chart(
      x: .init(title: "", domain: 0...Double(count + groups.count), isHidden: true), y: .rate("rate"), hasLegend: true)
    var place = 0.5
    for (series, group) in groups.enumerated() {
      chart.addLegend(group.title, series: series + 1)
      for bar in group.bars {
        chart.bar(
          from: place + 0.1, to: place + 0.9, height: bar.value, series: series + 1,
          title: "\(group.title) \(bar.name): \(bar.value.text())")
        let middle = chart.x(place + 0.5)
        chart.label(bar.value.text(digits: 3), at: (middle, chart.y(bar.value) - 6), style: "tick mid")
        chart.label(bar.name.truncated(to: 12), at: (middle, chart.y.start + 18), style: "tick mid")
        place += 1
      }
      place += 1
    }
    return chart.body
  }
}
