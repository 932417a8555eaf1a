public import AssayCore
import AssayHost
import AssayJSON

extension PluginCatalog {
  /// Climbs the checks for every evaluator of a plugin, and calls it for the known
  /// answers of its manifest.
  ///
  /// - Parameter plugin: The path of a library or manifest, or the name of a plugin
  ///   or an evaluator that is installed.
  /// - Throws: `plugin.missing`, `plugin.no-manifest`; what is wrong with the plugin
  ///   itself is in the report.
  public func validate(_ plugin: String) throws(AssayError) -> ValidationReport {
    let found: PluginSummary
    var evaluators: [String]
    do throws(AssayError) {
      if let installed = named(plugin) { found = installed } else { found = try load(plugin) }
      evaluators = found.evaluators.map(\.name)
      if evaluators.contains(plugin) { evaluators = [plugin] }
    } catch {
      guard error.isAboutDescription else { throw error }
      return ValidationReport(checks: [
        .init(evaluator: plugin, function: nil, rung: .parse, answer: .mismatch, note: error.message)
      ])
    }
    return ValidationReport(checks: evaluators.flatMap(checks))
  }

  /// The installed plugin of that name, or with an evaluator of that name.
  private func named(_ name: String) -> PluginSummary? {
    guard !name.contains("/") else { return nil }
    return plugins.first { $0.name == name || $0.evaluators.contains { $0.name == name } }
  }

  private func checks(of name: String) -> [ValidationReport.Check] {
    var checks = [
      ValidationReport.Check(
        evaluator: name, function: nil, rung: .parse, answer: .match, note: nil)
    ]
    do throws(AssayError) {
      let evaluator = try host.evaluator(named: name)
      checks += evaluator.checks.map { ValidationReport.Check($0, of: name) }
      checks += knownAnswers(of: evaluator)
    } catch {
      checks.append(
        ValidationReport.Check(
          evaluator: name, function: error.details["function"] ?? error.details["symbol"],
          rung: error.rung, answer: .mismatch, note: error.message))
    }
    return checks
  }

  private func knownAnswers(of evaluator: Evaluator) -> [ValidationReport.Check] {
    let examples = evaluator.definition.examples
    guard !examples.isEmpty else {
      return [
        .init(
          evaluator: evaluator.name, function: nil, rung: .knownAnswers, answer: .unknown,
          note: "the manifest has no examples")
      ]
    }
    return examples.enumerated().map { index, example in
      let difference = evaluator.difference(from: example)
      let note = difference.map { "example \(index + 1): \($0)" }
      return ValidationReport.Check(
        evaluator: evaluator.name, function: nil, rung: .knownAnswers,
        answer: difference == nil ? .match : .mismatch, note: note ?? "example \(index + 1)")
    }
  }
}

extension ValidationReport.Check {
  init(_ check: DescriptionCheck, of evaluator: String) {
    self.evaluator = evaluator
    function = check.function
    rung =
      switch check.rung {
      case .symbol: .symbol
      case .owner: .owner
      case .debugInformation: .debugInformation
      }
    switch check.answer {
    case .match: (answer, note) = (.match, nil)
    case .unknown(let reason): (answer, note) = (.unknown, reason)
    }
  }
}

extension AssayError {
  /// Whether it says that a description is wrong, rather than that a file is not there.
  fileprivate var isAboutDescription: Bool {
    ["manifest.", "prototype.", "binding.", "json."].contains { code.rawValue.hasPrefix($0) }
  }

  fileprivate var rung: ValidationReport.Rung {
    switch code {
    case .pluginForeignSymbol: .owner
    case .pluginMismatch: .debugInformation
    case _ where isAboutDescription: .parse
    default: .symbol
    }
  }
}

extension Evaluator {
  /// How the evaluator's answer differs from a known one; nil where it does not.
  func difference(from example: Example) -> String? {
    do throws(AssayError) {
      let answer = try answer(to: example.inputs, parameters: example.parameters) { _ in }
      if let expected = example.score {
        let expected = expected.arrayValue ?? [expected]
        guard expected.count == answer.rows.count else {
          return "\(expected.count) scores are expected, and there are \(answer.rows.count)"
        }
        for (row, expected) in zip(answer.rows, expected) {
          if let text = example.difference(row.score, from: expected, reason: row.reason) { return text }
        }
      }
      for (name, expected) in example.metrics {
        guard let metric = answer.metrics.first(where: { $0.name == name }) else {
          return "the metric \(name) is not reported"
        }
        if let text = example.difference(metric.value, from: expected, reason: metric.reason) {
          return "\(name): \(text)"
        }
      }
      return nil
    } catch {
      return error.message
    }
  }
}

extension Example {
  /// How a number differs from the expected one; nil where it does not.
  fileprivate func difference(
    _ value: Double?, from expected: JSONValue, reason: String?
  ) -> String? {
    let shown = value.map { "\($0)" } ?? "undefined" + (reason.map { " (\($0))" } ?? "")
    guard let expected = expected.doubleValue else {
      return value == nil ? nil : "undefined is expected, and it is \(shown)"
    }
    if let value, abs(value - expected) <= tolerance || value == expected { return nil }
    return "\(expected) is expected within \(tolerance), and it is \(shown)"
  }
}
