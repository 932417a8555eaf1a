import AssayJSON
import GRDB

public import AssayCore

/// What is taken from another run.
extension RunJournal {
  /// How a score passes.
  public enum Bar: Sendable, Hashable {
    /// Every score is `scored`.
    case none
    case atLeast(Double)
    case atMost(Double)
    /// The distance to 0 is at most so large.
    case within(Double)

    /// The outcome of a row, with what stands in the place of `?`.
    fileprivate var outcome: (sql: String, value: Double?) {
      switch self {
      case .none: ("'scored'", nil)
      case .atLeast(let value): ("iif(score >= ?, 'passed', 'failed')", value)
      case .atMost(let value): ("iif(score <= ?, 'passed', 'failed')", value)
      case .within(let value): ("iif(abs(score) <= ?, 'passed', 'failed')", value)
      }
    }
  }

  /// Takes over what another run has said of rows with one of its evaluators, some thousand
  /// rows in a transaction; rows that are to be evaluated again are left out.
  ///
  /// - Parameter bar: What rows that have a score are judged by; nil leaves their outcomes.
  /// - Throws: `registry.conflict` where this run is no longer the execution's.
  public func copyRows(
    fromRun other: Int64, evaluator: Int, to position: Int, judgedBy bar: Bar? = nil
  ) throws(AssayError) {
    let (judged, value) = bar?.outcome ?? ("outcome", nil)
    let outcome =
      "CASE WHEN score IS NOT NULL AND outcome IN ('passed', 'failed', 'scored') THEN \(judged) ELSE outcome END"
    var first: Int? = 0
    while let start = first {
      first = try write { database in
        let next = try Int.fetchOne(
          database,
          sql: "SELECT row FROM run_rows WHERE run = ? AND position = ? AND row >= ? ORDER BY row LIMIT 1 OFFSET ?",
          arguments: [other, evaluator, start, Store.batchRows])
        var arguments: StatementArguments = [run, position]
        if let value { arguments += [value] }
        arguments += [other, evaluator, start, next ?? Int.max]
        try database.execute(
          sql: """
            INSERT OR REPLACE INTO run_rows
            SELECT ?, ?, row, key, split, model, output, expected, score, sub_scores, \(outcome), cause,
              explanation, latency, input_tokens, output_tokens, cost, detail
            FROM run_rows r WHERE run = ? AND position = ? AND row >= ? AND row < ? AND NOT EXISTS (
              SELECT 1 FROM run_retries t WHERE t.run = r.run AND t.position = r.position AND t.row = r.row)
            ORDER BY row
            """,
          arguments: arguments)
        return next
      }
    }
  }
}
