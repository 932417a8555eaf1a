import AssayCore

extension Figure {
  /// How many dots a drawing has at most, and how many bars.
  private static let mostDots = 2000
  private static let mostBars = 40

  /// Every column of numbers over the first one.
  static func lines(_ table: ResultTable) -> Figure? {
    let numeric = table.columns.filter { $0.values.numbers != nil }
    let texts = table.columns.first { $0.values.numbers == nil }
    guard let x = numeric.first, numeric.count > 1 else { return nil }
    if let texts, Set(texts.values.texts).count > 1 {
      return lines(
        table, x: x.name, y: numeric[1].name, by: texts.values.texts, title: title(of: table.name))
    }
    let shown = numeric.dropFirst().prefix(ChartStyle.seriesCount)
    let series = shown.map { (name: $0.name, points: table.points(x.name, $0.name) ?? []) }
    let label = shown.count == 1 ? shown.first?.name ?? "" : "value"
    return lines(series, x: x.name, y: label, name: table.name, title: title(of: table.name))
  }

  /// A line for each value of a column of text.
  static func lines(
    _ table: ResultTable, x: String, y: String, by groups: [String], title: String
  ) -> Figure? {
    guard let points = table.points(x, y) else { return nil }
    var series: [(name: String, points: [Chart.Point?])] = []
    for (group, point) in zip(groups, points) {
      if let index = series.firstIndex(where: { $0.name == group }) {
        series[index].points.append(point)
      } else if series.count < ChartStyle.seriesCount {
        series.append((group, [point]))
      }
    }
    return lines(series, x: x, y: y, name: table.name, title: title)
  }

  private static func lines(
    _ series: [(name: String, points: [Chart.Point?])], x: String, y: String, name: String, title: String
  ) -> Figure? {
    let all = series.flatMap { $0.points.compactMap { $0 } }
    guard !all.isEmpty else { return nil }
    var chart = Chart(
      x: .init(title: x, domain: Scale.domain(around: all.map(\.x))),
      y: .init(title: y, domain: Scale.domain(around: all.map(\.y))), hasLegend: series.count > 1)
    for (index, line) in series.enumerated() {
      chart.addLegend(line.name, series: index + 1)
      chart.line(line.points, series: index + 1)
    }
    let names = series.map(\.name).joined(separator: ", ")
    return Figure(name: name, title: title, summary: "\(names) over \(x).", body: chart.body)
  }

  /// Bars over the ranges of `low` to `high`.
  static func histogram(_ table: ResultTable, axis: String = "value") -> Figure? {
    guard let lows = table.numbers("low"), let highs = table.numbers("high"),
      let counts = table.numbers("count") ?? table.numbers("weight")
    else { return nil }
    let edges = (lows + highs).compactMap { $0 }
    guard let first = edges.min(), let last = edges.max(), first < last, last - first < .infinity else {
      return nil
    }
    var chart = Chart(
      x: .init(title: axis, domain: first...last),
      y: .init(title: "rows", domain: Scale.domain(around: counts.compactMap { $0 }, includesZero: true)), hasLegend: false)
    for index in lows.indices {
      guard let low = lows[index], let high = highs[index], let count = counts[index] else { continue }
      let title = "\(low.text(digits: 4)) to \(high.text(digits: 4)): \(count.text(digits: 6))"
      chart.bar(from: low, to: high, height: count, series: 1, title: title)
    }
    if first < 0, last > 0 {
      chart.reference((0, chart.y.domain.lowerBound), (0, chart.y.domain.upperBound))
    }
    return Figure(
      name: table.name, title: title(of: table.name),
      summary: "Rows by \(axis), from \(first.text()) to \(last.text()).", body: chart.body)
  }

  /// A bar for each value of the first column, lying down so that names can be read.
  static func bars(_ table: ResultTable) -> Figure? {
    let named = table.columns.first { $0.values.numbers == nil } ?? table.columns.first
    let numeric = table.columns.first { $0.name != named?.name && $0.values.numbers != nil }
    guard let named, let numeric, let values = numeric.values.numbers, !values.isEmpty else { return nil }
    let names = named.values.texts
    let count = min(names.count, mostBars)
    var drawing = BarDrawing(values: Array(values.prefix(count)), names: Array(names.prefix(count)))
    drawing.title = numeric.name
    let left = names.count - count
    let more = left > 0 ? " The first \(count) of \(names.count)." : ""
    return Figure(
      name: table.name, title: title(of: table.name) + (left > 0 ? " (first \(count))" : ""),
      summary: "\(numeric.name) by \(named.name).\(more)", height: drawing.height, body: drawing.body)
  }

  /// A dot for each row, at the first two columns of numbers.
  static func scatter(_ table: ResultTable) -> Figure? {
    let numeric = table.columns.filter { $0.values.numbers != nil }
    guard numeric.count > 1, let points = table.points(numeric[0].name, numeric[1].name) else { return nil }
    return scatter(
      points, x: numeric[0].name, y: numeric[1].name, name: table.name, title: title(of: table.name),
      zero: false)
  }

  /// - Parameter zero: Whether a line marks 0 on the vertical axis.
  static func scatter(
    _ points: [Chart.Point?], x: String, y: String, name: String, title: String, zero: Bool
  ) -> Figure? {
    let all = points.compactMap { $0 }
    guard !all.isEmpty else { return nil }
    var chart = Chart(
      x: .init(title: x, domain: Scale.domain(around: all.map(\.x))),
      y: .init(title: y, domain: Scale.domain(around: all.map(\.y) + (zero ? [0] : []))), hasLegend: false)
    if zero { chart.reference((chart.x.domain.lowerBound, 0), (chart.x.domain.upperBound, 0)) }
    let step = max(1, (all.count + mostDots - 1) / mostDots)
    chart.marks.element("g", ["class": all.count > 300 ? "cloud" : ""]) { group in
      for index in stride(from: 0, to: all.count, by: step) {
        let (px, py) = (chart.x(all[index].x).px, chart.y(all[index].y).px)
        group.shape("circle", ["class": "f1", "cx": px, "cy": py, "r": all.count > 300 ? "2" : "3.5"])
      }
    }
    let shown = (all.count + step - 1) / step
    let more = step > 1 ? " Every \(step)th of \(all.count) points." : ""
    return Figure(
      name: name, title: title, summary: "\(y) over \(x), \(shown.counted("point")).\(more)",
      body: chart.body)
  }
}

/// Bars that lie, with their names on the left and their values on the right.
private struct BarDrawing {
  private static let rowHeight = 24.0

  var values: [Double?]
  var names: [String]
  var title = ""

  var height: Double { Double(values.count) * Self.rowHeight + 44 }

  var body: Markup {
    let names = names.map { Escaping.terminal($0).truncated(to: 22) }
    let left = 18 + 6.6 * Double(names.map(\.displayWidth).max() ?? 0)
    let domain = Scale.domain(around: values.compactMap { $0 }, includesZero: true)
    let x = Scale(domain: domain, start: left, end: Chart.width - 64)
    var body = Markup()
    body.element("text", ["class": "label", "x": left.px, "y": "18"], title)
    for (row, name) in names.enumerated() {
      let top = 30 + Double(row) * Self.rowHeight
      body.element("text", ["class": "label end", "x": (left - 8).px, "y": (top + 15).px], name)
      guard let value = values[row] else { continue }
      let (from, to) = (x(min(0, value)), x(max(0, value)))
      body.element(
        "rect",
        [
          "class": "bar f1", "x": from.px, "y": (top + 3).px, "width": max(1, to - from).px,
          "height": (Self.rowHeight - 7).px, "rx": "2",
        ]
      ) { $0.element("title", "\(self.names[row]): \(value.text())") }
      body.element("text", ["class": "tick", "x": (to + 6).px, "y": (top + 15).px], value.shortText(digits: 4))
    }
    body.shape("line", ["class": "axis", "x1": x(0).px, "x2": x(0).px, "y1": "28", "y2": (height - 10).px])
    return body
  }
}
