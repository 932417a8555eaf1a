/// Bars that lie, with their names on the left and their values on the right.
struct BarDrawing {
  private static let rowHeight = 24.0

  var values: [Double?]
  var names: [String]
  /// Of the values.
  var title: String

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
