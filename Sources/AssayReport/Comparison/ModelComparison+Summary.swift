import AssayCore

extension ModelComparison {
  var verdictWord: String { verdict?.word ?? "NO VERDICT" }

  /// What came out, without a full stop: the thresholds, then how many differences are told
  /// from 0.
  var sentence: String {
    let all = evaluators.flatMap(\.thresholds).map(\.result.verdict)
    let metrics = evaluators.flatMap { $0.metrics + $0.slices.flatMap(\.metrics) }
    let tests = metrics.flatMap(\.differences)
      .filter { $0.test?.adjustedPValue != nil }
    let told = tests.count { $0.test?.isSignificant == true }
    let differences =
      tests.isEmpty
      ? "no difference could be tested"
      : "\(told) of \(tests.count.counted("difference")) significant"
    guard !all.isEmpty else { return differences }
    let parts = [Verdict.pass, .fail, .inconclusive].compactMap { verdict -> String? in
      let count = all.count { $0 == verdict }
      return count > 0 ? "\(count) \(verdict.ending)" : nil
    }
    return "of \(all.count.counted("threshold")) \(parts.joined(separator: ", ")); \(differences)"
  }

  /// How p-values were adjusted, in words.
  var adjustmentText: String {
    switch comparison.adjustment {
    case "holm": "p adjusted by Holm"
    case "bh": "p adjusted by Benjamini and Hochberg"
    default: "p not adjusted"
    }
  }

  var levelText: String { (comparison.level * 100).text(digits: 4) + " %" }

  /// `569 items, 12 skipped, 40 clusters`.
  var itemsText: String {
    var parts = [
      items.compared.counted("item")
        + (items.isPaired ? "" : " in \(sides.count) independent samples")
    ]
    if items.skipped > 0 { parts.append("\(items.skipped.groupedText) without a value") }
    if let clusters = items.clusters { parts.append(clusters.counted("cluster")) }
    if let coverage = items.coverage, coverage < 1 { parts.append("coverage \(coverage.percentText)") }
    return parts.joined(separator: ", ")
  }

  /// The sides that are compared with the baseline.
  var challengers: [String] { sides.map(\.name).filter { $0 != baseline } }

  /// What the differences of an evaluator were taken from; nil for data.
  func basisText(of evaluator: ComparedEvaluator) -> String? {
    let reason = evaluator.basisReason.map { " (\($0.hasSuffix(".") ? String($0.dropLast()) : $0))" } ?? ""
    switch evaluator.basis {
    case .sources: return sides.contains { $0.run != nil } ? "the runs' sources, scored again in one pass" : nil
    case .rows: return "the rows that the runs kept" + reason
    case .results: return "the runs' results" + reason
    }
  }

  /// The differences of an evaluator by slice, under names such as `roc_auc[site=a]`.
  ///
  /// Of many metrics only the one by which sides are ordered; all of them are in the document.
  func sliceRows(of evaluator: ComparedEvaluator) -> [ComparedRow] {
    let leading = evaluator.leaderboard?.metric ?? evaluator.headline
    let few = evaluator.metrics.count <= 4
    return evaluator.slices.flatMap { slice in
      let place = slice.by.map { "\($0.column)=\($0.value)" }.joined(separator: ",")
      return slice.metrics.filter { few || $0.name == leading }.map { metric in
        ComparedRow(name: "\(metric.name)[\(place)]", metric: metric, isHeadline: false)
      }
    }
  }

  /// The differences of an evaluator over all items.
  func rows(of evaluator: ComparedEvaluator) -> [ComparedRow] {
    evaluator.metrics.map { ComparedRow(name: $0.name, metric: $0, isHeadline: $0.name == evaluator.headline) }
  }

  func index(of side: String) -> Int? { sides.firstIndex { $0.name == side } }
}

/// A line of a table of differences.
struct ComparedRow {
  var name: String
  var metric: ComparedMetric
  var isHeadline: Bool
}

extension Verdict {
  fileprivate var ending: String {
    switch self {
    case .pass: "passed"
    case .fail: "failed"
    case .inconclusive: "inconclusive"
    }
  }
}

extension ComparedSide {
  /// Where its own rows came from.
  var place: String {
    let source = sources.first { $0.side == .sample }?.name ?? sources.first?.name ?? ""
    guard let run, run != name else { return source }
    return "run \(run) · \(source)"
  }
}

extension ComparedMetric {
  func difference(of side: String) -> MetricDifference? { differences.first { $0.side == side } }
}

extension MetricDifference {
  /// With its sign.
  var valueText: String {
    guard let value, value.isFinite else { return "–" }
    return value > 0 ? "+" + value.text(digits: 3) : value.text(digits: 3)
  }

  var intervalText: String {
    interval.map { "\($0.low.text(digits: 3)) … \($0.high.text(digits: 3))" } ?? ""
  }

  /// The adjusted p-value, or the plain one of a metric that is in no family.
  var pText: String {
    guard let test else { return "" }
    return (test.adjustedPValue ?? test.pValue).pText
  }

  var detectableText: String { detectable?.text(digits: 2) ?? "" }

  /// `better`, `worse`, `no difference shown`, or nothing for what has no direction.
  var conclusion: String {
    guard value != nil, let test, test.adjustedPValue != nil else { return "" }
    guard test.isSignificant, let isBetter else { return "not told apart" }
    return isBetter ? "better" : "worse"
  }

  var mark: String {
    switch conclusion {
    case "better": "▲"
    case "worse": "▼"
    case "not told apart": "="
    default: " "
    }
  }

  /// How the difference was tested, and on which pairs.
  var testText: String {
    guard let test else { return interval?.method == "unpaired" ? "unpaired" : "" }
    let words = Self.testNames[test.method] ?? test.method.split(separator: "_").joined(separator: " ")
    guard let pairs = test.pairs else { return words }
    return "\(words) \(pairs.onlySide):\(pairs.onlyReference)"
  }

  /// What a table calls the tests; their full names are in the document.
  private static let testNames = [
    "delong": "DeLong", "mcnemar_exact": "McNemar", "sign_flip_exact": "sign flip", "paired_t": "t",
    "paired_t_clustered": "t, clustered", "fisher_exact": "Fisher", "welch_t": "Welch",
    "welch_t_clustered": "Welch, clustered", "delong_unpaired": "DeLong, unpaired", "poisson_bootstrap": "bootstrap", "poisson_bootstrap_weights": "bootstrap",
  ]

  /// Why something is not there, or what is peculiar.
  var note: String? {
    let parts = [value == nil ? "undefined: \(reason ?? "no reason is given")" : reason, intervalReason.map { "no interval: \($0)" }]
    let all = parts.compactMap { $0 }
    return all.isEmpty ? nil : all.joined(separator: "; ")
  }
}

extension Double {
  /// A p-value.
  var pText: String { self < 0.0001 ? "<0.0001" : text(digits: 2) }
}
