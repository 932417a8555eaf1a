import AssayArrow
import AssayCore
import AssayStatistics
import Testing

@testable import AssayRuntime

/// Two models, each asked against the same baseline by the judge of the fixture.
@Suite struct `A comparison by an evaluator of pairs` {
  /// The judge has no verdict on the last pair and is of two minds on some others.
  private func side(_ answers: [String]) -> DataSource {
    DataSource(
      RecordBatch([
        "question": Column(Judged.questions), "a_output": Column(Judged.a), "b_output": Column(answers),
        "site": Column(Judged.sites), "pair": Column(Judged.questions.indices.map { Int64($0 / 2) }),
      ]))
  }

  private func compare(
    _ second: [String], _ evaluator: String = "fixture.judge",
    adjusting adjust: (inout ComparisonRequest) -> Void = { _ in }
  ) async throws -> ModelComparison {
    let request = try comparison([side(Judged.b), side(second)], EvaluatorRequest(evaluator)) {
      $0.shared.gate.minimumCoverage = 0
      adjust(&$0)
    }
    return try await Judged.assay().compare(request)
  }

  @Test func `draws whole pairs where the judge is of two minds on different ones`() async throws {
    let better = Judged.b.enumerated().map { $0.offset < 4 ? "9" : $0.element }
    let result = try await compare(better)
    let rate = try #require(result.difference("win_rate"))
    var request = Judged.request("fixture.judge")
    request.sample = side(better)
    let alone = try await Judged.result(request)
    #expect(result.evaluators[0].metric("win_rate")?.values[1].value == alone.metric("win_rate")?.value)
    #expect(rate.test?.method == "poisson_bootstrap" && rate.interval != nil && rate.isBetter == true)
    let consistency = try #require(result.difference("position_consistency"))
    #expect(consistency.test?.method == "mcnemar_exact")
    // A count of items is no mean of theirs, and there are no replicates of it.
    #expect(result.difference("ties")?.test == nil && result.difference("ties")?.value != nil)
    #expect(result.evaluators[0].tournament != nil || result.evaluators[0].leaderboard != nil)
  }

  @Test func `tests rates pair by pair where both orders say the same`() async throws {
    let better = Judged.b.map { String((Double($0) ?? 0) + 2) }
    let result = try await compare(better, "fixture.difference")
    let rate = try #require(result.difference("win_rate"))
    func wins(_ answers: [String]) -> [Double] {
      zip(Judged.a, answers).map { a, b in
        let (a, b) = (Double(a) ?? 0, Double(b) ?? 0)
        return a == b ? 0.5 : a < b ? 1 : 0
      }
    }
    let differences = zip(wins(better), wins(Judged.b)).map { $0 - $1 }
    #expect(isNear(rate.value, differences.reduce(0, +) / Double(differences.count)))
    #expect(isNear(rate.test?.pValue, try signFlipTest(differences, seed: 0).pValue))
    let clustered = try await compare(better, "fixture.difference") {
      $0.shared.cluster = "pair"
      $0.shared.slices = [["site"]]
    }
    #expect(clustered.difference("win_rate")?.test?.method == "paired_t_clustered")
    #expect(clustered.evaluators[0].slices.count == 2)
  }
}
