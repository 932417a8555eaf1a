import AssayArrow
import AssayCore
import Testing

@testable import AssayRuntime

@Suite struct `A comparison` {
  private func differences(_ request: ComparisonRequest) async throws -> [String: MetricDifference] {
    let metrics = try await testRuntime().compare(request).evaluators[0].metrics
    return Dictionary(metrics.compactMap { metric in metric.differences.first.map { (metric.name, $0) } }) { $1 }
  }

  @Test func `of swapped sides is the same with the other sign`() async throws {
    for (sides, evaluator) in [(Classifiers.sides, Classifiers.evaluator), (Regressions.sides(), Regressions.evaluator)] {
      let forth = try await differences(comparison(sides, evaluator))
      let back = try await differences(comparison(sides.reversed(), evaluator))
      #expect(forth.count >= 4 && forth.keys == back.keys)
      for (name, difference) in forth {
        let other = try #require(back[name])
        #expect(isNear(other.value, -(difference.value ?? .nan), 1e-12), "\(name)")
        // Of an extreme there is neither, on either way.
        #expect((difference.test == nil) == (name == "max_error") && (other.test == nil) == (name == "max_error"))
        #expect(
          isNear(other.test?.pValue, difference.test?.pValue ?? .nan, 1e-9) || name == "max_error", "\(name)")
        #expect(
          isNear(other.interval?.low, -(difference.interval?.high ?? .nan), 1e-9) || name == "max_error", "\(name)")
        #expect(other.isBetter == difference.isBetter.map { !$0 }, "\(name)")
        #expect(isNear(other.detectable, difference.detectable ?? .nan, 1e-9) || difference.detectable == nil)
      }
    }
  }

  @Test func `of a side with itself finds nothing, and says why`() async throws {
    let same = [Classifiers.sides[0], Classifiers.sides[0]]
    let result = try await testRuntime().compare(comparison(same, Classifiers.evaluator))
    for metric in result.evaluators[0].metrics {
      let difference = try #require(metric.differences.first)
      #expect(difference.value == 0 && difference.isBetter == nil, "\(metric.name)")
      #expect(difference.test?.pValue == 1 && difference.test?.isSignificant == false, "\(metric.name)")
      #expect(difference.reason != nil, "\(metric.name)")
    }
    #expect(result.difference("accuracy")?.reason == "there are no items on which only one side is right")
    #expect(result.difference("roc_auc")?.reason == "the two curves order all items alike")
    #expect(result.difference("log_loss")?.reason == "both sides are equal on every item")
    #expect(result.difference("f1")?.reason == "both sides are alike in every replicate")
    let errors = [Regressions.sides()[0], Regressions.sides()[0]]
    let regression = try await testRuntime().compare(comparison(errors, Regressions.evaluator))
    #expect(regression.difference("mae")?.interval.map { [$0.low, $0.high] } == [0, 0])
  }

  @Test func `does not depend on threads or batches`() async throws {
    let whole = try await differences(comparison(Classifiers.sides, Classifiers.evaluator) { $0.shared.jobs = 1 })
    let cut = [
      Classifiers.side(ComparisonReference.first, batchRows: 7), Classifiers.side(ComparisonReference.second, batchRows: 11),
    ]
    let parts = try await differences(comparison(cut, Classifiers.evaluator) { $0.shared.jobs = 3 })
    #expect(whole == parts)
  }

  @Test func `joins the items by key, in any order`() async throws {
    let order = (0..<60).map { Int32($0 * 17 % 60) }
    let whole = RecordBatch([
      "id": Column((0..<60).map { Int64($0) }), "target": Column(ComparisonReference.labels.map { Int64($0) }),
      "score": Column(ComparisonReference.second),
    ])
    let sides = [Classifiers.sides[0], DataSource(whole.gather(order))]
    let joined = try await differences(comparison(sides, Classifiers.evaluator) { $0.shared.joinKey = "id" })
    let inOrder = try await differences(comparison(Classifiers.sides, Classifiers.evaluator))
    #expect(joined == inOrder)
  }

  @Test func `leaves a class that is not there undefined`() async throws {
    func side(_ scores: [Double]) -> DataSource {
      source(["target": Column([Int64(1), 1, 1, 1]), "score": Column(scores)])
    }
    let request = try comparison(
      [side([0.9, 0.8, 0.3, 0.7]), side([0.6, 0.2, 0.9, 0.4])], Classifiers.evaluator,
      thresholds: ["delta(roc_auc) >= -0.1 vs baseline"])
    let result = try await testRuntime().compare(request)
    let area = try #require(result.difference("roc_auc"))
    #expect(area.value == nil && area.test == nil && area.reason?.hasPrefix("a: ") == true)
    #expect(result.difference("accuracy")?.value == -0.25)
    #expect(result.verdict == .inconclusive && result.exitCode == .inconclusive)
    #expect(result.evaluators[0].leaderboard?.standings.allSatisfy { $0.rank == nil } == true)
  }

  @Test func `leaves an item without a value out on all sides`() async throws {
    let targets = Column([Int64(1), 0, 1, 0, 1])
    let sides = [
      source(["target": targets, "score": Column([0.9, nil, 0.7, 0.2, 0.8] as [Double?])]),
      source(["target": targets, "score": Column([0.9, 0.4, 0.7, 0.2, nil] as [Double?])]),
    ]
    let request = try comparison(sides, Classifiers.evaluator) { $0.shared.nulls = .skip }
    let result = try await testRuntime().compare(request)
    #expect(result.items.compared == 3 && result.items.skipped == 2)
    #expect(result.evaluators[0].metric("accuracy")?.values.map(\.value) == [1, 1])
    #expect(result.warnings.contains { $0.contains("2 items lack a value") })
    let strict = try comparison(sides, Classifiers.evaluator)
    let error = await #expect(throws: AssayError.self) { try await testRuntime().compare(strict) }
    #expect(error?.code.rawValue == "data.null" && error?.message.contains("side \"a\"") == true)
  }

  @Test func `compares scores of items, their spread and their pass rate`() async throws {
    let absolute = EvaluatorRequest(
      DescribedFunction(
        library: "libm.so.6", prototype: "double fabs(double x)",
        result: CallResult(direction: .lowerIsBetter)), passThreshold: 1)
    let errors = [
      zip(ComparisonReference.firstPredictions, ComparisonReference.targets).map(-),
      zip(ComparisonReference.secondPredictions, ComparisonReference.targets).map(-),
    ]
    let result = try await testRuntime().compare(
      comparison(errors.map { source(["x": Column($0)]) }, absolute))
    let mean = try #require(result.difference("mean"))
    #expect(isNear(mean.value, ComparisonReference.meanAbsoluteError[0]) && mean.isBetter == true)
    #expect(isNear(mean.interval?.low, ComparisonReference.meanAbsoluteError[2]))
    let passed = errors.map { side in side.count { abs($0) <= 1 } }
    #expect(isNear(result.difference("pass_rate")?.value, Double(passed[1] - passed[0]) / 60))
    #expect(result.difference("pass_rate")?.test?.method == "mcnemar_exact")
    #expect(result.difference("median")?.test?.method == "poisson_bootstrap")
    #expect(result.difference("max")?.intervalReason?.contains("nothing of what lies beyond its ends") == true)
    let tournament = try #require(result.evaluators[0].tournament)
    #expect(tournament.quantity == "mean" && tournament.wins[0][1] + tournament.wins[1][0] + tournament.ties[0][1] == 60)
  }
}
