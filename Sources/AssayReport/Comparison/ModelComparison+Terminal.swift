public import AssayCore

extension ModelComparison {
  /// The comparison for a person at a terminal: thresholds, differences with their
  /// intervals, the leaderboard and who won how many items, and the verdict as the last line.
  ///
  /// - Parameters:
  ///   - style: Colours only when asked for.
  ///   - columns: The width of the terminal, at least 40.
  public func terminalText(style: TerminalStyle = .plain, columns: Int = 100) -> String {
    ComparisonWriter(result: self, writer: TerminalWriter(style: style, width: max(40, columns))).text
  }
}

private struct ComparisonWriter {
  let result: ModelComparison
  let writer: TerminalWriter

  private var style: TerminalStyle { writer.style }

  var text: String {
    var blocks: [[String]] = []
    for (index, evaluator) in result.evaluators.enumerated() {
      blocks.append(head(of: evaluator) + (index == 0 ? sides : []) + basis(of: evaluator))
      if !evaluator.thresholds.isEmpty { blocks.append(thresholds(of: evaluator)) }
      blocks += result.challengers.map { differences(of: $0, result.rows(of: evaluator), "Differences") }
      let slices = result.sliceRows(of: evaluator)
      if !slices.isEmpty { blocks += result.challengers.map { differences(of: $0, slices, "By slice") } }
      if result.sides.count > 2 {
        blocks += [evaluator.leaderboard.map(leaderboard), evaluator.tournament.map(tournament)].compactMap { $0 }
      }
    }
    if !result.configuration.isEmpty { blocks.append(configuration) }
    if !result.warnings.isEmpty {
      blocks.append(result.warnings.flatMap { writer.paragraph("! ", $0, .open) })
    }
    blocks.append([verdict])
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func head(of evaluator: ComparedEvaluator) -> [String] {
    let facts = [evaluator.version, evaluator.task.rawValue].filter { !$0.isEmpty }.joined(separator: " · ")
    return [
      TextRole.heading.painted(evaluator.evaluator, style) + " " + TextRole.faint.painted(facts, style)
    ]
  }

  private var sides: [String] {
    var table = TextTable(columns: [.init(title: ""), .init(title: ""), .init(title: "")], hasHead: false)
    for side in result.sides {
      let role = side.name == result.baseline ? "baseline" : ""
      table.rows.append(
        .init(cells: [
          .init(side.name, .strong), .init("\(side.place) · \(side.items.counted("item"))"),
          .init(role, .faint),
        ]))
    }
    return table.lines(width: writer.width, style: style)
      + writer.paragraph("", "compared on \(result.itemsText)", .normal)
  }

  private func basis(of evaluator: ComparedEvaluator) -> [String] {
    result.basisText(of: evaluator).map { writer.paragraph("from ", $0, .faint) } ?? []
  }

  private func thresholds(of evaluator: ComparedEvaluator) -> [String] {
    var table = TextTable(
      columns: [
        .init(title: "threshold"), .init(title: "side"), .init(title: "observed", alignment: .decimal),
        .init(title: "verdict"),
      ])
    for threshold in evaluator.thresholds {
      let role = threshold.result.verdict.role
      table.rows.append(
        .init(
          cells: [
            .init("\(threshold.result.verdict.mark) \(threshold.result.expression)", role),
            .init(threshold.side), .init(threshold.result.observedText),
            .init(threshold.result.verdict.rawValue, role),
          ], note: threshold.result.explanation.map { .init($0, .faint) }))
    }
    return [writer.heading("Thresholds")] + table.lines(width: writer.width, style: style)
  }

  private func differences(of side: String, _ rows: [ComparedRow], _ title: String) -> [String] {
    var table = TextTable(
      columns: [
        .init(title: "metric"), .init(title: ""),
        .init(title: Escaping.terminal(result.baseline), alignment: .decimal),
        .init(title: Escaping.terminal(side), alignment: .decimal),
        .init(title: "difference", alignment: .trailing), .init(title: "\(result.levelText) interval"),
        .init(title: "p", alignment: .trailing), .init(title: ""), .init(title: "test"),
        .init(title: "detects", alignment: .trailing),
      ])
    for row in rows {
      let metric = row.metric
      guard let difference = metric.difference(of: side) else { continue }
      let role: TextRole =
        difference.conclusion == "better" ? .good : difference.conclusion == "worse" ? .bad : .normal
      table.rows.append(
        .init(
          cells: [
            .init(row.name, row.isHeadline ? .strong : .normal), .init(metric.direction.arrow, .faint),
            .init(value(metric, of: result.baseline)), .init(value(metric, of: side)),
            .init(difference.valueText, role), .init(difference.intervalText),
            .init(difference.pText), .init(difference.mark, role), .init(difference.testText, .faint),
            .init(difference.detectableText, .faint),
          ], note: difference.note.map { .init($0, .open) }))
    }
    let remark = "\(side) less \(result.baseline); \(result.adjustmentText)"
    return [writer.heading(title, remark)] + table.lines(width: writer.width, style: style)
  }

  private func value(_ metric: ComparedMetric, of side: String) -> String {
    result.index(of: side).map { metric.values[$0].valueText } ?? "–"
  }

  private func leaderboard(_ board: Leaderboard) -> [String] {
    var table = TextTable(
      columns: [
        .init(title: "side"), .init(title: "rank", alignment: .trailing),
        .init(title: Escaping.terminal(board.metric), alignment: .decimal),
        .init(title: "\(result.levelText) interval"),
      ])
    for standing in board.standings {
      let interval = standing.interval.map { "\($0.low.text(digits: 4)) … \($0.high.text(digits: 4))" }
      table.rows.append(
        .init(cells: [
          .init(standing.side), .init(standing.rank.map { "\($0)" } ?? "–", .strong),
          .init(standing.value?.text() ?? "–"), .init(interval ?? ""),
        ]))
    }
    return [writer.heading("Leaderboard", "sides that are not told apart share a rank")]
      + table.lines(width: writer.width, style: style)
      + (board.reason.map { writer.paragraph("! ", $0, .open) } ?? [])
  }

  private func tournament(_ tournament: Tournament) -> [String] {
    let names = result.sides.map(\.name)
    var table = TextTable(
      columns: [.init(title: "better ↓ than →")]
        + names.map { .init(title: Escaping.terminal($0).truncated(to: 12), alignment: .trailing) }
        + [.init(title: "ability", alignment: .decimal)])
    for (row, name) in names.enumerated() {
      let cells = names.indices.map { column -> TextTable.Cell in
        row == column ? .init("·", .faint) : .init(tournament.wins[row][column].groupedText)
      }
      let ability = tournament.abilities.indices ~= row ? tournament.abilities[row].ability.text(digits: 3) : "–"
      table.rows.append(.init(cells: [.init(name)] + cells + [.init(ability)]))
    }
    return [writer.heading("Items won", "by \(tournament.quantity)")]
      + table.lines(width: writer.width, style: style)
      + (tournament.reason.map { writer.paragraph("! no abilities: ", $0, .open) } ?? [])
  }

  private var configuration: [String] {
    var table = TextTable(columns: [.init(title: "setting")] + result.sides.map { .init(title: Escaping.terminal($0.name)) })
    for difference in result.configuration {
      table.rows.append(
        .init(cells: [.init(difference.setting)] + difference.values.map { .init($0 ?? "–") }))
    }
    return [writer.heading("Settings that differ")] + table.lines(width: writer.width, style: style)
  }

  private var verdict: String {
    let role = result.verdict?.role ?? .strong
    let mark = result.verdict.map { "\($0.mark) " } ?? ""
    let facts = " · \(result.comparison.durationSeconds.durationText) · exit code \(result.exitCode.rawValue)"
    let used = mark + result.verdictWord + "  " + result.sentence
    return role.painted(mark + result.verdictWord, style) + "  " + result.sentence
      + (used.displayWidth + facts.displayWidth <= writer.width ? TextRole.faint.painted(facts, style) : "")
  }
}
