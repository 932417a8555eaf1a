import AssayCore
import AssayStatistics
import Testing

@testable import AssayRuntime

@Suite struct `A comparison, against scipy and statsmodels` {
  private typealias Reference = ComparisonReference

  @Test func `tests areas by DeLong and rates by McNemar`() async throws {
    let result = try await testRuntime().compare(comparison(Classifiers.sides, Classifiers.evaluator))
    let area = try #require(result.difference("roc_auc"))
    #expect(isNear(area.value, Reference.delong[0]) && area.test?.method == "delong")
    #expect(isNear(area.test?.statistic, Reference.delong[1]))
    #expect(isNear(area.test?.pValue, Reference.delong[2]))
    #expect(isNear(area.interval?.low, Reference.delong[3]) && isNear(area.interval?.high, Reference.delong[4]))
    #expect(area.items == 60 && area.isBetter == true)

    let accuracy = try #require(result.difference("accuracy"))
    #expect(isNear(accuracy.value, Reference.mcnemar[0]) && accuracy.test?.method == "mcnemar_exact")
    #expect(isNear(accuracy.test?.pValue, Reference.mcnemar[1]))
    #expect(accuracy.test?.pairs?.onlySide == Int(Reference.mcnemar[2]))
    #expect(accuracy.test?.pairs?.onlyReference == Int(Reference.mcnemar[3]))
    #expect(accuracy.isBetter == false && accuracy.interval?.method == "newcombe_paired")
  }

  @Test func `tests means by permutation, with Student's interval`() async throws {
    let result = try await testRuntime().compare(comparison(Regressions.sides(), Regressions.evaluator))
    let error = try #require(result.difference("mae"))
    let (test, reference) = (try #require(error.test), Reference.meanAbsoluteError)
    #expect(isNear(error.value, reference[0]) && error.isBetter == true)
    #expect(isNear(error.interval?.low, reference[2]) && isNear(error.interval?.high, reference[3]))
    #expect(isNear(test.others.first { $0.method == "paired_t" }?.pValue, reference[1]))
    #expect(isNear(test.others.first { $0.method == "wilcoxon_signed_rank" }?.pValue, reference[4]))
    // Drawn patterns of signs come near the t test's p.
    #expect(test.method.hasPrefix("sign_flip") && abs(test.pValue - reference[1]) < 0.003)

    let few = try await testRuntime().compare(comparison(Regressions.sides(items: 14), Regressions.evaluator))
    #expect(few.difference("mae")?.test?.method == "sign_flip_exact")
    #expect(isNear(few.difference("mae")?.test?.pValue, Reference.signFlips[0]))
  }

  @Test func `takes items of one cluster as dependent`() async throws {
    let request = try comparison(Regressions.sides(), Regressions.evaluator) { $0.shared.cluster = "group" }
    let result = try await testRuntime().compare(request)
    let error = try #require(result.difference("mae"))
    #expect(result.items.clusters == 12 && error.test?.method == "paired_t_clustered")
    #expect(isNear(error.value, Reference.meanAbsoluteError[0]))
    #expect(isNear(error.test?.statistic, Reference.clustered[0]))
    #expect(isNear(error.test?.pValue, Reference.clustered[1]))
    #expect(isNear(error.interval?.low, Reference.clustered[2]) && isNear(error.interval?.high, Reference.clustered[3]))
    // What has no closed form draws whole clusters, so that its interval is another one.
    let alone = try await testRuntime().compare(comparison(Regressions.sides(), Regressions.evaluator))
    #expect(result.difference("rmse")?.interval != alone.difference("rmse")?.interval)
  }

  @Test func `draws the same items on both sides`() async throws {
    let request = try comparison(Classifiers.sides, Classifiers.evaluator) { $0.shared.seed = 7 }
    let f1 = try #require(try await testRuntime().compare(request).difference("f1"))
    #expect(isNear(f1.value, Reference.f1[0]) && f1.test?.method == "poisson_bootstrap")
    #expect(isNear(f1.test?.pValue, Reference.f1[1]))
    #expect(isNear(f1.interval?.low, Reference.f1[2]) && isNear(f1.interval?.high, Reference.f1[3]))
    #expect(f1.interval?.replicates == 1000)
  }

  @Test(arguments: ComparisonRequest.Adjustment.allCases)
  func `adjusts all p-values as one family`(adjustment: ComparisonRequest.Adjustment) async throws {
    let request = try comparison(Regressions.sides(), Regressions.evaluator) { $0.adjustment = adjustment }
    let metrics = try await testRuntime().compare(request).evaluators[0].metrics
    let tests = metrics.filter { $0.direction != .none }.flatMap(\.differences).compactMap(\.test)
    let raw = tests.map(\.pValue)
    let expected =
      switch adjustment {
      case .holm: try adjustedPValues(raw, .holm)
      case .bh: try adjustedPValues(raw, .benjaminiHochberg)
      case .none: raw
      }
    #expect(tests.count == 3 && tests.compactMap(\.adjustedPValue) == expected)
    #expect(tests.map(\.isSignificant) == expected.map { $0 <= 0.05 })
  }
}
