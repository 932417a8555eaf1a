import AssayCore

extension ComparisonPage {
  mutating func writeThresholds(of evaluator: ComparedEvaluator) {
    markup.element("h3", "Thresholds")
    markup.table(
      caption: "Thresholds",
      head: [("Verdict", ""), ("Threshold", ""), ("Side", ""), ("Observed", "number"), ("Remark", "wide")]
    ) { body in
      for threshold in evaluator.thresholds {
        let verdict = threshold.result.verdict
        body.element("tr") { row in
          row.element("td") { $0.element("span", ["class": "pill \(verdict.rawValue)"], "\(verdict.mark) \(verdict.rawValue)") }
          row.element("th", ["scope": "row"]) { $0.element("code", threshold.result.expression) }
          row.element("td", ["class": "soft"], threshold.side)
          row.element("td", ["class": "number"], threshold.result.observedText)
          row.element("td", ["class": "note"], threshold.result.explanation ?? "")
        }
      }
    }
  }

  mutating func writeDifferences(of side: String, _ rows: [ComparedRow], caption: String) {
    let result = result
    let head: [(title: String, style: String)] = [
      ("Metric", ""), (result.baseline, "number"), (side, "number"), ("Difference", "number"),
      ("\(result.levelText) interval", "number"), ("p", "number"), ("", ""), ("Detects", "number"),
      ("Test", "wide"),
    ]
    markup.table(caption: caption, head: head) { body in
      for line in rows {
        let metric = line.metric
        guard let difference = metric.difference(of: side) else { continue }
        func value(_ side: String) -> String { result.index(of: side).map { metric.values[$0].valueText } ?? "–" }
        body.element("tr", ["class": line.isHeadline ? "headline" : ""]) { row in
          row.element("th", ["scope": "row"]) { cell in
            cell.append(line.name + " ")
            cell.element("span", ["class": "better", "title": metric.direction.word], metric.direction.arrow)
          }
          row.element("td", ["class": "number"], value(result.baseline))
          row.element("td", ["class": "number value"], value(side))
          row.element("td", ["class": "number"], difference.valueText)
          row.element("td", ["class": "number"], difference.intervalText)
          row.element("td", ["class": "number"], difference.pText)
          row.element("td") { cell in
            let kind = ["better": "pass", "worse": "fail"][difference.conclusion] ?? "none"
            guard !difference.conclusion.isEmpty else { return }
            cell.element("span", ["class": "pill \(kind)"], difference.conclusion)
          }
          row.element("td", ["class": "number"], difference.detectableText)
          let remarks = [difference.testText, difference.note ?? ""].filter { !$0.isEmpty }
          row.element("td", ["class": "note"], remarks.joined(separator: "; "))
        }
      }
    }
  }

  mutating func write(_ board: Leaderboard) {
    markup.element("h3", "Leaderboard by \(board.metric)")
    markup.table(
      caption: "Leaderboard",
      head: [("Rank", "number"), ("Side", ""), (board.metric, "number"), ("\(result.levelText) interval", "wide")]
    ) { body in
      for standing in board.standings {
        body.element("tr") { row in
          row.element("td", ["class": "number"], standing.rank.map { "\($0)" } ?? "–")
          row.element("th", ["scope": "row"], standing.side)
          row.element("td", ["class": "number value"], standing.value?.text() ?? "–")
          row.element(
            "td", ["class": "note"],
            standing.interval.map { "\($0.low.text(digits: 4)) … \($0.high.text(digits: 4))" } ?? "")
        }
      }
    }
    let remark = "Sides that are not told apart share a rank." + (board.reason.map { " \($0)." } ?? "")
    markup.element("p", ["class": "roles"], remark)
  }

  mutating func write(_ tournament: Tournament) {
    let names = result.sides.map(\.name)
    let cells = names.indices.flatMap { row in
      names.indices.compactMap { column -> HeatDrawing.Cell? in
        guard row != column else { return nil }
        let (won, lost, tied) = (tournament.wins[row][column], tournament.wins[column][row], tournament.ties[row][column])
        let games = Double(max(1, won + lost + tied))
        let share = (Double(won) + Double(tied) / 2) / games
        return HeatDrawing.Cell(
          row: row, column: column, strength: share, text: won.groupedText, share: share.percentText,
          title: "\(names[row]) is better than \(names[column]) on \(won) items, worse on \(lost), equal on \(tied)")
      }
    }
    let drawing = HeatDrawing(
      rows: names, columns: names, cells: cells, rowTitle: "", columnTitle: "the side at the left is better than")
    let figure = Figure(
      name: "wins", title: "Items won", summary: "How many items each side (down) wins against each other one (across).",
      width: drawing.width, height: drawing.height, body: drawing.body)
    let id = nextID()
    markup.element("h3", "Items won, by \(tournament.quantity)")
    markup.append(verbatim: "<div class=\"figures\">\n")
    markup.element("figure") { element in
      element.element("figcaption", "Items won; the share counts a tie as a half")
      element.append(figure.inline(id: id))
    }
    let page = self
    if !tournament.abilities.isEmpty { markup.element("figure") { page.abilities(tournament, in: &$0) } }
    markup.append(verbatim: "</div>\n")
    if let reason = tournament.reason { markup.element("p", ["class": "roles"], "There are no abilities: \(reason).") }
  }

  private func abilities(_ tournament: Tournament, in figure: inout Markup) {
    figure.element("figcaption", "Abilities (Bradley and Terry)")
    figure.table(
      caption: "Abilities",
      head: [("Side", ""), ("Ability", "number"), ("Log ability", "number"), ("\(result.levelText) interval", "number")]
    ) { body in
      for (side, ability) in zip(result.sides, tournament.abilities) {
        body.element("tr") { row in
          row.element("th", ["scope": "row"], side.name)
          row.element("td", ["class": "number value"], ability.ability.text(digits: 3))
          row.element("td", ["class": "number"], ability.logAbility.text(digits: 3))
          row.element(
            "td", ["class": "number"],
            ability.interval.map { "\($0.low.text(digits: 3)) … \($0.high.text(digits: 3))" } ?? "")
        }
      }
    }
  }

  mutating func writeConfiguration() {
    markup.element("h3", "Settings that differ")
    let head = [(title: "Setting", style: "")] + result.sides.map { (title: $0.name, style: "") }
    markup.table(caption: "Settings that differ", head: head) { body in
      for difference in result.configuration {
        body.element("tr") { row in
          row.element("th", ["scope": "row"]) { $0.element("code", difference.setting) }
          for value in difference.values { row.element("td", value ?? "–") }
        }
      }
    }
  }
}
