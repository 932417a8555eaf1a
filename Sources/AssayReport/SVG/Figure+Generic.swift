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
      return lines(table, x: x.name, y: numeric[1].name, by: texts.name, title: title(of: table.name))
    }
    let shown = numeric.dropFirst().prefix(ChartStyle.seriesCount)
    let series = shown.map { (name: $0.name, points: table.points(x.name, $0.name) ?? []) }
    let label = shown.count == 1 ? shown.first?.name ?? "" : "value"
    return lines(series, x: x.name, y: label, name: table.name, title: title(of: table.name))
  }

  /// A line for each value of a column of text, faint where there are many.
  static func lines(
    _ table: ResultTable, x: String, y: String, by groups: String, title: String
  ) -> Figure? {
    guard let curves = CurveSet(table, x: x, y: y, by: groups) else { return nil }
    let points = curves.points
    var chart = Chart(
      x: .init(title: x, domain: Scale.domain(around: points.map(\.x))),
      y: .init(title: y, domain: Scale.domain(around: points.map(\.y))))
    chart.draw(curves)
    let count = curves.classes.count
    let names =
      count <= ChartStyle.seriesCount
      ? curves.classes.map(\.name).joined(separator: ", ") : "A line for each of \(count) values of \(groups),"
    return Figure(name: table.name, title: title, summary: "\(names) over \(x).", body: chart.body)
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
    let drawing = BarDrawing(
      values: Array(values.prefix(count)), names: Array(names.prefix(count)), title: numeric.name)
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
