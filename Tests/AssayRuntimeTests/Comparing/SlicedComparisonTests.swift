import AssayArrow
import AssayCore
import AssayStatistics
import Testing

@testable import AssayRuntime

@Suite struct `A comparison by slices` {
  private typealias Reference = ComparisonReference

  /// The items of one half of the groups.
  private static let isLow = Reference.groups.map { Int($0) % 2 == 0 }

  private func part(_ scores: [Double], where isIn: (Bool) -> Bool) -> DataSource {
    let kept = scores.indices.filter { isIn(Self.isLow[$0]) }
    return source([
      "target": Column(kept.map { Int64(Reference.labels[$0]) }), "score": Column(kept.map { scores[$0] })
    ])
  }

  private var sides: [DataSource] {
    [Reference.first, Reference.second].map { scores in
      source([
        "target": Column(Reference.labels.map { Int64($0) }), "score": Column(scores),
        "half": Column(Self.isLow.map { $0 ? "low" : "up" }), "group": Column(Reference.groups.map { Int64($0) }),
      ], batchRows: 7)
    }
  }

  @Test func `says of each what a comparison of its items alone says, adjusted together`() async throws {
    let result = try await testRuntime().compare(
      comparison(sides, Classifiers.evaluator) { $0.shared.slices = [["half"]] })
    let slices = result.evaluators[0].slices
    #expect(slices.map(\.by) == [[.init(column: "half", value: "low")], [.init(column: "half", value: "up")]])
    for (slice, isLow) in zip(slices, [true, false]) {
      let alone = try await testRuntime().compare(
        comparison([Reference.first, Reference.second].map { part($0) { $0 == isLow } }, Classifiers.evaluator))
      for name in ["roc_auc", "accuracy", "log_loss"] {
        let mine = try #require(slice.metrics.first { $0.name == name }?.differences.first)
        let theirs = try #require(alone.difference(name))
        #expect(isNear(mine.value, theirs.value ?? .nan) && mine.test?.method == theirs.test?.method, "\(name)")
        #expect(isNear(mine.test?.pValue, theirs.test?.pValue ?? .nan), "\(name)")
        #expect(isNear(mine.interval?.low, theirs.interval?.low ?? .nan), "\(name)")
      }
      #expect(slice.counts.map(\.scored) == alone.evaluators[0].counts.map(\.scored))
    }
    let metrics = result.evaluators[0].metrics + slices.flatMap(\.metrics)
    let tests = metrics.filter { $0.direction != .none }.flatMap(\.differences).compactMap(\.test)
    #expect(tests.compactMap(\.adjustedPValue) == (try adjustedPValues(tests.map(\.pValue), .holm)))
    #expect(tests.count > result.evaluators[0].metrics.count)
  }

  @Test func `holds for scores of rows, clusters and independent samples`() async throws {
    let absolute = EvaluatorRequest(
      DescribedFunction(
        library: "libm.so.6", prototype: "double fabs(double score)", result: CallResult(direction: .lowerIsBetter)),
      passThreshold: 0.5)
    let rows = try await testRuntime().compare(comparison(sides, absolute) { $0.shared.slices = [["half"]] })
    let low = try #require(rows.evaluators[0].slices.first)
    let differences = Reference.second.indices.filter { Self.isLow[$0] }
      .map { abs(Reference.second[$0]) - abs(Reference.first[$0]) }
    let mean = try #require(low.metrics.first { $0.name == "mean" }?.differences.first)
    #expect(isNear(mean.interval?.low, try pairedTTest(differences).mean.interval.low))
    #expect(low.metrics.contains { $0.name == "pass_rate" } && low.counts[0].total == differences.count)

    let clustered = try await testRuntime().compare(
      comparison(sides, Classifiers.evaluator) {
        $0.shared.slices = [["half"]]
        $0.shared.cluster = "group"
      })
    let loss = clustered.evaluators[0].slices[0].metrics.first { $0.name == "log_loss" }?.differences.first
    #expect(loss?.test?.method == "paired_t_clustered")

    let apart = try await testRuntime().compare(
      comparison(sides, Classifiers.evaluator) {
        $0.shared.slices = [["half"]]
        $0.isPaired = false
      })
    #expect(apart.evaluators[0].slices.count == 2)
    let area = apart.evaluators[0].slices[1].metrics.first { $0.name == "roc_auc" }?.differences.first
    #expect(area?.test?.method == "delong_unpaired")
  }
}
