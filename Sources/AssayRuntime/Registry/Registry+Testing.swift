public import AssayCore
import AssayHost
public import AssayJSON
import AssayStore

extension AssayError.Code {
  /// An evaluator of a type that this version keeps and does not execute.
  public static let notExecutable = Self(rawValue: "registry.not-executable")
}

extension Registry {
  /// Scores one row, and stores nothing.
  ///
  /// - Parameters:
  ///   - row: The values of the row by column, as text or JSON. A role takes the column
  ///     that it is bound to, else the one of its name. `output` and `expected` also stand
  ///     for what the evaluator calls otherwise, such as `score` and `target`; `a.output` and
  ///     `b.output` for the answers of an evaluator that says which is better, which is asked
  ///     in both orders. A list goes to a role that takes lists.
  ///   - onLog: Receives what the evaluator logs.
  /// - Throws: `registry.not-found`; `registry.not-executable` for another type than
  ///   `plugin`; `usage.invalid` for values that do not fit, with the roles.
  public func test(
    _ reference: String, row: JSONObject, onLog: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(AssayError) -> EvaluatorTrial {
    let registered = try evaluator(reference)
    let (content, threshold) = try plugin(of: registered)
    let request = EvaluatorRequest(
      content.evaluator, parameters: content.parameters, passThreshold: threshold)
    let opened = try assay.host.open(request, hasFolds: false)
    let definition = opened.evaluator.definition
    let inputs = try TrialRow(row, bindings: content.bindings).inputs(of: definition)
    if let role = definition.inputs.first(where: { $0.nulls == .missing && inputs[$0.role]?.isNull ?? false }) {
      return EvaluatorTrial(
        evaluator: registered, outcome: .unscored,
        explanation: "\(role.role) is null: in a run the row counts as missing", passThreshold: threshold)
    }
    if definition.comparesPairs {
      return try trial(ofPair: inputs, content.parameters, registered, opened, onLog)
    }
    let answer = try opened.evaluator.answer(
      to: inputs, parameters: content.parameters, log: onLog)
    return trial(registered, opened, answer)
  }

  /// Has two answers compared, in both orders where the evaluator may prefer one for its
  /// place.
  private func trial(
    ofPair inputs: JSONObject, _ parameters: JSONObject, _ registered: RegisteredEvaluator,
    _ opened: OpenedEvaluator, _ onLog: @escaping @Sendable (String) -> Void
  ) throws(AssayError) -> EvaluatorTrial {
    let batch = try CallColumns(definition: opened.evaluator.definition, inputs: inputs).batch()
    var services = HostServices()
    services.log = { _, message in onLog(message) }
    let prepared = try opened.evaluator.prepare(
      parameters: parameters, services: services, boundRoles: Set(inputs.keys))
    let pairs = try PairScoring(prepared).score(batch, firstRow: 0)
    let outcome = pairs.scores.outcome(of: 0)
    return EvaluatorTrial(
      evaluator: registered, score: outcome == .scored ? pairs.scores.scores[0] : nil, outcome: outcome,
      explanation: pairs.scores.errors.first?.message, passThreshold: opened.request.passThreshold,
      pair: pairs.pair(at: 0))
  }

  private func plugin(
    of evaluator: RegisteredEvaluator
  ) throws(AssayError) -> (EvaluatorSpecification.PluginContent, threshold: Double?) {
    switch evaluator {
    case .builtIn(let summary, _, _): return (.init(evaluator: summary.name), nil)
    case .stored(let stored):
      guard case .plugin(let content) = stored.specification.content else {
        let kind = stored.specification.kind.rawValue
        throw AssayError(
          .notExecutable,
          "\(evaluator.name) is of type \(kind), which this version keeps and does not execute.",
          details: ["evaluator": evaluator.name, "type": kind])
      }
      return (content, stored.specification.passThreshold)
    }
  }

  private func trial(
    _ evaluator: RegisteredEvaluator, _ opened: OpenedEvaluator, _ answer: CallAnswer
  ) -> EvaluatorTrial {
    let headline = answer.metrics.first { $0.name == opened.headline }
    let row = answer.rows.first
    let score = row?.score ?? headline?.value
    let threshold = opened.request.passThreshold
    var outcome = row?.outcome ?? (score == nil ? .unscored : .scored)
    if let score, let threshold {
      let direction =
        opened.scoresRows
        ? opened.evaluator.definition.result.direction
        : opened.headline.flatMap(opened.declaration)?.direction ?? .none
      outcome = RowBar(value: threshold, direction: direction).passes(score) ? .passed : .failed
    }
    return EvaluatorTrial(
      evaluator: evaluator, score: score, outcome: outcome,
      explanation: row?.reason ?? headline?.reason, passThreshold: threshold,
      metrics: answer.metrics)
  }
}
