import GRDB

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
  static let columns = [
    "row", "key", "split", "model", "output", "expected", "score", "sub_scores", "outcome", "cause",
    "explanation", "latency", "input_tokens", "output_tokens", "cost", "detail",
  ]

  /// In the order of the columns.
  var values: [DatabaseValue] {
    [
      row.databaseValue, .text(key), .text(split), .text(model), .text(output), .text(expected),
      score?.databaseValue ?? .null, .text(subScores?.text), .text(outcome.rawValue), .text(cause?.rawValue),
      .text(explanation), latency?.databaseValue ?? .null, inputTokens?.databaseValue ?? .null,
      outputTokens?.databaseValue ?? .null, cost?.databaseValue ?? .null, .text(detail?.text),
    ]
  }
}
