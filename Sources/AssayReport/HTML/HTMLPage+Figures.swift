import AssayCore

extension HTMLPage {
  mutating func writeFigures(of evaluator: EvaluatorResult) {
    let figures = Figure.all(of: evaluator)
    guard !figures.isEmpty else { return }
    markup.element("h3", "Plots")
    markup.append(verbatim: "<div class=\"figures\">\n")
    for (figure, table) in figures where !figure.isWide { write(figure, table) }
    for (figure, table) in figures where figure.isWide {
      write(figure, table)
      if table?.name == "confusion_matrix" { writeConfusions(of: evaluator) }
    }
    markup.append(verbatim: "</div>\n")
  }

  private mutating func write(_ figure: Figure, _ table: ResultTable?) {
    let id = nextID()
    markup.element("figure", ["class": figure.isWide ? "wide" : ""]) { element in
      element.element("figcaption", figure.title)
      element.append(figure.inline(id: id))
      // The classes have a table of their own, and a matrix of many labels too.
      if let table, table.name != "per_class" {
        element.data(of: table, title: "Data", limit: Self.shownRows)
      }
    }
    markup.breakLine()
  }

  /// What a large matrix says: the pairs that are confused most, and all of it.
  private mutating func writeConfusions(of evaluator: EvaluatorResult) {
    guard let matrix = evaluator.confusionMatrix(limit: MatrixTable.mostLabels) else { return }
    let pairs = matrix.confusions(limit: 12)
    markup.element("figure", ["class": "wide"]) { figure in
      if !pairs.isEmpty {
        figure.element("figcaption", "Confused most often")
        figure.confusions(pairs)
      }
      let rest = matrix.folded > 0 ? ", \(matrix.folded.groupedText) of them together" : ""
      figure.element("details") { details in
        details.element("summary", "The whole matrix (\((matrix.labels.count + max(0, matrix.folded - 1)).counted("label"))\(rest))")
        MatrixTable(matrix: matrix).write(to: &details)
      }
    }
    markup.breakLine()
  }

  /// Every class with its numbers, to be sorted by any of them.
  mutating func writeClasses(of evaluator: EvaluatorResult) {
    guard let report = evaluator.classReport else { return }
    markup.element("h3", "Classes")
    let sortable = SortableTable(
      caption: "Classes", table: report.table, metered: report.valueName, id: nextID(), limit: 2000)
    sortable.write(to: &markup)
    if let curves = Figure.prCurves(byClassOf: evaluator) {
      let id = nextID()
      markup.element("details") { details in
        details.element("summary", curves.title)
        details.element("figure", ["class": "wide"]) { $0.append(curves.inline(id: id)) }
      }
      markup.breakLine()
    }
  }

  /// At which confidence a detector is used, and what it finds there.
  mutating func writeOperatingPoint(of evaluator: EvaluatorResult) {
    guard evaluator.task.isAboutObjects, let point = OperatingPoint(evaluator) else { return }
    markup.element("h3", "Operating point")
    markup.element("div", ["class": "point"]) { block in
      block.element("div", ["class": "lead"]) { lead in
        lead.element("span", "confidence")
        lead.element("b", point.confidence.value?.text(digits: 4) ?? "–")
      }
      for (name, metric) in [("precision", point.precision), ("recall", point.recall), ("F1", point.f1Metric)] {
        guard let metric else { continue }
        block.element("div") { item in
          item.element("span", name)
          item.element("b", metric.valueText)
        }
      }
      if let counts = point.counts {
        let parts = [
          ("hits", counts.found, "correct"), ("false positives", counts.extra, "background"),
          ("missed", counts.missed, "missed"),
        ]
        for (name, count, style) in parts {
          block.element("div") { item in
            item.element("span") { label in
              label.element("i", ["class": "swatch \(style)"], "")
              label.append(name)
            }
            item.element("b", count.groupedText)
          }
        }
      }
    }
    markup.breakLine()
  }
}

extension Figure {
  /// Every drawing of an evaluator, with the table that it is of.
  static func all(of evaluator: EvaluatorResult) -> [(figure: Figure, table: ResultTable?)] {
    var figures = evaluator.tables.compactMap { table in
      of(table, in: evaluator).map { (figure: $0, table: Optional(table)) }
    }
    if evaluator.task.isAboutObjects, let sizes = bySize(of: evaluator) { figures.append((sizes, nil)) }
    return figures + bySlices(of: evaluator).map { ($0, nil) }
  }

  /// Whether the drawing has the page's whole width.
  var isWide: Bool { width > Chart.width }
}

extension Markup {
  /// Pairs of labels with a bar for how often they were confused.
  fileprivate mutating func confusions(_ pairs: [ConfusionMatrix.Pair]) {
    let most = pairs.map(\.count).max() ?? 1
    element("ol", ["class": "pairs"]) { list in
      for pair in pairs {
        list.element("li") { item in
          item.element("span") { names in
            names.element("b", pair.actual)
            names.append(" taken for ")
            names.element("b", pair.predicted)
          }
          let share = pair.share.map { " (\($0.percentText))" } ?? ""
          let length = (100 * pair.count / most).fixedText(decimals: 1)
          item.element("span", ["class": "meter", "style": "--v:\(length)%"], pair.count.text(digits: 6) + share)
        }
      }
    }
  }
}
