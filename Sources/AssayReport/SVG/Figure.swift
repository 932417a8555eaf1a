import AssayCore

/// A table of a result as a drawing.
struct Figure {
  /// The table's name.
  var name: String
  var title: String
  /// What the drawing shows, for readers who cannot see it.
  var summary: String
  var width = Chart.width
  var height = Chart.height
  var body: Markup

  /// The drawing as an element of an HTML page.
  ///
  /// - Parameter id: Unlike every other id of the page.
  func inline(id: String) -> Markup {
    var markup = Markup()
    markup.element(
      "svg",
      [
        "viewBox": "0 0 \(width.px) \(height.px)", "role": "img",
        "aria-labelledby": "\(id)-title \(id)-summary",
      ]
    ) { svg in
      svg.element("title", ["id": "\(id)-title"], title)
      svg.element("desc", ["id": "\(id)-summary"], summary)
      svg.append(body)
    }
    return markup
  }

  /// The drawing as a file of its own, with its style and its title.
  var fileText: String {
    let top = 30.0
    var markup = Markup()
    markup.append(verbatim: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    markup.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(width.px) \((height + top).px)",
        "width": width.px, "height": (height + top).px, "role": "img",
        "aria-labelledby": "title summary",
      ]
    ) { svg in
      svg.element("title", ["id": "title"], title)
      svg.element("desc", ["id": "summary"], summary)
      svg.element("style") { style in
        style.append(verbatim: ChartStyle.colours)
        style.append(verbatim: ChartStyle.marks)
      }
      svg.shape("rect", ["class": "surface", "width": "100%", "height": "100%"])
      svg.element("text", ["class": "caption", "x": "14", "y": "24"], title)
      svg.element("g", ["transform": "translate(0 \(top.px))"]) { $0.append(body) }
    }
    return markup.text + "\n"
  }

  /// The drawing of a table: by its name where the name has a meaning, otherwise
  /// by its hint; nil for a table that is only to be read.
  static func of(_ table: ResultTable, in evaluator: EvaluatorResult) -> Figure? {
    let drawn: Figure? =
      switch table.name {
      case "roc_curve": rocCurve([("", table)], area: evaluator.metric("roc_auc")?.value)
      case "pr_curve": prCurve(table, in: evaluator)
      case "threshold_sweep": thresholdSweep(table, in: evaluator)
      case "froc_curve": frocCurve(table, in: evaluator)
      case "per_class": perClass(table)
      case "calibration": calibration(table)
      case "confusion_matrix": confusionMatrix(table, in: evaluator)
      case "residuals": residuals(table)
      default: nil
      }
    return drawn ?? byHint(table)
  }

  private static func byHint(_ table: ResultTable) -> Figure? {
    switch table.plot {
    case .line: lines(table)
    case .bars: histogram(table) ?? bars(table)
    case .heatmap: heatmap(table)
    case .scatter: scatter(table)
    case nil: nil
    }
  }

  /// `pr_curve` as `Pr curve`: what a table is called where nobody named it.
  static func title(of name: String) -> String {
    let words = name.split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}

extension ResultTable {
  /// The numbers of a column; nil without the column, or where it is text.
  func numbers(_ name: String) -> [Double?]? { column(name)?.values.numbers }

  /// The points of two columns; nil where either has no number.
  func points(_ x: String, _ y: String) -> [Chart.Point?]? {
    guard let xs = numbers(x), let ys = numbers(y) else { return nil }
    return Self.points(xs, ys)
  }

  static func points(_ xs: [Double?], _ ys: [Double?]) -> [Chart.Point?] {
    zip(xs, ys).map { x, y in
      guard let x, let y else { return nil }
      return (x, y)
    }
  }
}
