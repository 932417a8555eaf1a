public import AssayCore
public import AssayJSON

/// What one evaluator said about one row of a stored run.
public struct StoredRow: Sendable, Hashable {
  /// The number of the row, from 0.
  public var row: Int
  public var key: String?
  public var split: String?
  public var model: String?
  public var output: String?
  public var expected: String?
  /// nil for a row without a score.
  public var score: Double?
  /// Named scores beside it.
  public var subScores: JSONObject?
  public var outcome: Outcome
  public var cause: Cause?
  /// The reason for the score, or for its absence.
  public var explanation: String?
  /// In seconds.
  public var latency: Double?
  public var inputTokens: Int?
  public var outputTokens: Int?
  public var cost: Double?
  public var detail: JSONObject?

  public init(row: Int, score: Double?, outcome: Outcome) {
    self.row = row
    self.score = score
    self.outcome = outcome
  }

  /// The row as exports and responses show it.
  public var json: JSONObject {
    [
      "row": JSONValue(row), "key": JSONValue(key), "split": JSONValue(split), "model": JSONValue(model),
      "output": JSONValue(output), "expected": JSONValue(expected), "score": JSONValue(score),
      "sub_scores": subScores.map { .object($0) } ?? .null, "outcome": .string(outcome.rawValue),
      "cause": JSONValue(cause?.rawValue), "explanation": JSONValue(explanation),
      "latency": JSONValue(latency), "input_tokens": inputTokens.map { JSONValue($0) } ?? .null,
      "output_tokens": outputTokens.map { JSONValue($0) } ?? .null, "cost": JSONValue(cost),
      "detail": detail.map { .object($0) } ?? .null,
    ]
  }
}

extension StoredRow {
  static let columns: [RowColumn<StoredRow>] = [
    RowColumn("row") { $0.row }, RowColumn("key") { $0.key }, RowColumn("split") { $0.split },
    RowColumn("model") { $0.model }, RowColumn("output") { $0.output }, RowColumn("expected") { $0.expected },
    RowColumn("score") { $0.score }, RowColumn("sub_scores") { $0.subScores?.text },
    RowColumn("outcome") { $0.outcome.rawValue }, RowColumn("cause") { $0.cause?.rawValue },
    RowColumn("explanation") { $0.explanation }, RowColumn("latency") { $0.latency },
    RowColumn("input_tokens") { $0.inputTokens }, RowColumn("output_tokens") { $0.outputTokens },
    RowColumn("cost") { $0.cost }, RowColumn("detail") { $0.detail?.text },
  ]
}
