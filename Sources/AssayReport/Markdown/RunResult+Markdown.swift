public import AssayCore

extension RunResult {
  /// The result for a pull request or the summary of a CI step: the verdict,
  /// thresholds and metrics in sight, the rest to be opened.
  ///
  /// Of long lists only the beginning is written, so that the text stays far
  /// below the 1 MiB that GitHub takes for a step.
  public func markdownText() -> String {
    var markdown = "## \(verdictMark) \(verdictWord): \(verdictSentence)\n\n"
    for evaluator in evaluators { markdown += MarkdownSection(evaluator: evaluator).text }
    for warning in warnings { markdown += "> ⚠️ \(Escaping.markdown(warning))\n>\n" }
    if !warnings.isEmpty { markdown += "\n" }
    let sources = sources.map {
      "\($0.side.rawValue) \(Escaping.markdownCode($0.name)) (\($0.rows.counted("row")))"
    }
    return markdown + "<sub>" + (sources + runFacts.map(Escaping.markdown)).joined(separator: " · ")
      + "</sub>\n"
  }

  private var verdictMark: String { verdict?.emoji ?? "ℹ️" }
}

extension Verdict {
  var emoji: String {
    switch self {
    case .pass: "✅"
    case .fail: "❌"
    case .inconclusive: "❔"
    }
  }
}

private struct MarkdownSection {
  private static let shownSlices = 50
  private static let shownProblems = 20
  private static let shownClasses = 15
  private static let shownImages = 10
  private static let shownNames = 50

  let evaluator: EvaluatorResult

  var text: String {
    var text = "### \(Escaping.markdown(evaluator.title)) "
    if !evaluator.version.isEmpty { text += "<sub>\(Escaping.markdown(evaluator.version))</sub>" }
    text += "\n\n"
    if !evaluator.thresholds.isEmpty { text += thresholds + "\n" }
    text += metrics + "\n"
    text += Escaping.markdown(evaluator.counts.sentence) + ".\n\n"
    if !evaluator.bindings.isEmpty {
      text += "<sub>" + evaluator.roleTexts.map(Escaping.markdown).joined(separator: " · ") + "</sub>\n\n"
    }
    text += RankingTable.tables(of: evaluator, limit: Self.shownNames).map(ranking).joined()
    text += classes + confusionMatrix + images
    text += SliceGroup.groups(of: evaluator).map(slices).joined()
    if !evaluator.problems.isEmpty { text += problems }
    return text
  }

  private var thresholds: String {
    let hasRemarks = evaluator.thresholds.contains { $0.explanation != nil }
    let rows = evaluator.orderedThresholds.map { threshold in
      [
        "\(threshold.verdict.emoji) \(threshold.verdict.rawValue)",
        Escaping.markdownCode(threshold.expression), threshold.observedText,
      ] + (hasRemarks ? [Escaping.markdown(threshold.explanation ?? "")] : [])
    }
    return table(
      head: ["", "threshold", "observed"] + (hasRemarks ? ["remark"] : []), alignments: "::>:", rows)
  }

  /// The leading metrics in sight; all of them to be opened, where there are more.
  private var metrics: String {
    let usual = evaluator.usualMetrics.filter { !evaluator.leadingMetrics.contains($0) }
    let leading = (evaluator.leadingMetrics + usual).compactMap { evaluator.metric($0) }
    let few = evaluator.metrics.count <= 8
    let shown = table(few ? evaluator.metrics : leading)
    guard !few else { return shown }
    let all = MetricGroup.groups(of: evaluator).flatMap(\.metrics)
    return shown + "\n" + details("All \(all.count) metrics", table(all))
  }

  private func table(_ metrics: [MetricResult]) -> String {
    guard !metrics.isEmpty else { return "" }
    let hasIntervals = metrics.hasIntervals
    let hasNotes = metrics.contains { $0.note != nil }
    let rows = metrics.map { metric in
      let name = Escaping.markdownCode(metric.name)
      var cells = [
        evaluator.isHeadline(metric) ? "**\(name)**" : name, metric.valueText,
      ]
      if hasIntervals {
        let interval = metric.interval.map { interval in
          let text = "\(interval.low.text(digits: 4)) … \(interval.high.text(digits: 4))"
          return "\(text) <sub>\(Escaping.markdown(interval.methodText))</sub>"
        }
        cells.append(interval ?? "")
      }
      cells.append(metric.direction.arrow)
      if hasNotes { cells.append(Escaping.markdown(metric.note ?? "")) }
      return cells
    }
    let head =
      ["metric", "value"] + (hasIntervals ? [metrics.intervalTitle] : []) + ["better"]
      + (hasNotes ? ["remark"] : [])
    return table(head: head, alignments: hasIntervals ? ":>:::" : ":>::", rows)
  }

  /// A matrix of few labels; of a larger one the pairs that are confused most.
  private var confusionMatrix: String {
    guard let matrix = evaluator.confusionMatrix(limit: .max) else { return "" }
    let labels = matrix.labels.map(Escaping.markdown)
    guard matrix.labels.count > 12 else {
      let rows = zip(labels, matrix.counts).map { ["**\($0)**"] + $1.map { $0.text(digits: 6) } }
      let body = self.table(
        head: ["actual ↓ predicted →"] + labels,
        alignments: ":" + String(repeating: ">", count: labels.count), rows)
      return details("Confusion matrix", body)
    }
    let rows = matrix.confusions(limit: Self.shownClasses).map {
      [
        Escaping.markdown($0.actual), Escaping.markdown($0.predicted), $0.count.text(digits: 6),
        $0.share?.percentText ?? "–",
      ]
    }
    guard !rows.isEmpty else { return "" }
    return details(
      "Confused most often", table(head: ["actual", "predicted", "count", "of actual"], alignments: "::>>", rows))
  }

  /// The classes with the lowest values.
  private var classes: String {
    guard let report = evaluator.classReport, report.worst.count > 1 else { return "" }
    let shown = report.worst.prefix(Self.shownClasses)
    let head = ["class"] + report.shortColumns
    let body = table(
      head: head.map(Escaping.markdown), alignments: ":" + String(repeating: ">", count: head.count - 1),
      shown.map { report.shortCells(of: $0).map(Escaping.markdown) })
    let part = shown.count < report.rows.count ? ", the lowest \(shown.count) of \(report.rows.count)" : ""
    return details("Classes by \(Escaping.markdown(report.valueName))\(part)", body)
  }

  /// The images with the most errors.
  private var images: String {
    guard let report = ImageReport(evaluator), !report.worst.isEmpty else { return "" }
    let rows = report.worst.prefix(Self.shownImages).map { image in
      [Escaping.markdown(image.name), image.f1?.text(digits: 4) ?? "–"]
        + [image.found, image.extra, image.missed].map(\.groupedText)
    }
    let title = "Worst images (\(report.worst.count.groupedText) of \(report.count.groupedText) have errors)"
    return details(
      title, table(head: ["image", "f1", "tp", "fp", "fn"], alignments: ":>>>>", Array(rows)))
  }

  private func ranking(_ ranking: RankingTable) -> String {
    let more = ranking.hidden > 0 ? "\nand \(ranking.hidden.counted("more row")).\n" : ""
    let body = table(
      head: ranking.head.map(Escaping.markdown),
      alignments: ranking.isNumeric.map { $0 ? ">" : ":" }.joined(),
      ranking.rows.map { $0.map(Escaping.markdown) })
    return details(Escaping.markdown(ranking.title), body + more)
  }

  private func slices(_ group: SliceGroup) -> String {
    let (head, rows) = group.cells
    var body = table(
      head: head.map(Escaping.markdown),
      alignments: head.indices.map { $0 < group.keys.count ? ":" : ">" }.joined(),
      rows.prefix(Self.shownSlices).map { $0.map(Escaping.markdown) })
    if rows.count > Self.shownSlices {
      body += "\nand \((rows.count - Self.shownSlices).counted("more slice")).\n"
    }
    return details(Escaping.markdown(group.title), body)
  }

  private var problems: String {
    let shown = evaluator.problems.prefix(Self.shownProblems)
    let rows = shown.map {
      [Escaping.markdown($0.place), Escaping.markdown($0.outcome), Escaping.markdown($0.message)]
    }
    var body = table(head: ["row", "outcome", "reason"], alignments: ":::", rows)
    let more = evaluator.problems.count - shown.count
    if more > 0 { body += "\nand \(more.counted("more row")).\n" }
    return details("Rows without a score", body)
  }

  private func details(_ title: String, _ body: String) -> String {
    "<details><summary>\(title)</summary>\n\n\(body)\n</details>\n\n"
  }

  private func table(head: [String], alignments: String, _ rows: [[String]]) -> String {
    MarkdownTable.text(head: head, alignments: alignments, rows)
  }
}

/// A table of Markdown.
enum MarkdownTable {
  /// - Parameter alignments: `>` or `:` for each column.
  static func text(head: [String], alignments: String, _ rows: [[String]]) -> String {
    let rules = zip(head, alignments).map { $1 == ">" ? "---:" : ":---" }
    return ([head, rules] + rows).map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }
}
