import GRDB

public import AssayCore
public import AssayJSON

/// What an evaluator said of a row, and no more: what is written for each of millions.
public struct RowVerdict: Sendable, Hashable {
  /// The number of the row, from 0.
  public var row: Int
  public var key: String?
  public var split: String?
  /// What was produced and what was expected, where they are kept with the row.
  public var output: String?
  public var expected: String?
  /// nil for a row without a score.
  public var score: Double?
  public var outcome: Outcome
  public var cause: Cause?
  public var explanation: String?
  /// What else the evaluator said, such as both orders' scores of two answers.
  public var detail: JSONObject?

  public init(
    row: Int, key: String? = nil, split: String? = nil, score: Double?, outcome: Outcome,
    cause: Cause? = nil, explanation: String? = nil
  ) {
    self.row = row
    self.key = key
    self.split = split
    self.score = score
    self.outcome = outcome
    self.cause = cause
    self.explanation = explanation
  }
}

extension RowVerdict {
  static let columns = [
    "row", "key", "split", "output", "expected", "score", "outcome", "cause", "explanation", "detail",
  ]

  /// In the order of the columns.
  var values: [DatabaseValue] {
    [
      row.databaseValue, .text(key), .text(split), .text(output), .text(expected),
      score?.databaseValue ?? .null, .text(outcome.rawValue), .text(cause?.rawValue), .text(explanation),
      .text(detail?.text),
    ]
  }
}

extension DatabaseValue {
  static func text(_ text: String?) -> DatabaseValue { text?.databaseValue ?? .null }
}
