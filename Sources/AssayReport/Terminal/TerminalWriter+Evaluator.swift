import AssayCore

extension TerminalWriter {
  /// So many rows without a score are shown; the others are in the JSON.
  private static let shownProblems = 5
  private static let shownSlices = 40
  private static let shownNames = 20

  func blocks(of evaluator: EvaluatorResult) -> [[String]] {
    var blocks: [[String]] = []
    if !evaluator.thresholds.isEmpty { blocks.append(thresholds(of: evaluator)) }
    if !evaluator.metrics.isEmpty { blocks.append(metrics(of: evaluator)) }
    blocks += [classes(of: evaluator), confusions(of: evaluator), images(of: evaluator)].compactMap { $0 }
    blocks += RankingTable.tables(of: evaluator, limit: Self.shownNames).map(ranking)
    blocks += SliceGroup.groups(of: evaluator).map(slices)
    blocks.append(rows(of: evaluator))
    return blocks
  }

  private func thresholds(of evaluator: EvaluatorResult) -> [String] {
    var table = TextTable(
      columns: [
        .init(title: "threshold"), .init(title: "observed", alignment: .decimal),
        .init(title: "verdict"),
      ])
    for threshold in evaluator.orderedThresholds {
      let role = threshold.verdict.role
      let cells: [TextTable.Cell] = [
        .init("\(threshold.verdict.mark) \(threshold.expression)", role),
        .init(threshold.observedText), .init(threshold.verdict.rawValue, role),
      ]
      table.rows.append(.init(cells: cells, note: threshold.explanation.map { .init($0, .faint) }))
    }
    return [heading("Thresholds")] + table.lines(width: width, style: style)
  }

  private func metrics(of evaluator: EvaluatorResult) -> [String] {
    let metrics = evaluator.metrics
    var columns: [TextTable.Column] = [
      .init(title: "metric"), .init(title: "better"), .init(title: "value", alignment: .decimal),
    ]
    if metrics.hasIntervals {
      columns += [.init(title: metrics.intervalTitle), .init(title: "method")]
    }
    var table = TextTable(columns: columns)
    for group in MetricGroup.groups(of: evaluator) {
      if !group.title.isEmpty { table.addTitle(group.title) }
      for metric in group.metrics { table.rows.append(row(of: metric, in: evaluator)) }
    }
    return [heading("Metrics")] + table.lines(width: width, style: style)
  }

  private func row(of metric: MetricResult, in evaluator: EvaluatorResult) -> TextTable.Row {
    let metrics = evaluator.metrics
    let isHeadline = evaluator.isHeadline(metric)
    var cells: [TextTable.Cell] = [
      .init(metric.name, isHeadline ? .strong : .normal), .init(metric.direction.label, .faint),
      .init(metric.valueText, isHeadline ? .strong : .normal),
    ]
    if metrics.hasIntervals {
      let interval = metric.interval
      cells.append(.init(interval.map { intervalText($0, metrics) } ?? ""))
      cells.append(.init(interval?.methodText ?? "", .faint))
    }
    return .init(cells: cells, note: metric.note.map { .init($0, .open) })
  }

  private func intervalText(_ interval: ConfidenceInterval, _ metrics: [MetricResult]) -> String {
    let text = "\(interval.low.text(digits: 4)) … \(interval.high.text(digits: 4))"
    return metrics.intervalTitle == "interval" ? "\(text) (\(interval.levelText))" : text
  }

  private func ranking(_ ranking: RankingTable) -> [String] {
    var table = TextTable(
      columns: zip(ranking.head, ranking.isNumeric).map { title, isNumeric in
        .init(title: Escaping.terminal(title), alignment: isNumeric ? .decimal : .leading)
      })
    table.rows = ranking.rows.map { .init(cells: $0.map { .init($0) }) }
    var lines = [heading(ranking.title)] + table.lines(width: width, style: style)
    if ranking.hidden > 0 {
      let more = "and \(ranking.hidden.counted("more row")), in the other formats"
      lines.append("  " + TextRole.faint.painted(more, style))
    }
    return lines
  }

  private func slices(_ group: SliceGroup) -> [String] {
    let (head, rows) = group.cells
    var table = TextTable(
      columns: head.enumerated().map { index, title in
        .init(
          title: Escaping.terminal(title),
          alignment: index < group.keys.count
            ? .leading : group.metrics.contains(title) ? .decimal : .trailing)
      })
    table.rows = rows.prefix(Self.shownSlices).map { .init(cells: $0.map { .init($0) }) }
    var lines = [heading(group.title)] + table.lines(width: width, style: style)
    if rows.count > Self.shownSlices {
      let more = "and \((rows.count - Self.shownSlices).counted("more slice")), in the other formats"
      lines.append("  " + TextRole.faint.painted(more, style))
    }
    return lines
  }

  private func rows(of evaluator: EvaluatorResult) -> [String] {
    var lines = [heading("Rows")]
    lines += paragraph("", evaluator.counts.sentence, .normal)
    for problem in evaluator.problems.prefix(Self.shownProblems) {
      lines += paragraph(
        "\(problem.outcome.truncated(to: 12)) ", "\(problem.place): \(problem.message)", .open)
    }
    let more = evaluator.problems.count - Self.shownProblems
    if more > 0 {
      lines.append("  " + TextRole.faint.painted("and \(more.counted("more row")), in the JSON", style))
    }
    return lines
  }
}

extension Verdict {
  /// How it is painted.
  var role: TextRole {
    switch self {
    case .pass: .good
    case .fail: .bad
    case .inconclusive: .open
    }
  }
}
