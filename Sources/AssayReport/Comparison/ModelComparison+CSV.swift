public import AssayCore

extension ModelComparison {
  /// The differences of all evaluators, metrics and sides, a line each, with all digits.
  ///
  /// Lines end in a line feed; fields are quoted as in RFC 4180. What is undefined is empty.
  public func csvText() -> String {
    var csv = CSVText()
    csv.append([
      "evaluator", "version", "slice", "metric", "direction", "side", "baseline", "value", "baseline_value", "delta",
      "improved", "ci_low", "ci_high", "ci_level", "ci_method", "test", "statistic", "p_value", "p_adjusted",
      "significant", "minimum_detectable_effect", "items", "reason",
    ])
    for evaluator in evaluators {
      let slices = evaluator.slices.map { slice in
        (name: slice.by.map { "\($0.column)=\($0.value)" }.joined(separator: ","), metrics: slice.metrics)
      }
      for (name, metrics) in [("", evaluator.metrics)] + slices {
        for metric in metrics {
          for difference in metric.differences {
            csv.append(
              [evaluator.evaluator, evaluator.version, name, metric.name, metric.direction.rawValue]
                + fields(of: difference, metric))
          }
        }
      }
    }
    return csv.text
  }

  private func fields(of difference: MetricDifference, _ metric: ComparedMetric) -> [String] {
    func value(_ side: String) -> Double? { index(of: side).flatMap { metric.values[$0].value } }
    let (interval, test) = (difference.interval, difference.test)
    return [
      difference.side, difference.reference, value(difference.side).csvField,
      value(difference.reference).csvField, difference.value.csvField,
      difference.isBetter.map { $0 ? "true" : "false" } ?? "", (interval?.low).csvField,
      (interval?.high).csvField, (interval?.level).csvField, interval?.method ?? "", test?.method ?? "",
      (test?.statistic).csvField, (test?.pValue).csvField, (test?.adjustedPValue).csvField,
      test.map { $0.isSignificant ? "true" : "false" } ?? "", difference.detectable.csvField,
      String(difference.items), difference.reason ?? difference.intervalReason ?? "",
    ]
  }
}
