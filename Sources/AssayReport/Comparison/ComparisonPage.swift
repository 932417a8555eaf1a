public import AssayCore

extension ModelComparison {
  /// The comparison as one page that needs nothing else: no network, no scripts.
  ///
  /// It draws the differences with their intervals, and the matrix of items won, and follows
  /// the reader's choice of light or dark.
  public func htmlText() -> String {
    var page = ComparisonPage(result: self)
    return page.text()
  }
}

/// A page in the making.
struct ComparisonPage {
  let result: ModelComparison
  var markup = Markup()
  private var lastID = 0

  init(result: ModelComparison) { self.result = result }

  /// Intervals are solid lines, as their ends are what is read; tables are close, as they
  /// have many columns.
  private static let style: StaticString = """
    svg .forest{stroke-width:5;stroke-linecap:round;stroke-dasharray:none;opacity:.55}
    svg .forest.s0{stroke:var(--faint);stroke-width:5;opacity:.55}
    th,td{padding:6px 9px}.note{min-width:120px}.panel{margin-top:14px}th .better{color:var(--faint);font-weight:400}

    """

  mutating func nextID() -> String {
    lastID += 1
    return "f\(lastID)"
  }

  mutating func text() -> String {
    let names = result.sides.map(\.name).joined(separator: " and ")
    markup.pageHead(title: "\(result.verdictWord) · \(names)", style: Self.style)
    writeBanner()
    markup.append(verbatim: "<main>\n")
    for evaluator in result.evaluators { write(evaluator) }
    if !result.configuration.isEmpty { writeConfiguration() }
    markup.append(verbatim: "</main>\n")
    writeFoot()
    markup.append(verbatim: "</body>\n</html>\n")
    return markup.text
  }

  private mutating func writeBanner() {
    markup.element("header", ["class": "banner \(result.verdict?.rawValue ?? "none")"]) { header in
      header.element("p", ["class": "eyebrow"], "Assay · comparison")
      header.element("h1") { title in
        if let mark = result.verdict?.mark {
          title.element("span", ["class": "mark", "aria-hidden": "true"], mark)
        }
        title.append(result.verdictWord)
      }
      let sentence = result.sentence
      header.element("p", ["class": "sentence"], sentence.prefix(1).uppercased() + sentence.dropFirst() + ".")
      for warning in result.warnings {
        header.element("p", ["class": "warning", "role": "note"], warning)
      }
      header.element("dl", ["class": "facts"]) { list in
        for side in result.sides {
          let role = side.name == result.baseline ? "baseline, " : ""
          list.fact("Side \(side.name)", side.place, role + side.items.counted("item"))
        }
        list.fact("Compared", result.itemsText, "\(result.levelText) intervals")
        list.fact("Tests", result.adjustmentText, "seed \(result.comparison.seed)")
        list.fact("Made", result.comparison.createdAt, "in \(result.comparison.durationSeconds.durationText)")
        list.fact("Exit code", "\(result.exitCode.rawValue)", result.comparison.id)
      }
    }
    markup.breakLine()
  }

  private mutating func write(_ evaluator: ComparedEvaluator) {
    markup.append(verbatim: "<section>\n")
    markup.element("h2", evaluator.evaluator)
    markup.element("ul", ["class": "chips"]) { list in
      for chip in [evaluator.version, evaluator.task.rawValue, evaluator.mode.rawValue] where !chip.isEmpty {
        list.element("li", chip)
      }
    }
    if let basis = result.basisText(of: evaluator) { markup.element("p", ["class": "roles"], "From \(basis).") }
    if !evaluator.thresholds.isEmpty { writeThresholds(of: evaluator) }
    if result.sides.count > 2 {
      if let board = evaluator.leaderboard { write(board) }
      if let tournament = evaluator.tournament { write(tournament) }
    }
    for side in result.challengers {
      writeForest(of: side, evaluator)
      writeDifferences(of: side, result.rows(of: evaluator), caption: "Differences of \(side)")
      writeSlices(of: side, evaluator)
    }
    markup.append(verbatim: "</section>\n")
  }

  private mutating func writeSlices(of side: String, _ evaluator: ComparedEvaluator) {
    let slices = result.sliceRows(of: evaluator)
    guard !slices.isEmpty else { return }
    let rows = slices.compactMap { row in
      row.metric.difference(of: side).flatMap { difference in
        difference.value.map { _ in
          ForestDrawing.Row(
            name: row.name, metric: row.metric.name, direction: row.metric.direction, difference: difference, bars: [])
        }
      }
    }
    markup.element("h3", "\(side) against \(result.baseline), by slice")
    if !rows.isEmpty {
      let figure = ForestDrawing(rows: rows, baseline: result.baseline, side: side).figure
      let id = nextID()
      markup.element("figure", ["class": "wide"]) { element in
        element.element(
          "figcaption", "Differences with \(result.levelText) intervals, each metric on its own scale")
        element.append(figure.inline(id: id))
      }
    }
    writeDifferences(of: side, slices, caption: "Differences of \(side) by slice")
  }

  private mutating func writeForest(of side: String, _ evaluator: ComparedEvaluator) {
    let rows = evaluator.metrics.compactMap { metric -> ForestDrawing.Row? in
      guard metric.direction != .none, metric.direction != .zeroIsBest,
        let difference = metric.difference(of: side), difference.value != nil
      else { return nil }
      return ForestDrawing.Row(
        name: metric.name, metric: metric.name, direction: metric.direction, difference: difference,
        bars: evaluator.bars(on: metric.name, side: side, reference: difference.reference))
    }
    guard !rows.isEmpty else { return }
    let figure = ForestDrawing(rows: rows, baseline: result.baseline, side: side).figure
    let id = nextID()
    markup.element("h3", "\(side) against \(result.baseline)")
    markup.element("figure", ["class": "wide"]) { element in
      element.element("figcaption", "Differences with \(result.levelText) intervals, each on its own scale")
      element.append(figure.inline(id: id))
    }
    markup.breakLine()
  }

  private mutating func writeFoot() {
    markup.element("footer") { footer in
      for evaluator in result.evaluators {
        for fingerprint in Set(evaluator.fingerprints).sorted() {
          footer.element("p") { line in
            line.append("\(evaluator.evaluator) \(evaluator.version) ")
            line.element("code", fingerprint)
          }
        }
      }
      for source in result.sides.flatMap(\.sources) where source.sha256 != nil {
        footer.element("p") { line in
          line.append("\(source.name) ")
          line.element("code", "sha256:\(source.sha256 ?? "")")
        }
      }
    }
    markup.breakLine()
  }
}

extension ComparedEvaluator {
  /// The bars that thresholds put on a difference.
  fileprivate func bars(on metric: String, side: String, reference: String) -> [Double] {
    thresholds.filter { $0.side == side && $0.reference == reference }.compactMap { threshold in
      let words = threshold.result.expression.split { " ()<>=".contains($0) }.map(String.init)
      guard words.contains("delta"), words.contains(metric) else { return nil }
      return words.compactMap { Double($0) }.first
    }
  }
}
