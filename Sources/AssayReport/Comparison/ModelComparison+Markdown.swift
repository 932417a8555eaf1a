public import AssayCore

extension ModelComparison {
  /// The comparison for a pull request: the verdict, thresholds and differences in sight.
  public func markdownText() -> String {
    var text = "## \(verdict?.emoji ?? "ℹ️") \(verdictWord): \(Escaping.markdown(sentence))\n\n"
    text += sidesText + "\n"
    for evaluator in evaluators {
      text += "### \(Escaping.markdown(evaluator.evaluator)) <sub>\(Escaping.markdown(evaluator.version))</sub>\n\n"
      if let basis = basisText(of: evaluator) { text += "From \(Escaping.markdown(basis)).\n\n" }
      if !evaluator.thresholds.isEmpty { text += thresholds(of: evaluator) + "\n" }
      for side in challengers { text += differences(of: side, rows(of: evaluator)) + "\n" }
      let slices = sliceRows(of: evaluator)
      if !slices.isEmpty { for side in challengers { text += differences(of: side, slices) + "\n" } }
      guard sides.count > 2 else { continue }
      if let board = evaluator.leaderboard { text += leaderboard(board) + "\n" }
      if let tournament = evaluator.tournament { text += self.tournament(tournament) + "\n" }
    }
    if !configuration.isEmpty { text += settings + "\n" }
    for warning in warnings { text += "> ⚠️ \(Escaping.markdown(warning))\n>\n" }
    let facts = [
      comparison.id, comparison.createdAt, "seed \(comparison.seed)", adjustmentText,
      "exit code \(exitCode.rawValue)",
    ]
    return text + "\n<sub>" + facts.map(Escaping.markdown).joined(separator: " · ") + "</sub>\n"
  }

  private var sidesText: String {
    let names = sides.map { side in
      let role = side.name == baseline ? " (baseline)" : ""
      return "**\(Escaping.markdown(side.name))**\(role) \(Escaping.markdownCode(side.place))"
    }
    return names.joined(separator: " · ") + " — " + Escaping.markdown(itemsText) + "\n"
  }

  private func thresholds(of evaluator: ComparedEvaluator) -> String {
    MarkdownTable.text(
      head: ["", "threshold", "side", "observed", "remark"], alignments: ":::>:",
      evaluator.thresholds.map { threshold in
        [
          "\(threshold.result.verdict.emoji) \(threshold.result.verdict.rawValue)",
          Escaping.markdownCode(threshold.result.expression), Escaping.markdown(threshold.side),
          threshold.result.observedText, Escaping.markdown(threshold.result.explanation ?? ""),
        ]
      })
  }

  private func differences(of side: String, _ rows: [ComparedRow]) -> String {
    let lines = rows.compactMap { row -> [String]? in
      let metric = row.metric
      guard let difference = metric.difference(of: side) else { return nil }
      let name = Escaping.markdownCode(row.name)
      func value(_ side: String) -> String { index(of: side).map { metric.values[$0].valueText } ?? "–" }
      let remarks = [difference.conclusion, difference.note ?? ""].filter { !$0.isEmpty }
      return [
        row.isHeadline ? "**\(name)**" : name, metric.direction.arrow,
        value(baseline), value(side), difference.valueText, difference.intervalText, difference.pText,
        difference.detectableText, Escaping.markdown(difference.testText),
        Escaping.markdown(remarks.joined(separator: "; ")),
      ]
    }
    return MarkdownTable.text(
      head: [
        "metric", "", Escaping.markdown(baseline), Escaping.markdown(side), "difference",
        "\(levelText) interval", "p", "detects", "test", "",
      ], alignments: "::>>>:>>::", lines)
  }

  private func leaderboard(_ board: Leaderboard) -> String {
    MarkdownTable.text(
      head: ["rank", "side", Escaping.markdown(board.metric), "\(levelText) interval"], alignments: ">:>:",
      board.standings.map { standing in
        [
          standing.rank.map { "\($0)" } ?? "–", Escaping.markdown(standing.side),
          standing.value?.text() ?? "–",
          standing.interval.map { "\($0.low.text(digits: 4)) … \($0.high.text(digits: 4))" } ?? "",
        ]
      })
  }

  private func tournament(_ tournament: Tournament) -> String {
    let names = sides.map { Escaping.markdown($0.name) }
    return MarkdownTable.text(
      head: ["items won by \(Escaping.markdown(tournament.quantity))"] + names + ["ability"],
      alignments: ":" + String(repeating: ">", count: names.count + 1),
      names.indices.map { row in
        let wins = names.indices.map { $0 == row ? "" : tournament.wins[row][$0].groupedText }
        let ability = tournament.abilities.indices ~= row ? tournament.abilities[row].ability.text(digits: 3) : "–"
        return ["**\(names[row])**"] + wins + [ability]
      })
  }

  private var settings: String {
    MarkdownTable.text(
      head: ["setting"] + sides.map { Escaping.markdown($0.name) },
      alignments: String(repeating: ":", count: sides.count + 1),
      configuration.map { difference in
        [Escaping.markdownCode(difference.setting)]
          + difference.values.map { $0.map(Escaping.markdownCode) ?? "–" }
      })
  }
}
