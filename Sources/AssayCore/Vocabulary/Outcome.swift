/// What became of one row under one evaluator.
public enum Outcome: String, Sendable, Hashable, CaseIterable {
  /// Scored, and over the bar.
  case passed
  /// Scored, and under the bar.
  case failed
  /// Scored, and no bar was set.
  case scored
  /// The evaluator had no answer for this row.
  case unscored
  /// The evaluator broke on this row.
  case errored
  /// Left out on request, for example a null under `--nulls skip`.
  case skipped
}

/// Who is to blame for a row without a score.
public enum Cause: String, Sendable, Hashable, CaseIterable {
  /// What is evaluated: its output is missing or unusable.
  case subject
  case judge
  case evaluator
  case infrastructure
}

/// How many rows came to which end.
///
/// `total = scored + unscored + errored + skipped + missing`; `passed` and
/// `failed` are part of `scored`.
public struct Counts: Sendable, Hashable {
  public var total = 0
  public var scored = 0
  public var passed = 0
  public var failed = 0
  public var unscored = 0
  public var errored = 0
  public var skipped = 0
  /// Rows of one side without a partner on the other.
  public var missing = 0

  public init() {}

  /// The share of the rows that count which have a score; nil without any.
  public var coverage: Double? {
    let counted = total - skipped
    return counted > 0 ? Double(scored) / Double(counted) : nil
  }

  public static func += (into: inout Counts, other: Counts) {
    into.total += other.total
    into.scored += other.scored
    into.passed += other.passed
    into.failed += other.failed
    into.unscored += other.unscored
    into.errored += other.errored
    into.skipped += other.skipped
    into.missing += other.missing
  }
}
