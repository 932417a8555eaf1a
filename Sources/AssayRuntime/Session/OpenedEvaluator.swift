import AssayCore
import AssayHost

/// An evaluator of a request, found and described, before it is loaded for the data.
struct OpenedEvaluator: Sendable {
  let evaluator: Evaluator
  let request: EvaluatorRequest
  /// Whether folds add metrics over the folds.
  let hasFolds: Bool

  var definition: EvaluatorDefinition { evaluator.definition }

  /// What results and thresholds call it.
  var name: String { request.label?.name ?? evaluator.name }
  var version: String { request.label?.version ?? evaluator.plugin.version }

  /// What it is, where results call it something else.
  var implementation: String? { request.label.map { _ in "\(evaluator.name)@\(evaluator.plugin.version)" } }

  /// Whether scores of rows are all that it gives.
  var scoresRows: Bool { definition.isOfRows && !definition.comparesPairs }
  /// What it says over pairs of answers; nil where it compares none.
  private var pairs: PairFindings? {
    definition.comparesPairs ? PairFindings(isAntisymmetric: definition.isAntisymmetric) : nil
  }
  /// Whether there is something to write of each row.
  var givesRows: Bool { definition.givesRows }

  /// The metric that a bare number means.
  var headline: String? {
    if let headline = definition.headline { return headline }
    if pairs != nil { return PairFindings.headline }
    return scoresRows ? "mean" : evaluator.shape == .reduction ? "value" : nil
  }

  /// The names of the metrics as declared.
  var metricNames: [String] {
    if let pairs { return pairs.declarations.map(\.name) }
    if scoresRows { return ScoreSummary.metricNames + ["pass_rate"] }
    return evaluator.shape == .reduction ? ["value"] : definition.metrics.map(\.name.text)
  }

  /// The names of the tables as declared.
  var tableNames: [String] { pairs?.tableNames ?? definition.tables.map(\.name.text) }

  /// Whether it may report a table of that name.
  func hasTable(_ name: String) -> Bool {
    pairs?.tableNames.contains(name) ?? (definition.table(named: name) != nil)
  }

  /// What is known of a metric; nil where the evaluator does not have it.
  func declaration(_ name: String) -> MetricDeclaration? {
    if let own = ownDeclaration(name) { return own }
    guard hasFolds, let (base, isMean) = FoldMetrics.base(of: name), let own = ownDeclaration(base)
    else { return nil }
    return isMean ? own : FoldMetrics.deviation
  }

  private func ownDeclaration(_ name: String) -> MetricDeclaration? {
    let result = definition.result
    if let pairs { return pairs.declarations.first { $0.name == name }?.declaration }
    guard scoresRows || evaluator.shape == .reduction else { return definition.metric(named: name) }
    guard metricNames.contains(name) else { return nil }
    switch name {
    case "std": return MetricDeclaration(range: MetricRange(lower: 0))
    case "min", "max":
      return MetricDeclaration(direction: result.direction, range: result.range, isExtreme: true)
    case "pass_rate":
      return MetricDeclaration(
        direction: .higherIsBetter, range: MetricRange(lower: 0, upper: 1))
    default: return MetricDeclaration(direction: result.direction, range: result.range)
    }
  }

  /// Metrics in the order of the manifest.
  func ordered(_ metrics: [MetricResult]) -> [MetricResult] {
    let patterns = definition.metrics
    guard !patterns.isEmpty else { return metrics }
    func place(_ name: String) -> Int {
      patterns.firstIndex { $0.name.text == name } ?? patterns.firstIndex { $0.name.matches(name) }
        ?? patterns.count
    }
    return metrics.enumerated()
      .map { (place: place($0.element.name), offset: $0.offset, metric: $0.element) }
      .sorted { ($0.place, $0.offset) < ($1.place, $1.offset) }
      .map(\.metric)
  }

  /// The bar of each row.
  var bar: RowBar? {
    guard scoresRows else { return nil }
    return request.passThreshold.map { RowBar(value: $0, direction: definition.result.direction) }
  }

  var subject: GateSubject {
    GateSubject(
      name: name, headline: headline, metricNames: metricNames,
      declaration: declaration, scoresRows: scoresRows, passThreshold: request.passThreshold)
  }
}

extension PluginHost {
  /// Finds the evaluator of a request.
  ///
  /// - Throws: `plugin.unknown-evaluator`, also for another version than the one
  ///   that is installed, and what the description of a function throws.
  func open(_ request: EvaluatorRequest, hasFolds: Bool) throws(AssayError) -> OpenedEvaluator {
    switch request.origin {
    case .named(let text):
      let parts = text.split(separator: "@", maxSplits: 1)
      let evaluator = try evaluator(named: parts.first.map(String.init) ?? text)
      if parts.count == 2, evaluator.plugin.version != parts[1] {
        throw AssayError(
          .evaluatorMissing,
          "\(parts[0]) is installed in version \(evaluator.plugin.version), not \(parts[1]).",
          details: ["evaluator": text])
      }
      return OpenedEvaluator(evaluator: evaluator, request: request, hasFolds: hasFolds)
    case .function(let function):
      return OpenedEvaluator(
        evaluator: try describe(function), request: request, hasFolds: hasFolds)
    }
  }
}
