import AssayArrow
import AssayCore
import AssayHost
import Testing

@testable import AssayRuntime

/// What a measurer makes of a pass over the numbers.
private func measured(
  _ evaluator: EvaluatorPlan, _ x: [Double?], resampling: Resampling = .impossible(reason: "no way"),
  level: Double? = 0.95, seed: UInt64 = 0, jobs: Int = 2, batchRows: Int = 7,
  hasPlainCounts: Bool = true, undefined: UndefinedHandling = .null, cluster: [String]? = nil
) throws -> Measurer.Measured {
  var plan = PassPlan(evaluators: [evaluator])
  if cluster != nil { plan.cluster = 1 }
  let part = try parts(plan, stream(x, group: cluster, batchRows: batchRows), jobs: jobs)[0].part()
  let wants: @Sendable (String) -> Bool = { _ in true }
  let resampler = Resampler(
    engine: evaluator.engine, resampling: resampling, seed: seed,
    threads: PluginThreads(count: jobs), control: RunControl(), wants: wants)
  return try Measurer(
    engine: evaluator.engine, bar: evaluator.bar,
    declaration: { _ in
      MetricDeclaration(direction: .higherIsBetter, range: MetricRange(lower: 0))
    },
    wants: wants, intervalLevel: level, resampler: resampler, hasPlainCounts: hasPlainCounts,
    undefined: undefined, curvePoints: nil
  ).measure(part.whole)
}

extension Measurer.Measured {
  fileprivate func metric(_ name: String) throws -> MetricResult {
    try #require(metrics.first { $0.name == name })
  }
}

/// An evaluator of sums that resamples in one way or the other.
private func sums(canResample: Bool, undefinedUnder: Double = -.infinity) -> EvaluatorPlan {
  var evaluator = EvaluatorPlan.fake(
    .stateful(SumMaker(canResample: canResample, undefinedUnder: undefinedUnder)))
  if canResample { evaluator.rowIdentity = PlannedIdentity(role: "row_id", isSigned: false) }
  evaluator.keepsRows = !canResample
  return evaluator
}

@Suite struct `Intervals of a run` {
  static let x: [Double?] = (0..<200).map { Double(($0 * 7919) % 200) / 10 }

  @Test func `come from the evaluator's own replicates`() throws {
    let mean = try measured(sums(canResample: true), Self.x, resampling: .byEvaluator).metric("mean")
    let interval = try #require(mean.interval)
    #expect(interval.method == "poisson_bootstrap" && interval.replicates == 1000)
    #expect(interval.undefinedReplicates == 0 && interval.level == 0.95)
    // The mean is 9.95 and its standard error 0.408; a bootstrap finds about that.
    #expect(abs(interval.low - (9.95 - 1.96 * 0.408)) < 0.15)
    #expect(abs(interval.high - (9.95 + 1.96 * 0.408)) < 0.15)
  }

  @Test func `come from weights where the evaluator draws none`() throws {
    let mean = try measured(sums(canResample: false), Self.x, resampling: .byWeights).metric("mean")
    let interval = try #require(mean.interval)
    #expect(interval.method == "poisson_bootstrap_weights" && interval.replicates == 200)
    #expect(abs(interval.low - (9.95 - 1.96 * 0.408)) < 0.25)
    #expect(abs(interval.high - (9.95 + 1.96 * 0.408)) < 0.25)
  }

  @Test(arguments: [true, false])
  func `do not depend on threads or batches, but on the seed`(canResample: Bool) throws {
    let evaluator = sums(canResample: canResample)
    let way = canResample ? Resampling.byEvaluator : .byWeights
    var found: Set<ConfidenceInterval> = []
    for (jobs, batchRows) in [(1, 7), (3, 1), (2, 1000)] {
      let mean = try measured(
        evaluator, Self.x, resampling: way, jobs: jobs, batchRows: batchRows).metric("mean")
      found.insert(try #require(mean.interval))
    }
    #expect(found.count == 1)
    let other = try measured(evaluator, Self.x, resampling: way, seed: 1).metric("mean")
    #expect(try !found.contains(#require(other.interval)))
  }

  @Test(arguments: [true, false])
  func `are wider where rows come in clusters`(canResample: Bool) throws {
    // Pairs of equal rows carry the information of one.
    let x: [Double?] = (0..<200).map { Double(($0 / 2 * 7919) % 200) / 10 }
    let evaluator = sums(canResample: canResample)
    let way = canResample ? Resampling.byEvaluator : .byWeights
    func width(_ cluster: [String]?) throws -> Double {
      let mean = try measured(evaluator, x, resampling: way, cluster: cluster).metric("mean")
      let interval = try #require(mean.interval)
      return interval.high - interval.low
    }
    let ratio = try width((0..<200).map { "pair\($0 / 2)" }) / width(nil)
    #expect(abs(ratio - 2.0.squareRoot()) < 0.25, "\(ratio)")
  }

  @Test func `are Wilson's for rates that count rows`() throws {
    let rate = try measured(sums(canResample: true), Self.x, resampling: .byEvaluator).metric("rate")
    #expect(rate.interval?.method == "wilson")
    #expect(abs((rate.interval?.low ?? 0) - 0.4313603) < 1e-6)
    let weighted = try measured(
      sums(canResample: true), Self.x, resampling: .byEvaluator, hasPlainCounts: false
    ).metric("rate")
    #expect(weighted.interval == nil && weighted.intervalReason != nil)
  }

  @Test func `are not there where too many replicates are undefined`() throws {
    let evaluator = sums(canResample: true, undefinedUnder: 9.5)
    let mean = try measured(evaluator, Self.x, resampling: .byEvaluator).metric("mean")
    #expect(mean.value != nil && mean.interval == nil)
    #expect(mean.intervalReason?.contains("of 1000 bootstrap replicates") == true)
    let few = sums(canResample: true, undefinedUnder: 9.1)
    let interval = try #require(
      try measured(few, Self.x, resampling: .byEvaluator).metric("mean").interval)
    #expect((interval.undefinedReplicates ?? 0) > 0)
    #expect((interval.replicates ?? 0) + (interval.undefinedReplicates ?? 0) == 1000)
  }

  @Test func `are not there where there is no way`() throws {
    let mean = try measured(sums(canResample: false), Self.x).metric("mean")
    #expect(mean.interval == nil && mean.intervalReason == "no way")
    let unasked = try measured(sums(canResample: false), Self.x, level: nil).metric("mean")
    #expect(unasked.interval == nil && unasked.intervalReason == nil)
  }

  @Test func `cover the truth about as often as they say`() throws {
    // Skewed scores of which the mean is 0.5, from a fixed stream; 200 samples of 60 rows.
    var generator = SplitMix(state: 42)
    var covered = 0
    let runs = 120
    for _ in 0..<runs {
      let x: [Double?] = (0..<60).map { _ in
        let u = Double(generator.next() >> 11) * 0x1p-53
        return u * u * 1.5
      }
      let mean = try measured(
        sums(canResample: true), x, resampling: .byEvaluator, level: 0.9, jobs: 1).metric("mean")
      let interval = try #require(mean.interval)
      if interval.low <= 0.5 && 0.5 <= interval.high { covered += 1 }
    }
    // 90 % nominal; percentile bootstraps of 60 skewed rows run a little short.
    #expect(covered >= 98 && covered <= 117, "\(covered) of \(runs)")
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct `Metrics of row scores` {
  private func rows(bar: RowBar? = nil) -> EvaluatorPlan {
    var evaluator = EvaluatorPlan.fake(.rows(SameScore()))
    evaluator.bar = bar
    return evaluator
  }

  @Test func `are those that numpy finds`() throws {
    let measured = try measured(rows(), [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5])
    let values = try ["mean", "std", "min", "max", "median", "p10", "p90"].map {
      try #require(try measured.metric($0).value)
    }
    let expected = [4, 2.3664319132398464, 1, 9, 4, 1, 6]
    for (value, expected) in zip(values, expected) { #expect(abs(value - expected) < 1e-14) }
    #expect(try measured.metric("mean").interval?.method == "t")
    #expect(try measured.metric("median").interval?.method == "order_statistics")
    #expect(try measured.metric("mean").support == 11)
  }

  @Test func `have a pass rate where there is a bar`() throws {
    let bar = RowBar(value: 3, direction: .higherIsBetter)
    let rate = try measured(rows(bar: bar), [3, 1, 4, -1]).metric("pass_rate")
    #expect(rate.value == 2.0 / 3 && rate.numerator == 2 && rate.denominator == 3)
    #expect(rate.interval?.method == "wilson")
    #expect(try measured(rows(), [3]).metrics.contains { $0.name == "pass_rate" } == false)
  }

  @Test func `in clusters have the intervals of clusters`() throws {
    let x: [Double?] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]
    let alone = try measured(rows(), x).metric("mean").interval
    let each = try measured(
      rows(), x, hasPlainCounts: false, cluster: x.indices.map { "c\($0)" }).metric("mean").interval
    #expect(each?.method == "t_clustered")
    #expect(abs((each?.low ?? 0) - (alone?.low ?? 1)) < 1e-13)
    #expect(abs((each?.high ?? 0) - (alone?.high ?? 1)) < 1e-13)

    // Rows that are there twice tell nothing new.
    let twice = try measured(
      rows(), x + x, hasPlainCounts: false, cluster: (x + x).indices.map { "c\($0 % x.count)" })
    let interval = try twice.metric("mean").interval
    #expect(abs((interval?.low ?? 0) - (alone?.low ?? 1)) < 1e-13)
    #expect(try twice.metric("mean").standardError != nil)
    #expect(try twice.metric("median").interval == nil)
    #expect(try twice.metric("median").intervalReason?.contains("mean and pass_rate") == true)
  }

  @Test func `in clusters have a pass rate with an interval, unless all agree`() throws {
    let cluster = ["a", "a", "b", "b", "c", "c"]
    func rate(_ bar: Double) throws -> MetricResult {
      try measured(
        rows(bar: RowBar(value: bar, direction: .higherIsBetter)), [3, 1, 4, 4, 0, 2],
        hasPlainCounts: false, cluster: cluster
      ).metric("pass_rate")
    }
    let some = try rate(2)
    #expect(some.value == 4.0 / 6 && some.interval?.method == "t_clustered")
    #expect(some.interval.map { $0.low >= 0 && $0.high <= 1 } == true)
    #expect(try rate(0).interval == nil && rate(0).intervalReason != nil)
    let one = try measured(rows(), [1, 2], hasPlainCounts: false, cluster: ["a", "a"]).metric("mean")
    #expect(one.interval == nil && one.intervalReason?.contains("two clusters") == true)
  }

  @Test func `are undefined without scores, and the deviation of one`() throws {
    let none = try measured(rows(), [-1, -1])
    #expect(try none.metric("mean").value == nil && none.metric("mean").reason == "no row has a score")
    let one = try measured(rows(), [2])
    #expect(try one.metric("std").value == nil && one.metric("std").reason != nil)
    #expect(try one.metric("mean").interval == nil)
  }

  @Test func `survive numbers of very different sizes`() throws {
    var x = [Double?](repeating: 0.1, count: 1000)
    (x[0], x[999]) = (1e17, -1e17)
    // Plain addition finds 0; SameScore takes no negative scores, so sum directly.
    var sum = CompensatedSum()
    for value in x { sum.add(value ?? 0) }
    #expect(abs(sum.value - 99.8) < 1e-9)
  }

  @Test func `merge as if they had been one`() {
    let scores = (0..<1000).map { Double(($0 * 37) % 101) }
    let whole = ScoreSummary(scores)
    var merged = ScoreSummary(Array(scores[..<300]))
    merged.merge(ScoreSummary(Array(scores[300..<301])))
    merged.merge(ScoreSummary([]))
    merged.merge(ScoreSummary(Array(scores[301...])))
    #expect(merged.count == 1000 && merged.scores == scores && merged.mean == whole.mean)
    #expect(abs((merged.standardDeviation ?? 0) / (whole.standardDeviation ?? 1) - 1) < 1e-14)
  }
}

@Suite struct `Undefined metrics` {
  private func mean(_ handling: UndefinedHandling) throws -> MetricResult {
    try measured(
      sums(canResample: false, undefinedUnder: 5), [1, 2], level: nil, undefined: handling
    ).metric("mean")
  }

  @Test func `are what the run asks for`() throws {
    #expect(try mean(.null).value == nil && mean(.null).reason == "too small")
    #expect(try mean(.zero).value == 0 && mean(.zero).reason == "too small")
    #expect(try mean(.sklearn).value == nil)
    let error = try #require(throws: AssayError.self) { try mean(.error) }
    #expect(error.code == .undefinedMetric && error.message.contains("too small"))
  }

  @Test func `of a whole column are the function's own`() throws {
    let value = try measured(.fake(.reduction(Largest())), [1, 5, 2], level: nil).metric("value")
    #expect(value.value == 5 && value.support == 3)
  }
}
