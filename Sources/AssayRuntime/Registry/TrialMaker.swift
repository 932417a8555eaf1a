import AssayCore
import AssayHost
import AssayJSON
import AssayStore

/// Scores one row with an evaluator that was found.
struct TrialMaker {
  let evaluator: RegisteredEvaluator
  let opened: OpenedEvaluator
  let content: EvaluatorSpecification.PluginContent
  let onLog: @Sendable (String) -> Void

  private var definition: EvaluatorDefinition { opened.evaluator.definition }

  /// - Throws: `usage.invalid` for values that do not fit, and what the evaluator says.
  func trial(of row: JSONObject) throws(AssayError) -> EvaluatorTrial {
    let inputs = try TrialRow(row, bindings: content.bindings).inputs(of: definition)
    let missing = definition.inputs.first { $0.nulls == .missing && inputs[$0.role]?.isNull ?? false }
    if let missing {
      return EvaluatorTrial(
        evaluator: evaluator, outcome: .unscored,
        explanation: "\(missing.role) is null: in a run the row counts as missing",
        passThreshold: opened.request.passThreshold)
    }
    do throws(AssayError) {
      return try definition.comparesPairs ? compared(inputs) : answered(inputs)
    } catch {
      // There is no other row.
      let message = error.message.replacing("wrong data at row 0: ", with: "")
      throw AssayError(error.code, message, details: error.details)
    }
  }

  /// Has two answers compared, in both orders where the evaluator may prefer one for its
  /// place.
  private func compared(_ inputs: JSONObject) throws(AssayError) -> EvaluatorTrial {
    let batch = try CallColumns(definition: definition, inputs: inputs).batch()
    var services = HostServices()
    services.log = { _, message in onLog(message) }
    let prepared = try opened.evaluator.prepare(
      parameters: content.parameters, services: services, boundRoles: Set(inputs.keys))
    let pairs = try PairScoring(prepared).score(batch, firstRow: 0)
    let outcome = pairs.scores.outcome(of: 0)
    return EvaluatorTrial(
      evaluator: evaluator, score: outcome == .scored ? pairs.scores.scores[0] : nil, outcome: outcome,
      explanation: pairs.scores.errors.first?.message, passThreshold: opened.request.passThreshold,
      pair: pairs.pair(at: 0))
  }

  private func answered(_ inputs: JSONObject) throws(AssayError) -> EvaluatorTrial {
    let answer = try opened.evaluator.answer(to: inputs, parameters: content.parameters, log: onLog)
    let headline = answer.metrics.first { $0.name == opened.headline }
    let row = answer.rows.first
    let score = row?.score ?? headline?.value
    var outcome = row?.outcome ?? (score == nil ? .unscored : .scored)
    if let score, let threshold = opened.request.passThreshold {
      outcome = RowBar(value: threshold, direction: direction).passes(score) ? .passed : .failed
    }
    return EvaluatorTrial(
      evaluator: evaluator, score: score, outcome: outcome, explanation: row?.reason ?? headline?.reason,
      passThreshold: opened.request.passThreshold, metrics: answer.metrics)
  }

  /// Which scores are the good ones.
  private var direction: Direction {
    guard !opened.scoresRows else { return definition.result.direction }
    return opened.headline.flatMap(opened.declaration)?.direction ?? .none
  }
}
