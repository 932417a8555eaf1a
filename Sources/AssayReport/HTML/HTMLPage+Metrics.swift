import AssayCore

extension HTMLPage {
  /// How many metrics are worth a card.
  private static let mostCards = 5

  /// The metrics that matter most, large.
  mutating func writeCards(of evaluator: EvaluatorResult) {
    let names = evaluator.leadingMetrics + evaluator.usualMetrics.filter { !evaluator.leadingMetrics.contains($0) }
    let leading = names.prefix(Self.mostCards).compactMap { evaluator.metric($0) }
    guard !leading.isEmpty else { return }
    markup.append(verbatim: "<div class=\"cards\">\n")
    for metric in leading {
      markup.element("div", ["class": "card"]) { card in
        card.element("h4", "\(metric.name) \(metric.direction.arrow)")
        let isDefined = metric.value?.isFinite == true
        card.element("p", ["class": isDefined ? "big" : "big undefined"], metric.valueText)
        if let interval = metric.interval {
          card.element("p", "\(interval.levelText): \(interval.endsText)")
        } else if let note = metric.note {
          card.element("p", note)
        }
        let drawing = IntervalDrawing(metric, gates: evaluator.gates(on: metric.name))
        if let drawing { card.append(drawing.markup(style: "")) }
      }
      markup.breakLine()
    }
    markup.append(verbatim: "</div>\n")
  }

  mutating func writeMetrics(of evaluator: EvaluatorResult) {
    guard !evaluator.metrics.isEmpty else { return }
    let table = MetricTable(evaluator)
    markup.element("h3", "Metrics")
    markup.table(caption: "Metrics", head: table.head) { body in
      for group in MetricGroup.groups(of: evaluator) {
        if !group.title.isEmpty { table.writeTitle(group.title, to: &body) }
        for metric in group.metrics { table.write(metric, to: &body) }
      }
    }
  }
}

/// The table of all metrics, with the columns that they need.
private struct MetricTable {
  let evaluator: EvaluatorResult
  let hasDirections: Bool
  let hasDrawings: Bool
  let hasIntervals: Bool

  init(_ evaluator: EvaluatorResult) {
    self.evaluator = evaluator
    hasDirections = evaluator.metrics.contains { $0.direction != .none }
    hasDrawings = evaluator.metrics.contains { IntervalDrawing($0, gates: []) != nil }
    hasIntervals = evaluator.metrics.hasIntervals
  }

  var head: [(title: String, style: String)] {
    var head = [("Metric", "")] + (hasDirections ? [("Better", "")] : []) + [("Value", "number")]
    if hasDrawings { head.append(("", "")) }
    if hasIntervals { head += [(evaluator.metrics.intervalTitle, "number"), ("Method", "")] }
    let hasRemarks = evaluator.metrics.contains { $0.remark != nil }
    return head + [(hasRemarks ? "Remark" : "", "wide")]
  }

  /// A title over the metrics that follow.
  func writeTitle(_ title: String, to body: inout Markup) {
    body.element("tr", ["class": "title"]) {
      $0.element("th", ["scope": "rowgroup", "colspan": "\(head.count)"], title)
    }
  }

  func write(_ metric: MetricResult, to body: inout Markup) {
    body.element("tr", ["class": evaluator.isHeadline(metric) ? "headline" : ""]) { row in
      row.element("th", ["scope": "row"], metric.name)
      if hasDirections { row.element("td", ["class": "soft"], metric.direction.label) }
      row.element("td", ["class": "number value"], metric.valueText)
      // A remark takes the room of the cells that its metric does not fill.
      var width = 1
      if hasDrawings {
        let drawing = IntervalDrawing(metric, gates: evaluator.gates(on: metric.name))
        if let drawing {
          row.element("td") { $0.append(drawing.markup(style: "spark")) }
        } else {
          width += 1
        }
      }
      if let interval = metric.interval {
        if width > 1 { row.element("td", "") }
        width = 1
        row.element("td", ["class": "number"], interval.endsText)
        row.element("td", ["class": "soft"], interval.methodText)
      } else if hasIntervals {
        width += 2
      }
      row.element("td", ["class": "note", "colspan": "\(width)"], metric.remark ?? "")
    }
  }
}

extension ConfidenceInterval {
  fileprivate var endsText: String { "\(low.text(digits: 4)) … \(high.text(digits: 4))" }
}

extension MetricResult {
  /// What stands behind the value, or why there is none.
  fileprivate var remark: String? {
    if let note { return note }
    guard let numerator, let denominator else { return nil }
    return "\(numerator.text(digits: 9)) of \(denominator.text(digits: 9))"
  }
}

extension EvaluatorResult {
  /// The bars that thresholds put on a metric over all rows, and whether they hold.
  func gates(on metric: String) -> [Double] {
    thresholds.compactMap { threshold in
      let parts = threshold.expression.split { "<>=".contains($0) }
      guard parts.count == 2, let bar = Double(parts[1].filter { $0 != " " }) else { return nil }
      let statistic = parts[0].filter { $0 != " " }
      let names = [metric, "ci_low(\(metric))", "ci_high(\(metric))"]
      return names.contains(statistic) ? bar : nil
    }
  }
}

/// A metric on the line of its possible values: its interval, its value as a
/// dot, and the bars that thresholds put on it.
struct IntervalDrawing {
  private static let width = 170.0
  private static let height = 16.0

  private var scale: Scale
  private var metric: MetricResult
  private var gates: [Double]

  /// - Returns: nil where the metric has no value, or values without bounds and
  ///   nothing to compare it with.
  init?(_ metric: MetricResult, gates: [Double]) {
    guard let value = metric.value, value.isFinite else { return nil }
    var marks = [value] + gates
    if let interval = metric.interval { marks += [interval.low, interval.high] }
    marks = marks.filter(\.isFinite)
    let isBounded = metric.range.lower != nil && metric.range.upper != nil
    guard isBounded || marks.count > 1 else { return nil }
    let low = metric.range.lower ?? min(0, marks.min() ?? 0)
    let high = metric.range.upper ?? 1.15 * max(0, marks.max() ?? 1)
    guard low < high, high - low < .infinity else { return nil }
    self.metric = metric
    self.gates = gates
    scale = Scale(domain: low...high, start: 6, end: Self.width - 6)
  }

  private func place(_ value: Double) -> Double {
    min(Self.width - 6, max(6, scale(min(max(value, scale.domain.lowerBound), scale.domain.upperBound))))
  }

  func markup(style: String) -> Markup {
    var markup = Markup()
    markup.element(
      "svg",
      [
        "class": style, "viewBox": "0 0 \(Self.width.px) \(Self.height.px)", "role": "img",
        "aria-label": label,
      ]
    ) { svg in
      svg.shape("line", ["class": "track", "x1": "6", "x2": (Self.width - 6).px, "y1": "8", "y2": "8"])
      if let interval = metric.interval {
        let (low, high) = (place(interval.low).px, place(interval.high).px)
        svg.shape("line", ["class": "interval", "x1": low, "x2": high, "y1": "8", "y2": "8"])
      }
      if let value = metric.value {
        svg.shape("circle", ["class": "value", "cx": place(value).px, "cy": "8", "r": "4"])
      }
      for gate in gates {
        svg.shape(
          "line", ["class": "gate", "x1": place(gate).px, "x2": place(gate).px, "y1": "1", "y2": "15"])
      }
    }
    return markup
  }

  private var label: String {
    let bars = gates.map { ", bar at \($0.text())" }.joined()
    let (low, high) = (scale.domain.lowerBound, scale.domain.upperBound)
    return "\(metric.name) \(metric.valueText) between \(low.text(digits: 4)) and \(high.text(digits: 4))\(bars)"
  }
}
