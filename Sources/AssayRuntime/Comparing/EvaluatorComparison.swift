import AssayCore
import AssayHost
import AssayStatistics

/// Makes of the evidence of one evaluator what the result says, before p-values are adjusted
/// and thresholds judged.
struct EvaluatorComparison {
  let request: ComparisonRequest
  let maker: DifferenceMaker
  /// By side.
  let evidence: [SideEvidence]
  let evaluator: ComparedEvaluatorFacts
  let threads: PluginThreads
  let control: RunControl

  func result(fingerprints: [String]) throws(AssayError) -> ComparedEvaluator {
    var result = ComparedEvaluator(
      evaluator: evaluator.name, version: evaluator.version, mode: evaluator.mode, task: evaluator.task,
      fingerprints: fingerprints, headline: evaluator.headline, counts: evidence.map(\.counts))
    result.metrics = try metrics()
    result.leaderboard = try leaderboard(metricNames)
    result.tournament = try tournament
    return result
  }

  /// What is compared, metric by metric.
  func metrics() throws(AssayError) -> [ComparedMetric] {
    let names = metricNames
    return try threads.map(count: names.count) { [self] index -> ComparedMetric in metric(names[index]) }
  }

  /// The metrics alone, over a part of the items.
  func slice(by keys: [SliceResult.Key]) throws(AssayError) -> ComparedSlice {
    ComparedSlice(by: keys, counts: evidence.map(\.counts), metrics: try metrics())
  }

  /// Of all sides, in the order of the first.
  private var metricNames: [String] {
    var names: [String] = []
    for metric in evidence.flatMap(\.metrics) where !names.contains(metric.name) { names.append(metric.name) }
    return names
  }

  private func declaration(_ name: String) -> MetricDeclaration {
    evaluator.declaration(name) ?? MetricDeclaration()
  }

  private func metric(_ name: String) -> ComparedMetric {
    let declared = declaration(name)
    let reference = evidence[request.baseline]
    let others = evidence.indices.filter { $0 != request.baseline }
    return ComparedMetric(
      name: name, direction: declared.direction, range: declared.range,
      values: evidence.map { side in
        side.metric(name) ?? MetricResult(name: name, value: nil, reason: "the evaluator did not report it")
      },
      differences: others.map { side in
        maker.difference(of: name, direction: declared.direction, evidence[side], against: reference)
      })
  }

  // MARK: - Leaderboard

  /// - Throws: `compare.leaderboard` for a metric that the evaluator does not have, or of
  ///   which neither end is better.
  private func leaderboard(_ names: [String]) throws(AssayError) -> Leaderboard? {
    guard let name = request.leaderboardMetric ?? evaluator.headline else { return nil }
    let direction = declaration(name).direction
    guard names.contains(name) else {
      guard request.leaderboardMetric != nil else { return nil }
      throw AssayError(
        .comparisonLeaderboard,
        "\(evaluator.name) has no metric \"\(name)\" to order the sides by."
          + suggestion(for: name, in: names), details: ["metric": name])
    }
    guard direction != .none else {
      guard request.leaderboardMetric != nil else { return nil }
      throw AssayError(
        .comparisonLeaderboard,
        "Of \(name) neither end is better, so it orders no sides.", details: ["metric": name])
    }
    return Ranking(metric: name, direction: direction, evidence: evidence, maker: maker)
      .leaderboard(adjustment: request.adjustment)
  }

  // MARK: - Tournament

  /// The games are played in the headline metric, or in the first that items add up to.
  private var tournament: Tournament? {
    get throws(AssayError) {
      guard maker.isPaired else { return nil }
      let playable = metricNames.filter { name in
        declaration(name).direction != .none && evidence.allSatisfy { side in
          side.parts[name].map { !$0.contains { $0.isNaN } } ?? false
        }
      }
      let wanted = [request.leaderboardMetric, evaluator.headline].compactMap { $0 }
      guard let name = wanted.first(where: playable.contains) ?? playable.first else { return nil }
      let games = Games(
        quantity: name, direction: declaration(name).direction,
        scores: evidence.map { $0.parts[name] ?? [] }, clusters: evidence.first?.clusters)
      return try games.tournament(
        level: request.level, seed: request.shared.seed, threads: threads, control: control)
    }
  }
}

/// What a comparison knows of an evaluator.
struct ComparedEvaluatorFacts: Sendable {
  var name: String
  var version: String
  var mode: Mode
  var task: TaskKind
  var headline: String?
  var declaration: @Sendable (String) -> MetricDeclaration?

  init(_ opened: OpenedEvaluator) {
    name = opened.name
    version = opened.version
    mode = opened.evaluator.definition.mode
    task = opened.evaluator.definition.task ?? .other
    headline = opened.headline
    declaration = { opened.declaration($0) }
  }

  /// What a stored result says of it.
  init(_ result: EvaluatorResult) {
    name = result.evaluator
    version = result.version
    mode = result.mode
    task = result.task
    headline = result.headline
    declaration = { name in
      result.metric(name).map { MetricDeclaration(direction: $0.direction, range: $0.range) }
    }
  }

  /// What a gate knows of it.
  func subject(metrics: [String]) -> GateSubject {
    GateSubject(
      name: name, headline: headline, metricNames: metrics, declaration: declaration,
      scoresRows: false, passThreshold: nil)
  }
}

extension AssayError.Code {
  /// A metric by which sides cannot be ordered.
  public static let comparisonLeaderboard = Self(rawValue: "compare.leaderboard")
}
