public import AssayCore

extension RunResult {
  /// The metrics of all evaluators, models and slices, a line each, with all
  /// digits. Lines end in a line feed; fields are quoted as in RFC 4180.
  ///
  /// `slice` is empty for all rows, and `column=value` for a part of them. An
  /// undefined metric has an empty `value` and a `reason`.
  public func csvText() -> String {
    var csv = CSVText()
    csv.append(["evaluator", "version", "model", "slice"] + MetricResult.csvHead)
    for evaluator in evaluators {
      let model = evaluator.model ?? ""
      let parts = [("", evaluator.metrics)] + evaluator.slices.map { ($0.name, $0.metrics) }
      for (slice, metrics) in parts {
        for metric in metrics {
          csv.append([evaluator.evaluator, evaluator.version, model, slice] + metric.csvFields)
        }
      }
    }
    return csv.text
  }
}

extension EvaluatorResult {
  /// One table over all slices, with the columns of the slices in front; nil
  /// where no slice has it.
  func slicesCSV(of table: String) -> String? {
    let parts = slices.compactMap { slice in slice.tables.first { $0.name == table }.map { (slice, $0) } }
    guard let first = parts.first?.1 else { return nil }
    let head = first.columns.map(\.name)
    var csv = CSVText()
    csv.append(["slice"] + head)
    for (slice, part) in parts where part.columns.map(\.name) == head {
      for fields in part.csvRows { csv.append([slice.name] + fields) }
    }
    return csv.text
  }
}
