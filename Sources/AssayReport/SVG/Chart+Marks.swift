extension Chart {
  typealias Point = (x: Double, y: Double)

  /// A line through points; a point that is nil leaves a gap.
  ///
  /// Points nearer to the last one than the eye can tell are left out, so that a
  /// curve of a million points stays a small drawing.
  /// - Parameters:
  ///   - series: The number of its colour, from 1; 0 for a faint line.
  ///   - title: A text that shows while the pointer rests on the line.
  mutating func line(
    _ points: [Point?], series: Int, fillsBelow: Bool = false, title: String? = nil
  ) {
    for run in runs(of: points) {
      let path = run.enumerated().map { ($0 == 0 ? "M" : "L") + "\($1.x.px) \($1.y.px)" }.joined()
      if fillsBelow, let first = run.first, let last = run.last {
        let closed = path + "L\(last.x.px) \(y.start.px)L\(first.x.px) \(y.start.px)Z"
        marks.shape("path", ["class": "area f\(series)", "d": closed])
      }
      if run.count == 1 {
        dot(at: run[0], radius: 2.5, series: series, title: nil)
      } else {
        drawPath(path, series: series, title: title)
      }
    }
  }

  private mutating func drawPath(_ path: String, series: Int, title: String?) {
    let attributes: Markup.Attributes = ["class": "line s\(series)", "d": path]
    guard let title else { return marks.shape("path", attributes) }
    marks.element("path", attributes) { $0.element("title", title) }
  }

  /// The places of connected points in the drawing.
  private func runs(of points: [Point?]) -> [[Point]] {
    var runs: [[Point]] = []
    var run: [Point] = []
    var skipped: Point?
    for point in points {
      guard let point else {
        if let skipped { run.append(skipped) }
        if !run.isEmpty { runs.append(run) }
        (run, skipped) = ([], nil)
        continue
      }
      let place = (x: x(point.x), y: y(point.y))
      if let last = run.last, abs(last.x - place.x) + abs(last.y - place.y) < 0.4 {
        skipped = place
      } else {
        run.append(place)
        skipped = nil
      }
    }
    if let skipped { run.append(skipped) }
    return run.isEmpty ? runs : runs + [run]
  }

  /// A dot at a place in the drawing, with a text that shows while the pointer rests on it.
  ///
  /// - Parameter isQuiet: Whether the dot itself shows only then.
  mutating func dot(
    at place: Point, radius: Double, series: Int, title: String?, isQuiet: Bool = false
  ) {
    marks.element(
      "circle",
      ["class": isQuiet ? "dot tip f\(series)" : "dot f\(series)", "cx": place.x.px, "cy": place.y.px, "r": radius.px]
    ) { circle in
      if let title { circle.element("title", title) }
    }
  }

  /// A dashed line between two points, to compare with.
  mutating func reference(_ from: Point, _ to: Point) {
    marks.shape(
      "line",
      [
        "class": "reference", "x1": x(from.x).px, "y1": y(from.y).px, "x2": x(to.x).px,
        "y2": y(to.y).px,
      ])
  }

  /// A bar that stands on zero, or on the bottom.
  mutating func bar(from low: Double, to high: Double, height: Double, series: Int, title: String) {
    let left = x(low)
    let right = max(x(high) - 1.5, left + 0.5)
    let base = y(max(y.domain.lowerBound, min(0, y.domain.upperBound)))
    let top = min(y(height), base)
    marks.element(
      "rect",
      [
        "class": "bar f\(series)", "x": left.px, "y": top.px, "width": (right - left).px,
        "height": abs(y(height) - base).px, "rx": "1.5",
      ]
    ) { $0.element("title", title) }
  }

  /// Words in a style of ``ChartStyle``, at a place of the drawing.
  mutating func label(_ text: String, at place: Point, style: String) {
    marks.element("text", ["class": style, "x": place.x.px, "y": place.y.px], text)
  }

  /// Words inside the drawing, at a place of it.
  mutating func note(_ text: String, at place: Point, anchor: StaticString) {
    marks.element("text", ["class": "note \(anchor)", "x": place.x.px, "y": place.y.px], text)
  }
}
