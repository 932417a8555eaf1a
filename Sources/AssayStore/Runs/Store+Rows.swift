import AssayJSON
import GRDB

public import AssayCore

/// Which rows of a run are wanted.
public struct RowFilter: Sendable, Hashable {
  /// The position of an evaluator in the run.
  public var evaluator: Int
  public var outcomes: Set<Outcome>

  /// - Parameter outcomes: Empty for all.
  public init(evaluator: Int = 0, outcomes: Set<Outcome> = []) {
    self.evaluator = evaluator
    self.outcomes = outcomes
  }
}

extension Store {
  /// Hands the rows of a run over in their order, a batch at a time; not all of them are
  /// ever in memory.
  public func eachRow(
    ofRun number: Int64, _ filter: RowFilter = RowFilter(), batch size: Int = 4096,
    _ body: ([StoredRow]) throws(AssayError) -> Void
  ) throws(AssayError) {
    var first = 0
    while true {
      let rows = try rows(ofRun: number, filter, from: first, limit: size)
      guard let last = rows.last else { return }
      try body(rows)
      first = last.row + 1
    }
  }

  /// Some rows of a run, from a row number on.
  public func rows(
    ofRun number: Int64, _ filter: RowFilter = RowFilter(), from first: Int = 0, limit: Int
  ) throws(AssayError) -> [StoredRow] {
    try read { database in
      var condition = "run = ? AND position = ? AND row >= ?"
      if !filter.outcomes.isEmpty {
        let words = filter.outcomes.map { "'\($0.rawValue)'" }.sorted()
        condition += " AND outcome IN (\(words.joined(separator: ", ")))"
      }
      let cursor = try Row.fetchCursor(
        database, sql: "SELECT * FROM run_rows WHERE \(condition) ORDER BY row LIMIT ?",
        arguments: [number, filter.evaluator, first, limit])
      var rows: [StoredRow] = []
      while let row = try cursor.next() { rows.append(try StoredRow(row)) }
      return rows
    }
  }

  /// How many rows of each outcome an evaluator of a run has.
  public func outcomeCounts(
    ofRun number: Int64, evaluator position: Int = 0
  ) throws(AssayError) -> [Outcome: Int] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT outcome, count(*) AS n FROM run_rows WHERE run = ? AND position = ? GROUP BY outcome",
        arguments: [number, position])
      var counts: [Outcome: Int] = [:]
      for row in rows { Outcome(rawValue: row["outcome"]).map { counts[$0] = row["n"] } }
      return counts
    }
  }
}

extension StoredRow {
  fileprivate init(_ row: Row) throws {
    self.init(row: row["row"], score: row["score"], outcome: Outcome(rawValue: row["outcome"]) ?? .errored)
    key = row["key"]
    split = row["split"]
    model = row["model"]
    output = row["output"]
    expected = row["expected"]
    subScores = try row.json("sub_scores").objectValue
    cause = (row["cause"] as String?).flatMap(Cause.init)
    explanation = row["explanation"]
    latency = row["latency"]
    inputTokens = row["input_tokens"]
    outputTokens = row["output_tokens"]
    cost = row["cost"]
    detail = try row.json("detail").objectValue
  }
}
