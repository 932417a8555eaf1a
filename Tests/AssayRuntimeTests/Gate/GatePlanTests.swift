import AssayCore
import Testing

@testable import AssayRuntime

extension GateSubject {
  /// A subject with metrics between 0 and 1, of which higher is better.
  static func sample(
    _ name: String, metrics: [String: MetricDeclaration], headline: String? = nil,
    scoresRows: Bool = false, passThreshold: Double? = nil
  ) -> GateSubject {
    GateSubject(
      name: name, headline: headline, metricNames: metrics.keys.sorted(),
      declaration: { metrics[$0] }, scoresRows: scoresRows, passThreshold: passThreshold)
  }

  static let rate = MetricDeclaration(
    direction: .higherIsBetter, range: MetricRange(lower: 0, upper: 1))
  static let loss = MetricDeclaration(direction: .lowerIsBetter, range: MetricRange(lower: 0))

  static func binary(passThreshold: Double? = nil) -> GateSubject {
    sample(
      "tabular.binary", metrics: ["roc_auc": rate, "f1": rate, "log_loss": loss],
      headline: "roc_auc", passThreshold: passThreshold)
  }

  static func regression(headline: String? = "mae") -> GateSubject {
    sample(
      "tabular.regression",
      metrics: ["mae": loss, "mean_error": MetricDeclaration(direction: .zeroIsBest),
        "count": MetricDeclaration()],
      headline: headline)
  }

  static func rows(passThreshold: Double?) -> GateSubject {
    sample(
      "acme.similarity", metrics: ["mean": rate, "pass_rate": rate], headline: "mean",
      scoresRows: true, passThreshold: passThreshold)
  }
}

@Suite struct `A gate's plan` {
  private func plan(_ texts: [String], _ subjects: [GateSubject]) throws -> GatePlan {
    try GatePlan(texts.map { try ThresholdExpression(parsing: $0) }, for: subjects)
  }

  private func written(_ plan: GatePlan) -> [[String]] {
    plan.thresholds.map { thresholds in
      thresholds.map { "\($0.statistic.metric) \($0.comparison.rawValue) \(shortText($0.bound))" }
    }
  }

  @Test func `gives a threshold to the evaluators that have its metric`() throws {
    let plan = try plan(["f1 >= 0.9", "mae < 3"], [.binary(), .regression()])
    #expect(written(plan) == [["f1 >= 0.9"], ["mae < 3"]])
  }

  @Test func `reads a bare number in the headline's direction`() throws {
    let plan = try plan(["0.9"], [.binary(), .regression()])
    #expect(written(plan) == [["roc_auc >= 0.9"], ["mae <= 0.9"]])
    let error = try self.plan(["0.9"], [.regression(headline: "mean_error")])
    #expect(written(error) == [["mean_error near 0 by 0.9"]])
  }

  @Test func `keeps to the evaluator that is named`() throws {
    let plan = try plan(["tabular.regression: 3"], [.binary(), .regression()])
    #expect(written(plan) == [[], ["mae <= 3"]])
  }

  @Test func `makes a pass threshold the bar of the headline metric`() throws {
    let plan = try plan(["f1 > 0.5"], [.binary(passThreshold: 0.9)])
    #expect(written(plan) == [["f1 > 0.5", "roc_auc >= 0.9"]])
  }

  @Test func `asks every row to pass where rows are scored and nothing else is asked`() throws {
    #expect(written(try plan([], [.rows(passThreshold: 0.8)])) == [["pass_rate >= 1"]])
    #expect(written(try plan([], [.rows(passThreshold: nil)])) == [[]])
    let other = try plan(["mean >= 0.5"], [.rows(passThreshold: 0.8)])
    #expect(written(other) == [["mean >= 0.5"]])
  }

  @Test func `knows the slices, the metrics and the intervals that it needs`() throws {
    let plan = try plan(
      ["roc_auc[a=1,b=2] >= 0.9", "min(f1 by site) >= 0.5", "f1[b=1,a=0] > 0.1", "ci_low(f1) > 0.2"],
      [.binary(), .rows(passThreshold: nil)])
    #expect(plan.slices == [["a", "b"], ["site"]])
    #expect(plan.metrics(ofEvaluator: 0) == ["roc_auc", "f1"])
    #expect(plan.needsIntervals(ofEvaluator: 0) && !plan.needsIntervals(ofEvaluator: 1))
    #expect(!plan.needsBaseline)
    #expect(try self.plan(["delta(f1) > 0"], [.binary()]).needsBaseline)
  }

  @Test(arguments: [
    ("roc_acu >= 0.9", AssayError.Code.thresholdUnknownMetric, "Did you mean \"roc_auc\""),
    ("xyz >= 0.9", .thresholdUnknownMetric, "It has f1, log_loss, roc_auc"),
    ("tabular.binary: mae < 1", .thresholdUnknownMetric, "tabular.binary does not have"),
    ("tabular.binry: f1 > 0", .thresholdUnknownEvaluator, "Did you mean \"tabular.binary\""),
    ("roc_auc >= 95", .thresholdOutOfRange, "lies between 0 and 1. Percentages are fractions."),
    ("log_loss < -0.5", .thresholdOutOfRange, "is never under 0"),
    ("delta(roc_auc) > 1.5", .thresholdOutOfRange, "lies between -1 and 1"),
    ("ci_low(roc_auc) > 1.01", .thresholdOutOfRange, "lies between 0 and 1"),
    ("tabular.regression: 0.5", .thresholdNoDirection, "neither end is better"),
    ("acme.similarity: pass_rate >= 0.9", .thresholdNoBar, "--pass-threshold"),
    ("acme.nothing: 1", .thresholdNoDirection, "no headline"),
  ])
  func `refuses what can never be judged`(text: String, code: AssayError.Code, message: String) throws {
    let subjects: [GateSubject] = [
      .binary(), .regression(headline: "count"), .rows(passThreshold: nil),
      .sample("acme.nothing", metrics: [:]),
    ]
    let concerned = text.hasPrefix("xyz") ? [GateSubject.binary()] : subjects
    let error = try #require(throws: AssayError.self) { try plan([text], concerned) }
    #expect(error.code == code)
    #expect(error.message.contains(message), "\(error.message)")
    #expect(error.message.contains(text), "\(error.message)")
  }

  @Test func `allows a delta of any sign within the range`() throws {
    #expect(try plan(["delta(roc_auc) >= -1"], [.binary()]).thresholds[0].count == 1)
    #expect(try plan(["delta(log_loss) <= -7"], [.binary()]).thresholds[0].count == 1)
  }
}
