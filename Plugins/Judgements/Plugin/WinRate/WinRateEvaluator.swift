import AssayArrow
import AssayPluginKit
import AssayStatistics
import KernelReporting
import KernelSupport

/// `pairwise.win_rate`: how often a model's answer was preferred to a baseline's.
struct WinRateEvaluator: StatefulEvaluator {
  private var counts = VerdictCounts()
  /// Empty where no lengths are bound.
  private var lengths = LengthRows()

  init(parameters: Parameters) {}

  mutating func update(_ batch: Batch) throws(PluginError) {
    let column = try batch.column("preference")
    let preferences = try column.numbers(Double.self)
    for row in preferences.indices where !counts.add(preferences[row]) {
      throw PluginError(.badData, Self.outside(preferences[row]), row: row)
    }
    try lengths.add(batch, preferences: preferences)
  }

  private static func outside(_ preference: Double) -> String {
    "The preference \(preference) is outside of the coding: 1 where output_1 wins, 2 where "
      + "output_2 does, between for degrees, 0 or 1.5 for a draw, null for no verdict."
  }

  mutating func merge(_ other: consuming WinRateEvaluator) {
    counts.merge(other.counts)
    lengths.merge(other.lengths)
  }

  mutating func finish(_ sink: Sink) throws(PluginError) {
    let numbers = [
      ("judgements", counts.total), ("wins", counts.wins), ("losses", counts.losses),
      ("draws", counts.draws),
    ]
    try reportRates(sink)
    for (name, count) in numbers { try sink.metric(name, Double(count)) }
    let shares = numbers.dropFirst().map { _, count in
      counts.total > 0 ? Double(count) / Double(counts.total) : nil
    }
    try sink.table(
      "verdicts",
      RecordBatch(
        FoundTable("verdicts", [
          "verdict": .texts(["win", "loss", "draw"]),
          "count": .counts(numbers.dropFirst().map(\.1)), "share": .numbers(shares),
        ])))
    if !lengths.isEmpty { try reportLengthControl(sink) }
  }

  private func reportLengthControl(_ sink: Sink) throws(PluginError) {
    let (metric, table) = ("win_rate_length_controlled", "length_model")
    guard sink.wants(metric) || sink.wants(table) else { return }
    let control: LengthControl
    do throws(LengthControl.Undefined) { control = try LengthControl(lengths) } catch {
      return try sink.undefined(metric, error.reason)
    }
    var detail = MetricDetail()
    detail.support = lengths.count
    detail.standardError = control.standardError
    try sink.metric(metric, control.rate, detail)
    let terms = ["model", "length", "difficulty"].prefix(control.coefficients.count)
    try sink.table(
      table,
      RecordBatch(
        FoundTable(table, [
          "term": .texts(Array(terms)), "coefficient": .numbers(control.coefficients),
          "standard_error": .numbers(control.standardErrors),
        ])))
  }

  private func reportRates(_ sink: Sink) throws(PluginError) {
    guard let rate = counts.rate, let discrete = counts.discreteRate else {
      for name in ["win_rate", "standard_error", "discrete_win_rate"] {
        try sink.undefined(name, "There is no verdict.")
      }
      return
    }
    try sink.metric("win_rate", rate, counts.detail(level: sink.intervalLevel))
    if let variance = counts.variance {
      try sink.metric("standard_error", (variance / Double(counts.total)).squareRoot())
    } else {
      try sink.undefined("standard_error", "There is one verdict, and no spread without two.")
    }
    try sink.metric("discrete_win_rate", discrete)
  }
}

extension VerdictCounts {
  /// What stands behind the rate. Wins and losses alone make a rate of counts, for Wilson's
  /// interval; draws and degrees make a mean with an error, for Student's.
  fileprivate func detail(level: Double) -> MetricDetail {
    var detail = MetricDetail()
    detail.support = total
    guard draws > 0 || graded > 0, let variance, let rate else {
      (detail.numerator, detail.denominator) = (score, Double(total))
      return detail
    }
    detail.standardError = (variance / Double(total)).squareRoot()
    guard level > 0 else { return detail }
    // Verdicts that are all the same tell no error, but a rate from 0 to 1 varies by no more
    // than one of counts.
    let isStudent = variance > 0
    let interval =
      isStudent
      ? meanInterval(
        mean: rate, standardDeviation: variance.squareRoot(), count: total, level: level)
      : wilsonInterval(successes: score, trials: Double(total), level: level)
    guard let interval else { return detail }
    (detail.low, detail.high) = (max(0, interval.low), min(1, interval.high))
    detail.method = isStudent ? "student" : "wilson"
    return detail
  }
}

extension WinRateEvaluator: RowDescribingEvaluator {
  /// What each verdict adds to the rates, so that two models are compared verdict by verdict.
  mutating func evaluate(_ batch: Batch) throws(PluginError) -> RecordBatch {
    let column = try batch.column("preference")
    let preferences = try column.numbers(Double.self)
    var scores: [Double] = []
    for row in preferences.indices {
      guard let score = VerdictCounts.score(of: preferences[row]) else {
        throw PluginError(.badData, Self.outside(preferences[row]), row: row)
      }
      scores.append(score)
    }
    var rows = RowColumns()
    rows.add("score", scores)
    rows.add("win_rate", scores)
    rows.add("discrete_win_rate", scores.map { $0 == 0.5 ? 0.5 : $0 > 0.5 ? 1 : 0 })
    return rows.batch
  }
}

extension WinRateEvaluator: SavableEvaluator {
  func saved() -> [UInt8] {
    var writer = StateWriter()
    counts.save(to: &writer)
    lengths.save(to: &writer)
    return writer.bytes
  }

  init(parameters: Parameters, saved: RawSpan) throws(PluginError) {
    do throws(KernelError) {
      var bytes = StateReader(saved)
      counts = try VerdictCounts(from: &bytes)
      lengths = try LengthRows(from: &bytes)
      guard bytes.isAtEnd else { throw StateReader.broken }
    } catch {
      throw PluginError(error)
    }
  }
}
