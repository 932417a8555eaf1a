import AssayArrow
import AssayCore
import AssayStatistics
import Glibc
import Testing

@testable import AssayRuntime

@Suite struct `A comparison of independent samples` {
  private typealias Reference = ComparisonReference

  /// The second side has other items, and fewer of them.
  private let few = 45
  private var sides: [DataSource] {
    let labels = Array(Reference.labels.reversed().prefix(few))
    let scores = Array(Reference.second.reversed().prefix(few))
    return [
      Classifiers.side(Reference.first),
      source([
        "target": Column(labels.map { Int64($0) }), "score": Column(scores),
        "group": Column(Reference.groups.reversed().prefix(few).map { Int64($0) }),
      ]),
    ]
  }

  private func compare(
    _ sides: [DataSource], _ evaluator: EvaluatorRequest = Classifiers.evaluator,
    thresholds: [String] = [], adjusting adjust: (inout ComparisonRequest) -> Void = { _ in }
  ) async throws -> ModelComparison {
    try await testRuntime().compare(
      comparison(sides, evaluator, thresholds: thresholds) {
        $0.isPaired = false
        adjust(&$0)
      })
  }

  @Test func `tests areas, rates and means of two samples`() async throws {
    let result = try await compare(sides, thresholds: ["delta(accuracy) >= -0.9"])
    let (labels, scores) = (Array(Reference.labels.reversed().prefix(few)), Array(Reference.second.reversed().prefix(few)))
    let first = try ROCAreas(labels: Reference.labels.map { $0 == 1 }, scores: [Reference.first])
    let second = try ROCAreas(labels: labels.map { $0 == 1 }, scores: [scores])
    let areas = try unpairedAreaTest(second, first)
    let area = try #require(result.difference("roc_auc"))
    #expect(area.test?.method == "delong_unpaired" && isNear(area.test?.pValue, areas.test.pValue))
    #expect(isNear(area.interval?.low, areas.mean.interval.low) && area.items == 105)

    func right(_ labels: [Double], _ scores: [Double]) -> Int {
      zip(labels, scores).count { ($0 == 1) == ($1 >= 0.5) }
    }
    let rates = (
      try Proportion(successes: right(Reference.labels, Reference.first), trials: 60),
      try Proportion(successes: right(labels, scores), trials: few)
    )
    let accuracy = try #require(result.difference("accuracy"))
    #expect(accuracy.test?.method == "fisher_exact" && accuracy.interval?.method == "newcombe")
    #expect(isNear(accuracy.test?.pValue, fisherExactTest(rates.1, rates.0).pValue))
    #expect(isNear(accuracy.interval?.high, try newcombeInterval(rates.1, rates.0, level: 0.95).high))
    #expect(accuracy.detectable != nil)

    func losses(_ labels: [Double], _ scores: [Double]) -> [Double] {
      zip(labels, scores).map { -log($0 == 1 ? $1 : 1 - $1) }
    }
    let means = try welchTTest(
      SampleMean(losses(labels, scores)), SampleMean(losses(Reference.labels, Reference.first)))
    let loss = try #require(result.difference("log_loss"))
    #expect(loss.test?.method == "welch_t" && isNear(loss.test?.pValue, means.test.pValue, 1e-7))
    #expect(result.verdict == .pass && !result.items.isPaired && result.items.compared == 105)
    #expect(result.items.coverage == nil && result.evaluators[0].tournament == nil)
    #expect(result.evaluators[0].leaderboard?.standings.count == 2)
    // Different items expect different things, which is no fault here.
    #expect(result.warnings.isEmpty, "\(result.warnings)")
  }

  @Test func `draws the replicates of each side for itself`() async throws {
    let same = Classifiers.sides[0]
    let apart = try #require(try await compare([same, same]).difference("f1"))
    #expect(apart.value == 0 && apart.test?.method == "poisson_bootstrap")
    #expect((apart.interval?.high ?? 0) - (apart.interval?.low ?? 0) > 0.05)
    let together = try await testRuntime().compare(comparison([same, same], Classifiers.evaluator))
    #expect(together.difference("f1")?.interval.map { $0.high - $0.low } == 0)
  }

  @Test func `takes items of one cluster as dependent`() async throws {
    let result = try await compare(Regressions.sides(), Regressions.evaluator) { $0.shared.cluster = "group" }
    let error = try #require(result.difference("mae"))
    #expect(error.test?.method == "welch_t_clustered" && result.items.clusters == 24)
    let groups = Clusters(Reference.groups)
    func errors(_ predictions: [Double]) -> [Double] { zip(predictions, Reference.targets).map { abs($0 - $1) } }
    let means = try [Reference.secondPredictions, Reference.firstPredictions].map { predictions in
      let found = try clusteredMean(errors(predictions), clusters: groups, correction: .few)
      return SampleMean(
        mean: found.estimate.value, standardError: found.estimate.standardError, degreesOfFreedom: 11)
    }
    #expect(isNear(error.test?.pValue, try welchTTest(means[0], means[1]).test.pValue))
  }

  @Test func `scores of rows as they are`() async throws {
    let absolute = EvaluatorRequest(
      DescribedFunction(
        library: "libm.so.6", prototype: "double fabs(double x)", result: CallResult(direction: .lowerIsBetter)),
      passThreshold: 1)
    let rows = [[0.5, 1.5, 2, 0.25, 3], [0.5, 0.75, 4, 1, 0.5, 2.5, 0.1]]
    let result = try await compare(rows.map { source(["x": Column($0)]) }, absolute)
    let means = try welchTTest(SampleMean(rows[1]), SampleMean(rows[0]))
    #expect(isNear(result.difference("mean")?.test?.pValue, means.test.pValue))
    #expect(result.difference("pass_rate")?.test?.method == "fisher_exact")
    #expect(result.difference("median")?.interval?.method == "poisson_bootstrap")
  }

  @Test func `is what the refusal of different items names`() async throws {
    let sides = sides
    let error = await #expect(throws: AssayError.self) {
      try await testRuntime().compare(comparison(sides, Classifiers.evaluator))
    }
    #expect(error?.code == .comparisonItems && error?.message.contains("--unpaired") == true)
  }

  @Test func `of stored runs takes their rows, or their intervals`() async throws {
    var runs: [FinishedRun] = []
    for side in sides {
      var request = RunRequest(evaluators: [Classifiers.evaluator], sample: side)
      request.intervalLevel = .standard
      let sink = KeepingSink()
      request.rows = sink
      let result = try await testRuntime().run(request)
      runs.append(FinishedRun(result: result, rows: sink.rows, place: "memory"))
    }
    func compare(_ runs: [FinishedRun]) async throws -> ModelComparison {
      let sides = zip(["a", "b"], runs).map { ComparisonRequest.Side(name: $0, run: $1) }
      var request = try ComparisonRequest(sides, sharing: RunRequest(evaluators: [], sample: DataSource("-")))
      request.isPaired = false
      return try await testRuntime().compare(request)
    }
    let live = try await self.compare(sides)
    let stored = try await compare(runs)
    #expect(stored.evaluators[0].basis == .rows && stored.items == live.items)
    #expect(stored.difference("accuracy")?.test?.pValue == live.difference("accuracy")?.test?.pValue)
    for index in runs.indices { runs[index].rows = nil }
    let bare = try await compare(runs)
    #expect(bare.evaluators[0].basis == .results && bare.warnings.isEmpty)
    #expect(bare.difference("roc_auc")?.interval?.method == "unpaired")
  }
}
