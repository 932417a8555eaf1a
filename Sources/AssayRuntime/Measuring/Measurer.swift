public import AssayCore
import AssayHost
import AssayStatistics

/// Turns what an evaluator knows of some rows into metrics and tables.
struct Measurer: Sendable {
  let engine: Engine
  /// The bar of its rows, where it scores rows.
  let bar: RowBar?
  let declaration: @Sendable (String) -> MetricDeclaration?
  /// Which metrics and tables the run asks for.
  let wants: @Sendable (String) -> Bool
  /// The level of the intervals; nil for none.
  let intervalLevel: Double?
  let resampler: Resampler
  /// Whether rows count once each, so that rates are counts.
  let hasPlainCounts: Bool
  let undefined: UndefinedHandling
  /// How many points of a curve stay; nil for all.
  let curvePoints: Int?

  struct Measured: Sendable {
    var metrics: [MetricResult]
    var tables: [ResultTable]
    /// The bootstrap behind the intervals, where there is one.
    var replicates: Replicates?
  }

  /// Finishes some rows.
  ///
  /// - Throws: What the evaluator throws, and `run.undefined-metric` where undefined
  ///   metrics are errors.
  func measure(_ tally: Tally) throws(AssayError) -> Measured {
    let (findings, replicates) = try findings(of: tally)
    var metrics: [MetricResult] = []
    for reported in findings.metrics where wants(reported.name) {
      metrics.append(try result(of: reported, replicates))
    }
    var tables = findings.tables.filter { wants($0.name) }
    if let curvePoints { tables = tables.map { $0.reduced(to: curvePoints) } }
    let drawn = (try? replicates?.get())?.without { declaration($0)?.isExtreme ?? false }
    return Measured(metrics: metrics, tables: tables, replicates: drawn)
  }

  private typealias Drawn = Result<Replicates, Resampler.Reason>

  private func findings(of tally: Tally) throws(AssayError) -> (Findings, Drawn?) {
    switch tally.content {
    case .scores(let summary):
      var findings = Findings()
      findings.metrics = summary.metrics(
        passRate: bar == nil ? nil : tally.counts, level: intervalLevel)
      let isClustered = summary.clusters != nil
      return (
        findings, isClustered ? .failure(Resampler.Reason(text: ScoreSummary.withoutClusters)) : nil
      )
    case .pairs(let summary):
      guard case .pairs(let scoring) = engine else { return (Findings(), nil) }
      let found = PairFindings(isAntisymmetric: scoring.isAntisymmetric)
        .findings(summary, level: intervalLevel)
      return (found, .failure(Resampler.Reason(text: PairFindings.withoutInterval(summary))))
    case .columns(let batches):
      guard case .reduction(let reducing) = engine, !batches.isEmpty else {
        return (Findings(), nil)
      }
      let findings = Findings(try reducing.reduce(.concatenate(batches)))
      return (findings, intervalLevel == nil ? nil : try resampler.replicates(of: tally))
    case .state(let state):
      let replicates = intervalLevel == nil ? nil : try resampler.replicates(of: tally)
      return (try state.finish(intervalLevel: intervalLevel, wants: wants), replicates)
    }
  }

  private func result(
    of reported: ReportedMetric, _ drawn: Drawn?
  ) throws(AssayError) -> MetricResult {
    let declared = declaration(reported.name) ?? MetricDeclaration()
    var metric = MetricResult(
      name: reported.name, value: reported.value, reason: reported.reason,
      direction: declared.direction, range: declared.range)
    metric.numerator = reported.detail.numerator
    metric.denominator = reported.detail.denominator
    metric.basis = declared.basis
    metric.support = reported.detail.support
    metric.skipped = reported.detail.skipped
    metric.standardError = reported.detail.standardError
    if let intervalLevel, metric.value != nil {
      (metric.interval, metric.intervalReason) = interval(
        of: reported, declared, level: intervalLevel, drawn)
    }
    try settle(&metric, conventional: reported.detail.conventional)
    return metric
  }

  /// An interval, or why there is none: one without any width says that nothing varied in
  /// these rows, and not that nothing could.
  private func interval(
    of reported: ReportedMetric, _ declared: MetricDeclaration, level: Double, _ drawn: Drawn?
  ) -> (ConfidenceInterval?, String?) {
    guard !declared.isExtreme else { return (nil, MetricDeclaration.extremesHaveNoError) }
    let found = anyInterval(of: reported, declared.range, level: level, drawn)
    guard let interval = found.0, interval.hasNoWidth else { return found }
    return (nil, "nothing varies in these rows, so they do not say how far \(reported.name) could be off")
  }

  /// The first of: the standard error over clusters, the host's Wilson interval for a
  /// rate, the evaluator's own interval or standard error, the bootstrap.
  private func anyInterval(
    of reported: ReportedMetric, _ range: MetricRange, level: Double, _ drawn: Drawn?
  ) -> (ConfidenceInterval?, String?) {
    let detail = reported.detail
    if engine.isOfRows, !hasPlainCounts, let low = detail.low, let high = detail.high {
      return (ConfidenceInterval(Bounds(low: low, high: high), level, detail.method ?? "t"), nil)
    }
    if hasPlainCounts {
      if let hits = detail.numerator, let trials = detail.denominator,
        hits == hits.rounded(), trials == trials.rounded(),
        let bounds = wilsonInterval(successes: hits, trials: trials, level: level)
      {
        return (ConfidenceInterval(bounds, level, "wilson"), nil)
      }
      if let low = detail.low, let high = detail.high {
        return (ConfidenceInterval(Bounds(low: low, high: high), level, detail.method ?? "plugin"), nil)
      }
      if let error = detail.standardError, let value = reported.value,
        let bounds = normalInterval(value: value, standardError: error, level: level)
      {
        return (ConfidenceInterval(bounds.clipped(to: range), level, detail.method ?? "normal"), nil)
      }
    }
    switch drawn {
    case .success(let replicates): return replicates.interval(of: reported.name, level: level)
    case .failure(let reason): return (nil, reason.text)
    case nil: return (nil, "there is no interval for \(reported.name) of so few rows, or at all")
    }
  }

  /// Applies the run's rule for undefined metrics.
  ///
  /// An infinite value is undefined whatever the rule: it has no place in a document,
  /// and a gate on it would say nothing about the rows.
  private func settle(_ metric: inout MetricResult, conventional: Double?) throws(AssayError) {
    if let value = metric.value, !value.isFinite {
      metric.value = nil
      metric.reason = "The value is infinite."
      metric.interval = nil
      if undefined != .error { return }
    }
    switch undefined {
    case .null: return
    case .zero where metric.value == nil: metric.value = 0
    case .error where metric.value == nil:
      throw AssayError(
        .undefinedMetric,
        "The metric \(metric.name) is undefined: \(metric.reason ?? "no reason is given.")",
        details: ["metric": metric.name])
    case .sklearn: metric.value = conventional ?? metric.value
    case .zero, .error: return
    }
  }
}

extension ConfidenceInterval {
  fileprivate init(_ bounds: Bounds, _ level: Double, _ method: String) {
    self.init(level: level, low: bounds.low, high: bounds.high, method: method)
  }
}

extension ConfidenceInterval {
  /// Whether the ends are equal but for rounding; ranks of discrete scores may well be.
  var hasNoWidth: Bool {
    method != "order_statistics" && high - low <= 1e-12 * max(abs(low), abs(high))
  }
}

extension MetricDeclaration {
  /// Why there is no interval of a maximum.
  static let extremesHaveNoError = "a sample says nothing of what lies beyond its ends"
}

extension Bounds {
  fileprivate func clipped(to range: MetricRange) -> Bounds {
    Bounds(low: max(low, range.lower ?? low), high: min(high, range.upper ?? high))
  }
}

extension AssayError.Code {
  /// An undefined metric where the run was asked to end with one.
  public static let undefinedMetric = Self(rawValue: "run.undefined-metric")
}
