/// A drawing with two axes.
///
/// All marks are drawn in classes of ``ChartStyle``, so that one drawing serves
/// light and dark pages.
struct Chart {
  struct Axis {
    var title: String
    var domain: ClosedRange<Double>
    /// Whether equal ratios are equally far apart; for a domain above 0.
    var isLogarithmic = false
    /// Whether the values are not written, because the marks have names.
    var isHidden = false
    /// Whether the values are rates, and the domain 0 to 1.
    static func rate(_ title: String) -> Axis { Axis(title: title, domain: 0...1) }
  }

  static let width = 480.0
  /// The width of a drawing that has the page for itself.
  static let wideWidth = 1040.0
  static let height = 340.0

  let x: Scale
  let y: Scale
  private let xTitle: String
  private let yTitle: String
  private let hidesX: Bool
  /// The marks, in the order of drawing.
  var marks = Markup()
  /// What the colours stand for, in the order of the series.
  private(set) var legend: [(name: String, series: Int)] = []

  /// - Parameter hasLegend: Whether there is room above the axes for the names of
  ///   several series.
  init(x: Axis, y: Axis, hasLegend: Bool = true) {
    let labels = Scale(domain: y.domain, start: 0, end: 1).ticks(5).map { $0.tickText.displayWidth }
    let left = 34 + 6.5 * Double(labels.max() ?? 3)
    self.x = Scale(domain: x.domain, start: left, end: Self.width - 16, isLogarithmic: x.isLogarithmic)
    hidesX = x.isHidden
    self.y = Scale(domain: y.domain, start: Self.height - 46, end: hasLegend ? 34 : 14)
    xTitle = x.title
    yTitle = y.title
  }

  mutating func addLegend(_ name: String, series: Int) { legend.append((name, series)) }

  /// The axes, the grid, the marks and the legend, in that order.
  var body: Markup {
    var body = Markup()
    drawAxes(in: &body)
    body.append(marks)
    drawLegend(in: &body)
    return body
  }

  private func drawAxes(in body: inout Markup) {
    for tick in y.ticks(5) {
      body.shape(
        "line",
        ["class": "grid", "x1": x.start.px, "x2": x.end.px, "y1": y(tick).px, "y2": y(tick).px])
      body.element(
        "text", ["class": "tick end", "x": (x.start - 8).px, "y": (y(tick) + 4).px], tick.tickText)
    }
    for tick in hidesX ? [] : x.ticks(6) {
      body.shape(
        "line",
        ["class": "axis", "x1": x(tick).px, "x2": x(tick).px, "y1": y.start.px, "y2": (y.start + 4).px])
      body.element(
        "text", ["class": "tick mid", "x": x(tick).px, "y": (y.start + 18).px], tick.tickText)
    }
    body.shape(
      "line", ["class": "axis", "x1": x.start.px, "x2": x.end.px, "y1": y.start.px, "y2": y.start.px])
    let middle = (x.start + x.end) / 2
    body.element("text", ["class": "label mid", "x": middle.px, "y": (y.start + 38).px], xTitle)
    let place = "translate(14 \(((y.start + y.end) / 2).px)) rotate(-90)"
    body.element("text", ["class": "label mid", "transform": place], yTitle)
  }

  private func drawLegend(in body: inout Markup) {
    guard legend.count > 1 else { return }
    var left = x.start
    for (name, series) in legend {
      let name = Escaping.terminal(name).truncated(to: 18)
      let width = 34 + 6.8 * Double(name.displayWidth)
      guard left + width <= Self.width + 8 else { break }
      body.shape(
        "line", ["class": "line s\(series)", "x1": left.px, "x2": (left + 18).px, "y1": "14", "y2": "14"])
      body.element("text", ["class": "label", "x": (left + 23).px, "y": "18"], name)
      left += width
    }
  }
}

extension Double {
  /// The text of a tick, without digits that the step does not have.
  var tickText: String {
    let magnitude = magnitude
    if magnitude >= 1e4, magnitude < 1e15 {
      let (unit, name) = magnitude < 1e6 ? (1e3, "k") : magnitude < 1e9 ? (1e6, "M") : (1e9, "G")
      return (self / unit).shortText(digits: 4) + name
    }
    return shortText(digits: 4)
  }
}
