import AssayCore
import AssayHost
import AssayStatistics

/// The metrics and the table of an evaluator that compares pairs.
struct PairFindings {
  /// Whether pairs were judged in one order alone.
  let isAntisymmetric: Bool

  /// The metric that a bare number means.
  static let headline = "win_rate"

  /// The names and declarations of the metrics, in their order.
  var declarations: [(name: String, declaration: MetricDeclaration)] {
    let rate = MetricRange(lower: 0, upper: 1)
    let counts = MetricDeclaration(range: MetricRange(lower: 0))
    let always = [
      (Self.headline, MetricDeclaration(direction: .higherIsBetter, range: rate)),
      ("a_wins", counts), ("b_wins", counts), ("ties", counts),
    ]
    guard !isAntisymmetric else { return always }
    return always + [
      ("inconsistent", counts),
      ("position_consistency", MetricDeclaration(direction: .higherIsBetter, range: rate)),
      ("first_position_rate", MetricDeclaration(range: rate)),
      ("first_position_p_value", MetricDeclaration(range: rate)),
    ]
  }

  /// The table of both orders' verdicts; none where there is one order.
  var tableNames: [String] { isAntisymmetric ? [] : ["orders"] }

  /// - Parameter level: Of the intervals; nil for none.
  func findings(_ summary: PairSummary, level: Double?) -> Findings {
    var findings = Findings()
    let counts = summary.counts
    findings.metrics = [
      winRate(summary, level),
      count("a_wins", counts[.a, .a], counts), count("b_wins", counts[.b, .b], counts),
      count("ties", counts[.tie, .tie], counts),
    ]
    guard !isAntisymmetric else { return findings }
    findings.metrics += [
      count("inconsistent", counts.inconsistent, counts), consistency(summary, level),
      firstPositionRate(summary, level), firstPositionTest(summary),
    ]
    findings.tables = [orders(counts)]
    return findings
  }

  private func count(_ name: String, _ value: Int, _ counts: PairCounts) -> ReportedMetric {
    var metric = ReportedMetric(name: name, value: Double(value))
    metric.detail.support = counts.total
    return metric
  }

  private func winRate(_ summary: PairSummary, _ level: Double?) -> ReportedMetric {
    rate(
      Self.headline, summary, level, numerator: \.score, denominator: \.consistent,
      reason: summary.counts.total == 0
        ? Self.withoutPairs : "no pair got the same verdict in both orders")
  }

  private func consistency(_ summary: PairSummary, _ level: Double?) -> ReportedMetric {
    rate(
      "position_consistency", summary, level, numerator: { Double($0.consistent) },
      denominator: \.total, reason: Self.withoutPairs)
  }

  /// The mean over pairs of the share of their preferences that went to whatever stood
  /// first.
  private func firstPositionRate(_ summary: PairSummary, _ level: Double?) -> ReportedMetric {
    rate(
      "first_position_rate", summary, level, numerator: \.firstShares, denominator: \.decided,
      reason: summary.counts.total == 0 ? Self.withoutPairs : "no pair has a preference")
  }

  /// The exact binomial test of the pairs that leaned to a place, which is McNemar's of
  /// the two orders. It supposes independent pairs.
  private func firstPositionTest(_ summary: PairSummary) -> ReportedMetric {
    let name = "first_position_p_value"
    let counts = summary.counts
    guard counts.total > 0 else {
      return ReportedMetric(name: name, value: nil, reason: Self.withoutPairs)
    }
    guard summary.clusters == nil else {
      return ReportedMetric(
        name: name, value: nil,
        reason: "pairs of one cluster are not independent; see the interval of first_position_rate")
    }
    let (first, second) = counts.leanings
    let test = try? binomialTest(successes: first, trials: first + second)
    var metric = ReportedMetric(name: name, value: test?.pValue ?? 1)
    metric.detail.support = first + second
    return metric
  }

  /// Why a metric of pairs has no interval.
  static func withoutInterval(_ summary: PairSummary) -> String {
    summary.clusters == nil
      ? "only the rates of pairs have one"
      : "only the rates of pairs have one, from two clusters on that differ"
  }

  private static let withoutPairs = "no pair has a score"

  /// A rate over pairs: Wilson's interval, or of pairs in clusters Student's over these.
  ///
  /// A pair counts from 0 to 1. Whatever it counts, it varies by no more than a coin of
  /// the same mean, so that Wilson's interval over pairs is never too narrow; where
  /// every pair counts 0 or 1 it is the usual one.
  private func rate(
    _ name: String, _ summary: PairSummary, _ level: Double?,
    numerator: (PairCounts) -> Double, denominator: (PairCounts) -> Int, reason: String
  ) -> ReportedMetric {
    let trials = denominator(summary.counts)
    guard trials > 0 else { return ReportedMetric(name: name, value: nil, reason: reason) }
    let hits = numerator(summary.counts)
    let rate = hits / Double(trials)
    var metric = ReportedMetric(name: name, value: rate)
    metric.detail.numerator = hits
    metric.detail.denominator = Double(trials)
    metric.detail.support = summary.counts.total
    guard let level else { return metric }
    if summary.clusters != nil {
      let deviations = summary.byCluster { counts in
        denominator(counts) > 0 ? numerator(counts) - Double(denominator(counts)) * rate : nil
      }
      metric.detail.setClustered(rate, deviations, count: trials, level: level, within: 0...1)
    } else if let bounds = wilsonInterval(successes: hits, trials: Double(trials), level: level) {
      (metric.detail.low, metric.detail.high) = (bounds.low, bounds.high)
      metric.detail.method = "wilson"
    }
    return metric
  }

  private func orders(_ counts: PairCounts) -> ResultTable {
    var rows: (aFirst: [String?], bFirst: [String?], count: [Int64?]) = ([], [], [])
    for aFirst in PairVerdict.allCases {
      for bFirst in PairVerdict.allCases {
        rows.aFirst.append(aFirst.name)
        rows.bFirst.append(bFirst.name)
        rows.count.append(Int64(counts[aFirst, bFirst]))
      }
    }
    return ResultTable(
      name: "orders",
      columns: [
        .init(name: "a_first", values: .utf8(rows.aFirst)),
        .init(name: "b_first", values: .utf8(rows.bFirst)),
        .init(name: "count", values: .int64(rows.count)),
      ], plot: .heatmap)
  }
}

extension PairVerdict {
  fileprivate var name: String {
    switch self {
    case .a: "a"
    case .tie: "tie"
    case .b: "b"
    }
  }
}
