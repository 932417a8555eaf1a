public import AssayCore

extension RunResult {
  /// The thresholds as test cases, in the XML that CI systems read as JUnit's.
  ///
  /// A suite per evaluator and model, a case per threshold: a failed one is a
  /// `failure`, an inconclusive one is `skipped`, with the reason. An evaluator
  /// without thresholds has one case, that it ran. Where the run is incomplete,
  /// a case `coverage` says so.
  public func junitText() -> String {
    let suites = evaluators.map { JUnitSuite(evaluator: $0, result: self) }
    let cases = suites.flatMap(\.cases)
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    xml += "<testsuites name=\"assay\" tests=\"\(cases.count)\""
    xml += " failures=\"\(cases.count { $0.end == .failure })\" errors=\"0\""
    xml += " skipped=\"\(cases.count { $0.end == .skipped })\" time=\"\(timeText)\">\n"
    for suite in suites { xml += suite.xml(created: run.createdAt, time: timeText) }
    return xml + "</testsuites>\n"
  }

  private var timeText: String { run.durationSeconds.fixedText(decimals: 6) }
}

private struct JUnitSuite {
  enum End { case success, failure, skipped }

  struct Case {
    var name: String
    var end = End.success
    var message = ""
    var details = ""
  }

  var name: String
  var cases: [Case]
  var output: String

  init(evaluator: EvaluatorResult, result: RunResult) {
    name = evaluator.model.map { "\(evaluator.evaluator) (\($0))" } ?? evaluator.evaluator
    cases = evaluator.orderedThresholds.map(Case.init)
    if cases.isEmpty { cases = [Case(name: "runs")] }
    let counts = evaluator.counts
    if result.run.status == .incomplete, counts.withoutScore > 0 {
      let problems = evaluator.problems.map { "\($0.outcome) \($0.place): \($0.message)" }
      cases.append(
        Case(
          name: "coverage", end: .skipped, message: counts.sentence,
          details: problems.joined(separator: "\n")))
    }
    output = evaluator.metrics.map { metric in
      "\(metric.name) = \(metric.value.map { "\($0)" } ?? metric.note ?? "undefined")"
    }.joined(separator: "\n")
  }

  func xml(created: String, time: String) -> String {
    var xml = "  <testsuite name=\"\(Escaping.xml(name))\" tests=\"\(cases.count)\""
    xml += " failures=\"\(cases.count { $0.end == .failure })\" errors=\"0\""
    xml += " skipped=\"\(cases.count { $0.end == .skipped })\""
    xml += " timestamp=\"\(Escaping.xml(created))\" time=\"\(time)\">\n"
    for testCase in cases { xml += testCase.xml(suite: name) }
    if !output.isEmpty { xml += "    <system-out>\(Escaping.xml(output))</system-out>\n" }
    return xml + "  </testsuite>\n"
  }
}

extension JUnitSuite.Case {
  init(_ threshold: ThresholdResult) {
    let observed = threshold.observedText
    let explanation = threshold.explanation.map { ": \($0)" } ?? ""
    self.init(name: threshold.expression)
    switch threshold.verdict {
    case .pass: break
    case .fail:
      end = .failure
      message = "observed \(observed)\(explanation)"
      details = "\(threshold.expression)\nobserved \(threshold.observed.map { "\($0)" } ?? "undefined")"
    case .inconclusive:
      end = .skipped
      message = "inconclusive, observed \(observed)\(explanation)"
    }
  }

  func xml(suite: String) -> String {
    let head = "    <testcase classname=\"\(Escaping.xml(suite))\" name=\"\(Escaping.xml(name))\" time=\"0\""
    let message = Escaping.xml(message)
    let details = Escaping.xml(details)
    switch end {
    case .success: return head + "/>\n"
    case .failure:
      return head + ">\n      <failure type=\"threshold\" message=\"\(message)\">\(details)</failure>\n    </testcase>\n"
    case .skipped:
      let body = details.isEmpty ? "/>" : ">\(details)</skipped>"
      return head + ">\n      <skipped message=\"\(message)\"\(body)\n    </testcase>\n"
    }
  }
}
