import AssayCore
import AssayStatistics
import Testing

@testable import AssayRuntime

@Suite struct `A judgement` {
  @Test(arguments: [
    (Comparison.atLeast, 0.9, Verdict.pass), (.atLeast, 0.89, .fail),
    (.above, 0.9, .fail), (.above, 0.91, .pass),
    (.atMost, 0.9, .pass), (.atMost, 0.91, .fail),
    (.below, 0.9, .fail), (.below, 0.89, .pass),
    (.equal, 0.9, .pass), (.equal, 0.9000001, .fail),
    (.nearZero, -0.9, .pass), (.nearZero, 0.91, .fail), (.nearZero, -0.91, .fail),
  ] as [(Comparison, Double, Verdict)])
  func `without an interval is the comparison`(
    comparison: Comparison, value: Double, verdict: Verdict
  ) {
    let seen = Observation(value: value, rows: 10)
    #expect(comparison.judge(seen, bound: 0.9, wantsInterval: false).verdict == verdict)
  }

  @Test(arguments: [
    // The threshold lies under, on the lower end, inside, on the upper end, above.
    (Comparison.atLeast, [Verdict.pass, .pass, .inconclusive, .inconclusive, .fail]),
    (.above, [.pass, .inconclusive, .inconclusive, .fail, .fail]),
    (.atMost, [.fail, .inconclusive, .inconclusive, .pass, .pass]),
    (.below, [.fail, .fail, .inconclusive, .inconclusive, .pass]),
    (.equal, [.fail, .inconclusive, .inconclusive, .inconclusive, .fail]),
  ])
  func `with an interval has three values`(comparison: Comparison, verdicts: [Verdict]) {
    let seen = Observation(value: 0.6, interval: Bounds(low: 0.5, high: 0.75), rows: 10)
    for (bound, verdict) in zip([0.4, 0.5, 0.7, 0.75, 0.8], verdicts) {
      let judgement = comparison.judge(seen, bound: bound, wantsInterval: true)
      #expect(judgement.verdict == verdict, "\(comparison.rawValue) \(bound)")
      #expect((judgement.reason != nil) == (verdict == .inconclusive))
      #expect(judgement.observed == 0.6)
    }
  }

  @Test(arguments: [
    (-0.3, 0.2, 0.5, Verdict.pass), (-0.6, 0.2, 0.5, .inconclusive), (0.1, 0.6, 0.5, .inconclusive),
    (0.6, 0.7, 0.5, .fail), (-0.9, -0.6, 0.5, .fail), (-0.9, 0.9, 0.5, .inconclusive),
  ])
  func `near zero looks at both sides`(low: Double, high: Double, bound: Double, verdict: Verdict) {
    let seen = Observation(value: (low + high) / 2, interval: Bounds(low: low, high: high), rows: 10)
    #expect(Comparison.nearZero.judge(seen, bound: bound, wantsInterval: true).verdict == verdict)
  }

  @Test func `inside an interval says why and how many rows would settle it`() {
    let seen = Observation(
      value: 0.9, interval: Bounds(low: 0.8, high: 0.95), level: 0.95, rows: 100)
    let judgement = Comparison.atLeast.judge(seen, bound: 0.85, wantsInterval: true)
    #expect(judgement.rowsNeeded == 300)
    #expect(judgement.reason == "0.85 lies inside the 95 % interval 0.8 to 0.95")
  }

  @Test func `of an undefined statistic never passes`() {
    for comparison in Comparison.allCases {
      for wantsInterval in [true, false] {
        let undefined = comparison.judge(
          .undefined("one class only"), bound: 0, wantsInterval: wantsInterval)
        #expect(undefined.verdict == .inconclusive && undefined.reason == "one class only")
        let notANumber = comparison.judge(
          Observation(value: .nan, rows: 3), bound: 0, wantsInterval: wantsInterval)
        #expect(notANumber.verdict == .inconclusive)
      }
    }
  }

  @Test func `without the interval that was asked for is open`() {
    let seen = Observation(value: 0.99, reason: "too few rows", rows: 1)
    let judgement = Comparison.atLeast.judge(seen, bound: 0.5, wantsInterval: true)
    #expect(judgement.verdict == .inconclusive)
    #expect(judgement.reason == "there is no interval: too few rows")
  }

  @Test(arguments: [
    // Smallest at least 0.5: every one must be; smallest at most 0.5: some one.
    (true, Comparison.atLeast, [0.6, 0.7], Verdict.pass, 0.6),
    (true, .atLeast, [0.6, 0.4], .fail, 0.4),
    (true, .atLeast, [nil, 0.7], .inconclusive, 0.7),
    (true, .atLeast, [nil, 0.4], .fail, 0.4),
    (true, .above, [0.5, 0.7], .fail, 0.5),
    (true, .atMost, [nil, 0.4], .pass, 0.4),
    (true, .atMost, [nil, 0.6], .inconclusive, 0.6),
    (true, .atMost, [0.7, 0.6], .fail, 0.6),
    (false, .atMost, [0.4, 0.3], .pass, 0.4),
    (false, .atMost, [0.4, 0.6], .fail, 0.6),
    (false, .below, [nil, 0.3], .inconclusive, 0.3),
    (false, .atLeast, [0.4, 0.6], .pass, 0.6),
    (false, .atLeast, [0.4, nil], .inconclusive, 0.4),
    (true, .equal, [0.5, 0.6], .pass, 0.5),
    (true, .equal, [0.4, 0.6], .fail, 0.4),
    (true, .equal, [0.5, nil], .inconclusive, 0.5),
    (false, .equal, [0.5, 0.6], .fail, 0.6),
    (true, .atLeast, [], .inconclusive, nil),
    (true, .atLeast, [nil], .inconclusive, nil),
  ] as [(Bool, Comparison, [Double?], Verdict, Double?)])
  func `over slices is settled by those that can settle it`(
    smallest: Bool, comparison: Comparison, values: [Double?], verdict: Verdict, observed: Double?
  ) {
    let seen = values.map { Observation(value: $0, reason: nil, rows: 5) }
    let judgement = comparison.judge(
      smallest: smallest, of: seen, bound: 0.5, wantsInterval: false)
    #expect(judgement.verdict == verdict && judgement.observed == observed)
  }
}

@Suite struct `A judge` {
  private func metric(
    _ name: String, _ value: Double?, _ interval: (Double, Double)? = nil, reason: String? = nil
  ) -> MetricResult {
    var metric = MetricResult(name: name, value: value, reason: reason)
    metric.interval = interval.map {
      ConfidenceInterval(level: 0.95, low: $0.0, high: $0.1, method: "wilson")
    }
    return metric
  }

  private func result(_ metrics: [MetricResult], slices: [SliceResult] = []) -> EvaluatorResult {
    var counts = Counts()
    (counts.total, counts.scored) = (100, 100)
    return EvaluatorResult(
      evaluator: "tabular.binary", version: "1", mode: .reference, task: .binaryClassification,
      fingerprint: "sha256:0", metrics: metrics, counts: counts, slices: slices)
  }

  private var sliced: EvaluatorResult {
    result(
      [metric("f1", 0.8, (0.7, 0.9)), metric("roc_auc", nil, reason: "only one class")],
      slices: [
        SliceResult(by: [key("site", "a")], rows: 60, metrics: [metric("f1", 0.9, (0.85, 0.95))]),
        SliceResult(by: [key("site", "b")], rows: 40, metrics: [metric("f1", 0.6, (0.4, 0.75))]),
        SliceResult(
          by: [key("site", "a"), key("sex", "f")], rows: 30, metrics: [metric("f1", 0.95)]),
      ])
  }

  private func judge(
    _ text: String, _ result: EvaluatorResult, baseline: EvaluatorResult? = nil, ci: Double? = nil
  ) throws -> ThresholdResult {
    guard
      case .comparison(let statistic, let comparison, let bound) =
        try ThresholdExpression(parsing: text).condition
    else { throw AssayError(.internal, "not a comparison") }
    let threshold = ResolvedThreshold(
      text: text, statistic: statistic, comparison: comparison, bound: bound)
    return Judge(result: result, baseline: baseline, intervalLevel: ci).judge(threshold)
  }

  @Test(arguments: [
    ("f1 >= 0.8", nil, Verdict.pass, 0.8),
    ("f1 >= 0.8", 0.95, .inconclusive, 0.8),
    ("f1 >= 0.7", 0.95, .pass, 0.8),
    ("ci_low(f1) >= 0.7", nil, .pass, 0.7),
    ("ci_low(f1) >= 0.71", 0.95, .fail, 0.7),
    ("ci_high(f1) <= 0.9", 0.95, .pass, 0.9),
    ("roc_auc >= 0.1", nil, .inconclusive, nil),
    ("f1[site=b] >= 0.6", nil, .pass, 0.6),
    ("f1[site=b] >= 0.5", 0.95, .inconclusive, 0.6),
    ("f1[sex=f,site=a] >= 0.95", nil, .pass, 0.95),
    ("f1[sex=f] >= 0.95", nil, .inconclusive, nil),
    ("min(f1 by site) >= 0.6", nil, .pass, 0.6),
    ("min(f1 by site) >= 0.61", nil, .fail, 0.6),
    ("min(f1 by site) >= 0.5", 0.95, .inconclusive, 0.6),
    ("min(ci_low(f1) by site) >= 0.4", nil, .pass, 0.4),
    ("max(f1 by site, sex) >= 0.9", nil, .pass, 0.95),
    ("min(f1 by region) >= 0.6", nil, .inconclusive, nil),
  ] as [(String, Double?, Verdict, Double?)])
  func `looks at the statistic that a threshold names`(
    text: String, level: Double?, verdict: Verdict, observed: Double?
  ) throws {
    let judged = try judge(text, sliced, ci: level)
    #expect(judged.verdict == verdict && judged.observed == observed, "\(judged)")
    #expect(judged.expression == text)
  }

  @Test func `says why a statistic is undefined`() throws {
    #expect(try judge("roc_auc >= 0.1", sliced).reason == "only one class")
    let unknown = try judge("f1[site=bb] >= 0.1", sliced)
    #expect(unknown.reason == "no row has site=bb. Did you mean \"b\"?")
    let noInterval = try judge("ci_low(f1)[site=a,sex=f] >= 0.1", sliced)
    #expect(noInterval.verdict == .inconclusive)
    #expect(noInterval.reason == "site=a, sex=f: there is no interval")
  }

  @Test func `compares with the baseline`() throws {
    let before = result([metric("f1", 0.82)])
    #expect(try judge("delta(f1) >= -0.03", sliced, baseline: before).verdict == .pass)
    #expect(try judge("delta(f1) >= 0", sliced, baseline: before).verdict == .fail)
    let lacking = try judge("delta(f1)[site=a] >= 0", sliced, baseline: before)
    #expect(lacking.verdict == .inconclusive)
    #expect(lacking.reason == "site=a: the baseline has no value of f1")
  }

  @Test func `does not take a baseline without an interval as exact`() throws {
    let before = result([metric("f1", 0.82)])
    let judged = try judge("delta(f1) >= -0.2", sliced, baseline: before, ci: 0.95)
    #expect(judged.verdict == .inconclusive)
    #expect(judged.reason == "there is no interval: the baseline has none of the level 0.95: make it again with --ci 0.95")
  }

  @Test func `gives a difference the interval of both`() throws {
    let before = result([metric("f1", 0.5, (0.3, 0.6))])
    // 0.3 - sqrt(0.1² + 0.1²) and 0.3 + sqrt(0.1² + 0.2²).
    let low = 0.3 - 0.02.squareRoot()
    #expect(try judge("delta(f1) >= \(low - 1e-9)", sliced, baseline: before, ci: 0.95).verdict == .pass)
    #expect(try judge("delta(f1) >= \(low + 1e-9)", sliced, baseline: before, ci: 0.95).verdict == .inconclusive)
    let high = 0.3 + 0.05.squareRoot()
    #expect(try judge("delta(f1) >= \(high - 1e-9)", sliced, baseline: before, ci: 0.95).verdict == .inconclusive)
    #expect(try judge("delta(f1) >= \(high + 1e-9)", sliced, baseline: before, ci: 0.95).verdict == .fail)
  }
}
