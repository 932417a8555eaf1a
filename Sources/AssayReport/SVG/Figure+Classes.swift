import AssayCore

extension Figure {
  /// So many classes have a bar or a drawing of their own.
  private static let mostClasses = 100
  /// Up to so many, bars lie, which leaves room for their names and values.
  private static let fewClasses = 16

  /// A bar for each class, the best first, over how many objects or rows it has.
  static func perClass(_ table: ResultTable) -> Figure? {
    guard let report = ClassReport(table) else { return nil }
    let ranked = report.ranked
    guard !ranked.isEmpty else { return nil }
    let shown = ranked.count > mostClasses ? Array(ranked.suffix(mostClasses)) : ranked
    var summary = "\(report.valueName) by class, from \(ranked.first?.name ?? "") to \(ranked.last?.name ?? "")."
    let part = ranked.count > mostClasses ? " (the lowest \(mostClasses) of \(ranked.count))" : ""
    let undefined = report.rows.count - ranked.count
    if undefined > 0 { summary += " Without a value: \(undefined.counted("class", "classes"))." }
    let title = "\(report.valueName) by class\(part)"
    if shown.count <= fewClasses {
      let drawing = BarDrawing(
        values: shown.map(\.value), names: shown.map(\.name), title: report.valueName)
      return Figure(
        name: table.name, title: title, summary: summary, height: drawing.height, body: drawing.body)
    }
    let drawing = ClassBars(rows: shown, valueName: report.valueName)
    return Figure(
      name: table.name, title: title, summary: summary, width: Chart.wideWidth, height: ClassBars.height,
      body: drawing.body)
  }

  /// A small precision–recall curve for each class, the worst first.
  static func prCurves(byClassOf evaluator: EvaluatorResult) -> Figure? {
    guard let table = evaluator.table("pr_curve"),
      let curves = CurveSet(table, x: "recall", y: "precision"), curves.classes.count > 1
    else { return nil }
    let report = evaluator.classReport
    let values = Dictionary(
      report?.rows.map { ($0.name, $0.value) } ?? [], uniquingKeysWith: { first, _ in first })
    let sorted = curves.classes.enumerated().sorted { first, second in
      let one = (values[first.element.name] ?? nil) ?? .infinity
      let other = (values[second.element.name] ?? nil) ?? .infinity
      return (one, first.offset) < (other, second.offset)
    }
    let shown = sorted.prefix(mostClasses).map(\.element)
    let grid = CurveGrid(
      curves: shown, values: shown.map { values[$0.name] ?? nil }, valueName: report?.valueName ?? "")
    let place = curves.iou.map { " at IoU \($0.shortText(digits: 3))" } ?? ""
    let part = sorted.count > shown.count ? " (the lowest \(shown.count) of \(sorted.count))" : ""
    return Figure(
      name: "pr_curve_by_class", title: "Precision–recall curve of each class\(place)\(part)",
      summary: "Precision (up) over recall (across), both from 0 to 1, a small drawing for each class.",
      width: Chart.wideWidth, height: grid.height, body: grid.body)
  }
}

/// Upright bars over the page's whole width, with their names below on their side, and
/// below these how many rows stand behind each.
private struct ClassBars {
  static let height = 392.0
  private static let base = 214.0
  private static let supportBase = 272.0
  private static let left = 52.0

  var rows: [ClassReport.Row]
  var valueName: String

  private var step: Double { (Chart.wideWidth - Self.left - 14) / Double(rows.count) }

  var body: Markup {
    var body = Markup()
    let y = Scale(
      domain: Scale.domain(around: rows.compactMap(\.value), includesZero: true), start: Self.base, end: 16)
    let most = rows.compactMap(\.support).max() ?? 0
    let support = Scale(domain: 0...max(1, most), start: Self.supportBase, end: Self.base + 16)
    drawAxes(y, support, most: most, in: &body)
    for (index, row) in rows.enumerated() {
      let place = Self.left + step * Double(index)
      let count = row.support.map { ", \($0.groupedText) objects" } ?? ""
      let title = "\(row.name): \(valueName) \((row.value ?? 0).text())\(count)"
      draw(row.value ?? 0, y, at: place, style: "bar f1", title: title, in: &body)
      if let count = row.support, most > 0 {
        draw(count, support, at: place, style: "ghost f0", title: title, in: &body)
      }
      let turned = "translate(\((place + step / 2 + 4).px) \((Self.supportBase + 12).px)) rotate(-90)"
      body.element(
        "text", ["class": "tick end fine", "transform": turned], Escaping.terminal(row.name).truncated(to: 16))
    }
    return body
  }

  private func drawAxes(_ y: Scale, _ support: Scale, most: Double, in body: inout Markup) {
    let end = Chart.wideWidth - 14
    for tick in y.ticks(5) {
      body.shape(
        "line", ["class": "grid", "x1": Self.left.px, "x2": end.px, "y1": y(tick).px, "y2": y(tick).px])
      body.element(
        "text", ["class": "tick end", "x": (Self.left - 8).px, "y": (y(tick) + 4).px], tick.tickText)
    }
    for base in most > 0 ? [Self.base, Self.supportBase] : [Self.base] {
      body.shape(
        "line", ["class": "axis", "x1": Self.left.px, "x2": end.px, "y1": base.px, "y2": base.px])
    }
    let place = "translate(12 \(((Self.base + 16) / 2).px)) rotate(-90)"
    body.element("text", ["class": "label mid", "transform": place], valueName)
    guard most > 0 else { return }
    body.element(
      "text", ["class": "tick end", "x": (Self.left - 8).px, "y": (support(most) + 8).px], most.tickText)
    let middle = "translate(12 \(((Self.base + Self.supportBase) / 2 + 8).px)) rotate(-90)"
    body.element("text", ["class": "label mid fine", "transform": middle], "support")
  }

  private func draw(
    _ value: Double, _ scale: Scale, at x: Double, style: String, title: String, in body: inout Markup
  ) {
    let (top, bottom) = (min(scale(value), scale(0)), max(scale(value), scale(0)))
    let width = max(1, step - max(1.5, step * 0.18))
    body.element(
      "rect",
      [
        "class": style, "x": (x + (step - width) / 2).px, "y": top.px, "width": width.px,
        "height": max(0.5, bottom - top).px,
      ]
    ) { $0.element("title", title) }
  }
}

/// Small drawings of curves from 0 to 1, in rows.
private struct CurveGrid {
  private static let columns = 8
  private static let gap = 14.0
  private static let curveHeight = 74.0
  private static let rowHeight = 112.0

  var curves: [CurveSet.Curve]
  var values: [Double?]
  var valueName: String

  private var cellWidth: Double {
    (Chart.wideWidth - Self.gap * Double(Self.columns + 1)) / Double(Self.columns)
  }

  var height: Double {
    Self.rowHeight * Double((curves.count + Self.columns - 1) / Self.columns) + 8
  }

  var body: Markup {
    var body = Markup()
    for index in curves.indices {
      let left = Self.gap + (cellWidth + Self.gap) * Double(index % Self.columns)
      draw(index, at: (left, 8 + Self.rowHeight * Double(index / Self.columns)), in: &body)
    }
    return body
  }

  private func draw(_ index: Int, at place: Chart.Point, in body: inout Markup) {
    let curve = curves[index]
    let value = values[index]?.text(digits: 3) ?? ""
    let top = place.y + 18
    let x = Scale(domain: 0...1, start: place.x, end: place.x + cellWidth)
    let y = Scale(domain: 0...1, start: top + Self.curveHeight, end: top)
    let room = Int((cellWidth - 7 * Double(value.count) - 4) / 6.2)
    let name = Escaping.terminal(curve.name).truncated(to: room)
    body.element("text", ["class": "fine", "x": place.x.px, "y": (place.y + 10).px], name)
    body.element("text", ["class": "tick end", "x": x.end.px, "y": (place.y + 10).px], value)
    body.element(
      "rect",
      [
        "class": "pane", "x": place.x.px, "y": top.px, "width": cellWidth.px,
        "height": Self.curveHeight.px,
      ]
    ) { $0.element("title", "\(curve.name): \(valueName) \(value)") }
    let points = curve.points.compactMap { $0 }.map { (x: x($0.x), y: y($0.y)) }
    // A pixel here is a fiftieth of the whole: what is nearer cannot be told apart.
    var shown: [Chart.Point] = []
    for (index, point) in points.enumerated() {
      let isEnd = index == 0 || index == points.count - 1
      guard isEnd || shown.last.map({ abs($0.x - point.x) + abs($0.y - point.y) >= 2.5 }) ?? true else { continue }
      shown.append(point)
    }
    let path = shown.enumerated().map { ($0 == 0 ? "M" : "L") + "\($1.x.px) \($1.y.px)" }.joined()
    guard let first = shown.first, let last = shown.last else { return }
    body.shape("path", ["class": "area f1", "d": path + "L\(last.x.px) \(y.start.px)L\(first.x.px) \(y.start.px)Z"])
    body.shape("path", ["class": "line s1 thin", "d": path])
  }
}
