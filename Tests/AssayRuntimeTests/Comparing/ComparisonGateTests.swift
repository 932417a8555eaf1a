import AssayArrow
import AssayCore
import AssayStatistics
import Testing

@testable import AssayRuntime

@Suite struct `A gate on a difference` {
  @Test(arguments: [
    ("delta(mae) <= 0 vs baseline", Verdict.pass, ExitCode.success),
    ("delta(mae) <= -0.6", .fail, .gateFailed),
    ("delta(mae) <= -0.3", .inconclusive, .inconclusive),
    ("delta(mae) >= 0 vs b", .pass, .success),
    ("delta(mean_error) >= 0", .inconclusive, .inconclusive),
  ])
  func `is judged by the interval`(text: String, verdict: Verdict, exitCode: ExitCode) async throws {
    let request = try comparison(Regressions.sides(), Regressions.evaluator, thresholds: [text])
    let result = try await testRuntime().compare(request)
    let threshold = try #require(result.evaluators[0].thresholds.first)
    #expect(threshold.result.verdict == verdict && result.verdict == verdict && result.exitCode == exitCode)
    #expect(threshold.result.expression == text && result.evaluators[0].thresholds.count == 1)
    #expect((verdict == .inconclusive) == (threshold.result.reason != nil))
  }

  @Test func `is judged on every side but its reference`() async throws {
    let sides = Regressions.sides() + [Regressions.sides()[0]]
    let request = try comparison(
      sides, Regressions.evaluator, thresholds: ["delta(mae) <= 0.5", "delta(mae) <= 0.5 vs c"], baseline: "b")
    let thresholds = try await testRuntime().compare(request).evaluators[0].thresholds
    #expect(thresholds.map { "\($0.side)-\($0.reference)" } == ["a-b", "c-b", "a-c", "b-c"])
  }

  @Test func `says where a reference is not understood`() {
    for (text, column) in [("mean >= 0 vs b", 11), ("delta(mean) >= 0 vs ", 21), ("delta(mean) >= 0 vs b c", 23)] {
      let error = #expect(throws: AssayError.self) { try ThresholdExpression(parsing: text) }
      #expect(error?.code == .thresholdSyntax && error?.details["column"] == String(column), "\(text)")
    }
  }
}

/// Many comparisons of models that are equally good: what is found is an error.
@Suite struct `Comparisons of equals` {
  private static let runs = 400
  private static let items = 120

  /// Two sides whose items are hard for both alike.
  private func sides(_ random: inout SeededGenerator, better: Double = 0) -> [SideEvidence] {
    var labels: [Bool] = []
    var scores: [[Double]] = [[], []]
    for _ in 0..<Self.items {
      let label = random.uniform() < 0.4
      let common = (label ? 0.8 : 0) + 0.7 * random.normal()
      labels.append(label)
      for side in 0..<2 { scores[side].append(common + 0.7 * random.normal()) }
    }
    return zip(["a", "b"], scores).map { name, scores in
      var evidence = SideEvidence(name: name)
      evidence.counts.total = Self.items
      evidence.counts.scored = Self.items
      let ranking = RankedItems(labels: labels, scores: scores)
      let right = zip(labels, scores).map { ($1 >= 0.4) == $0 ? 1.0 : 0 }
      let losses = zip(labels, scores).map { ($0 ? 1 - $1 : $1) * ($0 ? 1 - $1 : $1) - (name == "b" ? better : 0) }
      evidence.parts = ["accuracy": right, "brier": losses]
      evidence.ranking = ranking
      evidence.metrics = [
        metric("roc_auc", ranking.area ?? 0), metric("accuracy", right.reduce(0, +) / Double(Self.items)),
        metric("brier", losses.reduce(0, +) / Double(Self.items)),
      ]
      evidence.verify()
      return evidence
    }
  }

  private func metric(_ name: String, _ value: Double) -> MetricResult {
    var metric = MetricResult(name: name, value: value)
    metric.interval = ConfidenceInterval(level: 0.95, low: 0, high: 1, method: RankedItems.method)
    return metric
  }

  private let maker = DifferenceMaker(level: 0.95, power: 0.8, seed: 3)

  /// Compared by Student's t, which is fast.
  private func clustered(_ sides: [SideEvidence]) -> [SideEvidence] {
    sides.map { side in
      var side = side
      side.clusters = Clusters(rows: Self.items)
      return side
    }
  }

  /// What a share may be over by chance: three standard errors.
  private func limit(_ share: Double) -> Double {
    share + 3 * (share * (1 - share) / Double(Self.runs)).squareRoot()
  }

  @Test(arguments: [("roc_auc", "delong"), ("accuracy", "mcnemar_exact"), ("brier", "paired_t_clustered")])
  func `fail a gate, and are told apart, at most as often as the level says`(
    name: String, method: String
  ) throws {
    let request = try comparison(
      Classifiers.sides, Classifiers.evaluator,
      thresholds: [name == "brier" ? "delta(brier) <= 0" : "delta(\(name)) >= 0 vs baseline"])
    let gate = try ComparisonGate(request, host: testRuntime().host)
    var random = SeededGenerator(seed: 2026)
    var (failed, passed, told) = (0, 0, 0)
    for _ in 0..<Self.runs {
      let drawn = sides(&random)
      let sides = name == "brier" ? clustered(drawn) : drawn
      let difference = maker.difference(of: name, direction: .higherIsBetter, sides[1], against: sides[0])
      #expect(difference.test?.method.hasPrefix(method) == true)
      if let p = difference.test?.pValue, p <= 0.05 { told += 1 }
      let verdict = gate.judged(evaluator: 0, sides, maker: maker, baseline: 0).first?.result.verdict
      if verdict == .fail { failed += 1 }
      if verdict == .pass { passed += 1 }
    }
    let runs = Double(Self.runs)
    #expect(Double(told) / runs <= limit(0.05), "\(told) told apart")
    #expect(Double(failed) / runs <= limit(0.025), "\(failed) failed")
    #expect(Double(passed) / runs <= limit(0.025), "\(passed) passed")
    // A test that never finds anything would pass the above.
    #expect(told > 0)
  }

  @Test func `find the effect that they say they detect, with the power that they say`() throws {
    var random = SeededGenerator(seed: 5)
    var detectable: [Double] = []
    for _ in 0..<50 {
      let sides = clustered(sides(&random))
      detectable.append(maker.difference(of: "brier", direction: .lowerIsBetter, sides[1], against: sides[0]).detectable ?? 0)
    }
    let effect = detectable.sorted()[25]
    var found = 0
    for _ in 0..<Self.runs {
      let sides = clustered(sides(&random, better: effect))
      let test = maker.difference(of: "brier", direction: .lowerIsBetter, sides[1], against: sides[0]).test
      if let p = test?.pValue, p <= 0.05 { found += 1 }
    }
    #expect(abs(Double(found) / Double(Self.runs) - 0.8) < 0.07, "\(found)")
  }
}
