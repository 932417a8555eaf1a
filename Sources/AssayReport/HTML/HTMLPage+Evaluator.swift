import AssayCore

extension HTMLPage {
  /// How many rows of a table are written to be read; all are in the other formats.
  static let shownRows = 200

  mutating func write(_ evaluator: EvaluatorResult) {
    let id = nextID()
    markup.append(verbatim: "<section>\n")
    markup.element("h2", ["id": id], evaluator.title)
    writeChips(of: evaluator)
    writeRoles(of: evaluator)
    writeCards(of: evaluator)
    writeThresholds(of: evaluator)
    writeOperatingPoint(of: evaluator)
    writeMetrics(of: evaluator)
    writeRows(of: evaluator)
    writeFigures(of: evaluator)
    writeClasses(of: evaluator)
    writeImages(of: evaluator)
    writeSlices(of: evaluator)
    writeTables(of: evaluator)
    writeProblems(of: evaluator)
    markup.append(verbatim: "</section>\n")
  }

  private mutating func writeChips(of evaluator: EvaluatorResult) {
    let chips = [
      evaluator.version, evaluator.task.rawValue.split(separator: "_").joined(separator: " "),
      evaluator.mode.rawValue, evaluator.kind.rawValue,
    ]
    markup.element("ul", ["class": "chips"]) { list in
      for chip in chips where !chip.isEmpty { list.element("li", chip) }
    }
  }

  private mutating func writeRoles(of evaluator: EvaluatorResult) {
    guard !evaluator.bindings.isEmpty else { return }
    markup.element("p", ["class": "roles"], evaluator.roleTexts.joined(separator: " · "))
  }

  private mutating func writeThresholds(of evaluator: EvaluatorResult) {
    guard !evaluator.thresholds.isEmpty else { return }
    markup.element("h3", "Thresholds")
    markup.table(caption: "Thresholds", head: [("Verdict", ""), ("Threshold", ""), ("Observed", "number"), ("", "wide")]) {
      for threshold in evaluator.orderedThresholds {
        $0.element("tr") { row in
          row.element("td") { $0.pill(threshold.verdict) }
          row.element("th", ["scope": "row"]) { $0.element("code", threshold.expression) }
          row.element("td", ["class": "number"], threshold.observedText)
          row.element("td", ["class": "note"], threshold.explanation ?? "")
        }
      }
    }
  }

  private mutating func writeRows(of evaluator: EvaluatorResult) {
    let counts = evaluator.counts
    // Passed and failed are part of the scored: a bar shows either the two or the one.
    let bar = counts.passed + counts.failed
    var parts = counts.parts.filter { $0.name != "scored" }
    if counts.scored > bar { parts.insert(("scored", counts.scored - bar), at: 0) }
    markup.element("h3", "Rows")
    if counts.total > 0 {
      markup.element("div", ["class": "rows", "role": "img", "aria-label": counts.sentence]) { strip in
        for part in parts {
          let share = 100 * Double(part.count) / Double(counts.total)
          strip.element(
            "span", ["class": part.name, "style": "flex-basis:\(share.fixedText(decimals: 3))%"], "")
        }
      }
    }
    markup.element("ul", ["class": "key"]) { key in
      key.element("li", counts.total.counted("row"))
      for part in parts {
        key.element("li") { item in
          item.element("i", ["class": part.name], "")
          item.append("\(part.count.groupedText) \(part.name)")
        }
      }
      if let coverage = counts.coverage { key.element("li", "coverage \(coverage.percentText)") }
    }
  }

  /// The tables that are not drawn.
  private mutating func writeTables(of evaluator: EvaluatorResult) {
    let tables = evaluator.tables.filter { Figure.of($0, in: evaluator) == nil && !$0.columns.isEmpty }
    guard !tables.isEmpty else { return }
    markup.element("h3", "Tables")
    for table in tables {
      markup.data(of: table, title: Figure.title(of: table.name), limit: Self.shownRows)
    }
  }

  private mutating func writeProblems(of evaluator: EvaluatorResult) {
    guard !evaluator.problems.isEmpty else { return }
    markup.element("h3", "Rows without a score")
    let head = [("Row", ""), ("Outcome", ""), ("Cause", ""), ("Reason", "wide")]
    markup.table(caption: "Rows without a score", head: head) {
      for problem in evaluator.problems.prefix(Self.shownRows) {
        $0.element("tr") { row in
          row.element("th", ["scope": "row", "class": "place"], problem.place)
          row.element("td", problem.outcome)
          row.element("td", ["class": "soft"], problem.cause.rawValue)
          row.element("td", ["class": "note"], problem.message)
        }
      }
    }
  }
}

extension Markup {
  /// A table in a panel of its own, which scrolls where it is too wide.
  ///
  /// - Parameter head: The titles, with the class of their cells.
  mutating func table(
    caption: String, head: [(title: String, style: String)], _ rows: (inout Markup) -> Void
  ) {
    element("div", ["class": "panel", "tabindex": "0", "role": "region", "aria-label": caption]) { panel in
      panel.element("table") { table in
        table.element("caption", caption)
        table.element("thead") { section in
          section.element("tr") { row in
            for (title, style) in head { row.element("th", ["scope": "col", "class": style], title) }
          }
        }
        table.element("tbody", [:], rows)
      }
    }
    breakLine()
  }

  mutating func pill(_ verdict: Verdict) {
    element("span", ["class": "pill \(verdict.rawValue)"], "\(verdict.mark) \(verdict.rawValue)")
  }

  /// The values of a table, to be opened.
  mutating func data(of table: ResultTable, title: String, limit: Int) {
    let columns = table.columns.map { (texts: $0.values.texts, isNumber: $0.values.numbers != nil) }
    let shown = min(limit, table.rowCount)
    element("details") { details in
      let rest = shown < table.rowCount ? ", the first \(shown) shown" : ""
      details.element("summary", "\(title) (\(table.rowCount.counted("row"))\(rest))")
      let head = zip(table.columns, columns).map { ($0.name, $1.isNumber ? "number" : "") }
      details.table(caption: title, head: head) { body in
        for row in 0..<shown {
          body.element("tr") { line in
            for column in columns where column.texts.indices ~= row {
              line.element("td", ["class": column.isNumber ? "number" : ""], column.texts[row])
            }
          }
        }
      }
    }
  }
}
