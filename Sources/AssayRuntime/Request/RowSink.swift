public import AssayCore

/// What one evaluator said about one row.
public struct ScoredRow: Sendable, Hashable {
  public var evaluator: String
  /// The number of the row, from 0.
  public var row: Int
  /// The value of the join key, where there is one.
  public var key: String?
  /// nil for a row without a score.
  public var score: Double?
  public var outcome: Outcome
  public var cause: Cause?
  public var message: String?

  public init(
    evaluator: String, row: Int, key: String? = nil, score: Double?, outcome: Outcome,
    cause: Cause? = nil, message: String? = nil
  ) {
    self.evaluator = evaluator
    self.row = row
    self.key = key
    self.score = score
    self.outcome = outcome
    self.cause = cause
    self.message = message
  }
}

/// Receives the rows of a run as they are scored.
public protocol RowSink: AnyObject, Sendable {
  /// Called with rows in order, from one thread at a time, never at the same time
  /// twice. An error ends the run.
  func receive(_ rows: [ScoredRow]) throws(AssayError)
}
