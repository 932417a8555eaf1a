public import AssayCore

extension RunResult {
  /// Workflow commands of GitHub Actions, a line each: an error for every failed
  /// threshold, a warning for every inconclusive one and for every warning.
  ///
  /// Empty where all passed. To be printed on standard error or output as they are.
  public func gitHubAnnotations() -> String {
    var lines = ""
    for evaluator in evaluators {
      for threshold in evaluator.orderedThresholds where threshold.verdict != .pass {
        let level = threshold.verdict == .fail ? "error" : "warning"
        let word = threshold.verdict == .fail ? "failed" : "is inconclusive"
        let title = Escaping.gitHubProperty("\(evaluator.title): \(threshold.expression) \(word)")
        let explanation = threshold.explanation.map { ". \($0)" } ?? ""
        let message = Escaping.gitHubMessage("observed \(threshold.observedText)\(explanation)")
        lines += "::\(level) title=\(title)::\(message)\n"
      }
    }
    for warning in warnings { lines += "::warning title=assay::\(Escaping.gitHubMessage(warning))\n" }
    return lines
  }
}
