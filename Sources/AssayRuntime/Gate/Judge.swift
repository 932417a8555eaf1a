import AssayCore
import AssayStatistics

/// Judges the thresholds of one evaluator over its result.
struct Judge {
  let result: EvaluatorResult
  /// The same evaluator's entry in the baseline.
  let baseline: EvaluatorResult?
  /// The level of the intervals that the user asked for; nil without.
  let intervalLevel: Double?

  /// The threshold's verdict, before coverage is looked at.
  func judge(_ threshold: ResolvedThreshold) -> ThresholdResult {
    let statistic = threshold.statistic
    let comparison = threshold.comparison
    // An end of an interval is itself the cautious number: it is compared as it is.
    let wantsInterval =
      intervalLevel != nil && [.value, .delta].contains(statistic.measure)
    let judgement: Judgement
    switch statistic.scope {
    case .all:
      let seen = observe(
        statistic, in: result.metrics, rows: result.counts.scored, baseline: baseline?.metrics)
      judgement = comparison.judge(seen, bound: threshold.bound, wantsInterval: wantsInterval)
    case .slice(let keys):
      let seen = observe(statistic, at: keys)
      judgement = comparison.judge(seen, bound: threshold.bound, wantsInterval: wantsInterval)
    case .smallest(let columns), .largest(let columns):
      let isSmallest = statistic.scope == .smallest(by: columns)
      let seen = slices(by: columns).map { observe(statistic, at: $0.by) }
      judgement = comparison.judge(
        smallest: isSmallest, of: seen, bound: threshold.bound, wantsInterval: wantsInterval)
    }
    return ThresholdResult(
      expression: threshold.text, observed: judgement.observed, verdict: judgement.verdict,
      reason: judgement.reason, rowsNeeded: judgement.rowsNeeded)
  }

  private func slices(by columns: [String]) -> [SliceResult] {
    let wanted = Set(columns.map(withoutSide))
    return result.slices.filter { Set($0.by.map { withoutSide($0.column) }) == wanted }
  }

  private func observe(_ statistic: Statistic, at keys: [SliceResult.Key]) -> Observation {
    let sought = Set(keys.map(\.withoutSide))
    func matches(_ slice: SliceResult) -> Bool { Set(slice.by.map(\.withoutSide)) == sought }
    guard let slice = result.slices.first(where: matches) else {
      let wanted = keys.map { "\($0.column)=\($0.value)" }.joined(separator: ", ")
      let values = keys.count == 1 ? slices(by: [keys[0].column]).map { $0.by[0].value } : []
      return .undefined(
        "no row has \(wanted).\(suggestion(for: keys.first?.value ?? "", in: values))")
    }
    let before = baseline.map { baseline in
      baseline.slices.first(where: matches)?.metrics ?? []
    }
    var seen = observe(
      statistic, in: slice.metrics, rows: slice.counts.scored, baseline: before)
    if let reason = seen.reason {
      seen.reason = slice.by.map { "\($0.column)=\($0.value)" }.joined(separator: ", ")
        + ": \(reason)"
    }
    return seen
  }

  private func observe(
    _ statistic: Statistic, in metrics: [MetricResult], rows: Int, baseline: [MetricResult]?
  ) -> Observation {
    guard let metric = metrics.first(where: { $0.name == statistic.metric }) else {
      return .undefined(
        "\(result.evaluator) did not report \(statistic.metric) here."
          + suggestion(for: statistic.metric, in: metrics.map(\.name)))
    }
    guard let value = metric.value else {
      return .undefined(metric.reason ?? "\(metric.name) is undefined", rows: rows)
    }
    switch statistic.measure {
    case .value:
      return Observation(
        value: value, interval: metric.bounds, reason: metric.intervalReason,
        level: metric.interval?.level, rows: rows)
    case .intervalLow, .intervalHigh:
      guard let bounds = metric.bounds else {
        return .undefined(metric.intervalReason ?? "there is no interval", rows: rows)
      }
      let end = statistic.measure == .intervalLow ? bounds.low : bounds.high
      return Observation(value: end, rows: rows)
    case .delta:
      return difference(of: metric, value, rows: rows, baseline: baseline)
    }
  }

  private func difference(
    of metric: MetricResult, _ value: Double, rows: Int, baseline: [MetricResult]?
  ) -> Observation {
    guard let before = baseline?.first(where: { $0.name == metric.name }),
      let earlier = before.value
    else {
      return .undefined("the baseline has no value of \(metric.name)", rows: rows)
    }
    var seen = Observation(
      value: value - earlier, reason: metric.intervalReason, level: metric.interval?.level, rows: rows)
    guard let bounds = metric.bounds else { return seen }
    if let then = before.bounds, before.interval?.level == metric.interval?.level {
      seen.interval = differenceInterval(of: value, bounds, and: earlier, then)
    } else {
      // What was measured once is no more exact for having been stored without its error.
      let level = metric.interval.map { shortText($0.level) } ?? ""
      seen.reason = "the baseline has none of the level \(level): make it again with --ci \(level)"
    }
    return seen
  }
}

extension MetricResult {
  fileprivate var bounds: Bounds? {
    interval.map { Bounds(low: $0.low, high: $0.high) }
  }
}

extension SliceResult.Key {
  /// `sample.site` and `site` are one column to a threshold.
  fileprivate var withoutSide: SliceResult.Key {
    SliceResult.Key(column: AssayRuntime.withoutSide(column), value: value)
  }
}

/// A column's name without the side in front.
func withoutSide(_ name: String) -> String {
  for side in Side.ofRows where name.hasPrefix(side.rawValue + ".") {
    return String(name.dropFirst(side.rawValue.count + 1))
  }
  return name
}
