import AssayCore
import Testing

@testable import AssayRuntime

@Suite struct `A threshold expression` {
  typealias Scope = Statistic.Scope

  struct Case: Sendable {
    var text: String
    var evaluator: String?
    var measure = Statistic.Measure.value
    var metric: String
    var scope = Scope.all
    var comparison = Comparison.atLeast
    var bound: Double
  }

  static let accepted: [Case] = [
    Case(text: "roc_auc >= 0.95", metric: "roc_auc", bound: 0.95),
    Case(text: "roc_auc>=.95", metric: "roc_auc", bound: 0.95),
    Case(text: "  mae  <  1e-3 ", metric: "mae", comparison: .below, bound: 0.001),
    Case(text: "log_loss <= 0.4", metric: "log_loss", comparison: .atMost, bound: 0.4),
    Case(text: "r2 > -1", metric: "r2", comparison: .above, bound: -1),
    Case(text: "max == 1", metric: "max", comparison: .equal, bound: 1),
    Case(text: "pinball_0_9 <= 3", metric: "pinball_0_9", comparison: .atMost, bound: 3),
    Case(text: "ci_low(mean) >= 0.8", measure: .intervalLow, metric: "mean", bound: 0.8),
    Case(
      text: "ci_high( ece )<=0.1", measure: .intervalHigh, metric: "ece", comparison: .atMost,
      bound: 0.1),
    Case(text: "delta(f1) >= -0.01", measure: .delta, metric: "f1", bound: -0.01),
    Case(
      text: "roc_auc[site=a] >= 0.9", metric: "roc_auc", scope: .slice([key("site", "a")]),
      bound: 0.9),
    Case(
      text: "roc_auc[ site = north east , \"age, band\"='a]b' ] >= 0.9", metric: "roc_auc",
      scope: .slice([key("site", "north east"), key("age, band", "a]b")]), bound: 0.9),
    Case(
      text: "ci_low(roc_auc[site=a]) >= 0.9", measure: .intervalLow, metric: "roc_auc",
      scope: .slice([key("site", "a")]), bound: 0.9),
    Case(
      text: "delta(roc_auc)[site=a] >= 0", measure: .delta, metric: "roc_auc",
      scope: .slice([key("site", "a")]), bound: 0),
    Case(
      text: "min(roc_auc by site) >= 0.9", metric: "roc_auc", scope: .smallest(by: ["site"]),
      bound: 0.9),
    Case(
      text: "max(ece by site, 'age band') < 0.1", metric: "ece",
      scope: .largest(by: ["site", "age band"]), comparison: .below, bound: 0.1),
    Case(
      text: "min(ci_low(recall) by site) >= 0.5", measure: .intervalLow, metric: "recall",
      scope: .smallest(by: ["site"]), bound: 0.5),
    Case(
      text: "tabular.binary: roc_auc >= 0.9", evaluator: "tabular.binary", metric: "roc_auc",
      bound: 0.9),
    Case(
      text: "my-judge@3 :mean[site=x:y] >= 0.9", evaluator: "my-judge@3", metric: "mean",
      scope: .slice([key("site", "x:y")]), bound: 0.9),
  ]

  @Test(arguments: accepted)
  func `names a statistic, an operator and a number`(expected: Case) throws {
    let threshold = try ThresholdExpression(parsing: expected.text)
    let statistic = Statistic(
      measure: expected.measure, metric: expected.metric, scope: expected.scope)
    #expect(threshold.condition == .comparison(statistic, expected.comparison, expected.bound))
    #expect(threshold.evaluator == expected.evaluator)
    #expect(threshold.text == expected.text)
  }

  @Test(arguments: [
    ("0.9", nil, 0.9), ("-3", nil, -3), (" 1e2 ", nil, 100), ("acme.similarity: .5", "acme.similarity", 0.5),
  ])
  func `may be a bare number`(text: String, evaluator: String?, bound: Double) throws {
    let threshold = try ThresholdExpression(parsing: text)
    #expect(threshold.condition == .headline(bound))
    #expect(threshold.evaluator == evaluator)
  }

  @Test(arguments: [
    ("", 1, "empty"),
    ("   ", 4, "empty"),
    ("roc_auc", 8, "operator"),
    ("roc_auc >=", 11, "a number"),
    ("roc_auc >= high", 12, "a number"),
    ("roc_auc >= nan", 12, "a number"),
    ("roc_auc => 0.9", 9, "Write >="),
    ("roc_auc = 0.9", 9, "Write =="),
    ("roc_auc ≥ 0.9", 9, "Write >="),
    ("roc_auc != 0.9", 9, "operator"),
    ("roc_auc >= 95%", 12, "fractions here: 0.95"),
    ("roc_auc >= 0.9 or f1 > 0.8", 16, "the end"),
    (">= 0.9", 1, "name of a metric"),
    ("ci_lo(mean) >= 0.9", 1, "\"ci_low\""),
    ("ci_low(mean >= 0.9", 13, "\")\""),
    ("ci_low() >= 0.9", 8, "name of a metric"),
    ("roc_auc[site] >= 0.9", 13, "\"=\""),
    ("roc_auc[site=] >= 0.9", 14, "a value"),
    ("roc_auc[=a] >= 0.9", 9, "a column"),
    ("roc_auc[site=a >= 0.9", 22, "\"]\""),
    ("roc_auc[site='a] >= 0.9", 14, "quote"),
    ("roc_auc[a=1,a=2] >= 0.9", 13, "named twice"),
    ("min(roc_auc) >= 0.9", 12, "\"by\""),
    ("min(roc_auc by) >= 0.9", 13, "\"by\""),
    ("min(roc_auc by ) >= 0.9", 16, "a column"),
    ("min(roc_auc[site=a] by site) >= 0.9", 20, "chosen already"),
    ("0.9 0.8", 5, "the end"),
    ("tabular.binary:", 16, "name of a metric"),
  ] as [(String, Int, String)])
  func `points at what is wrong`(text: String, column: Int, message: String) throws {
    let error = try #require(throws: AssayError.self) { try ThresholdExpression(parsing: text) }
    #expect(error.code == .thresholdSyntax)
    #expect(error.message.contains(message), "\(error.message)")
    let lines = error.message.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(String(lines.last ?? "") == "  " + String(repeating: " ", count: column - 1) + "^", "\(error.message)")
    #expect(error.details["column"] == String(column))
  }
}

func key(_ column: String, _ value: String) -> SliceResult.Key {
  SliceResult.Key(column: column, value: value)
}
