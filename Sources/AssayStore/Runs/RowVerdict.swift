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
  static let columns: [RowColumn<RowVerdict>] = [
    RowColumn("row") { $0.row }, RowColumn("key") { $0.key }, RowColumn("split") { $0.split },
    RowColumn("output") { $0.output }, RowColumn("expected") { $0.expected }, RowColumn("score") { $0.score },
    RowColumn("outcome") { $0.outcome.rawValue }, RowColumn("cause") { $0.cause?.rawValue },
    RowColumn("explanation") { $0.explanation }, RowColumn("detail") { $0.detail?.text },
  ]
}
