public import AssayCore
public import AssayJSON

/// What an evaluator said about one row that was not stored.
public struct EvaluatorTrial: Sendable, Hashable {
  public var evaluator: RegisteredEvaluator
  /// The score of the row, or the headline metric over it; nil where there is none.
  public var score: Double?
  public var outcome: Outcome
  /// Why there is no score.
  public var explanation: String?
  public var passThreshold: Double?
  /// Of an evaluator that keeps a state.
  public var metrics: [CallAnswer.Metric] = []
  /// Of an evaluator that says which of two answers is better.
  public var pair: ScoredPair?

  /// The answer as responses show it.
  public var json: JSONObject {
    var object: JSONObject = [
      "object": "evaluator.test", "evaluator": .string(evaluator.name),
      "version": evaluator.json["version"] ?? .null,
      "fingerprint": evaluator.json["fingerprint"] ?? .null, "score": JSONValue(score),
      "outcome": .string(outcome.rawValue), "pass_threshold": JSONValue(passThreshold),
      "explanation": JSONValue(explanation),
    ]
    if let pair {
      object["preferred"] = JSONValue(pair.verdict?.rawValue)
      object["a_first"] = JSONValue(pair.aFirst)
      object["b_first"] = JSONValue(pair.bFirst)
    }
    guard !metrics.isEmpty else { return object }
    var values = JSONObject()
    for metric in metrics {
      var entry: JSONObject = ["value": JSONValue(metric.value)]
      if let reason = metric.reason { entry["reason"] = .string(reason) }
      values[metric.name] = .object(entry)
    }
    object["metrics"] = .object(values)
    return object
  }
}
