import AssayJSON
import Foundation
import GRDB

public import AssayCore

/// What a run goes on from.
extension RunJournal {
  /// The chunks of an evaluator that are done, by their numbers.
  public func finishedChunks(ofEvaluator position: Int) throws(AssayError) -> Set<Int> {
    try store.read { database in
      try Set(
        Int.fetchAll(
          database, sql: "SELECT chunk FROM run_chunks WHERE run = ? AND position = ?",
          arguments: [run, position]))
    }
  }

  /// What the executor left of a chunk; nil for one that is not done.
  public func part(ofChunk index: Int, evaluator position: Int) throws(AssayError) -> [UInt8]? {
    try store.read { database in
      try Data.fetchOne(
        database, sql: "SELECT part FROM run_chunks WHERE run = ? AND position = ? AND chunk = ?",
        arguments: [run, position, index]
      ).map { [UInt8]($0) }
    }
  }

  /// Hands over what the executor left of each chunk, in their order.
  public func eachPart(
    ofEvaluator position: Int, _ body: (Chunk) throws(AssayError) -> Void
  ) throws(AssayError) {
    for index in try finishedChunks(ofEvaluator: position).sorted() {
      let chunk = try store.read { database in
        try Row.fetchOne(
          database, sql: "SELECT * FROM run_chunks WHERE run = ? AND position = ? AND chunk = ?",
          arguments: [run, position, index]
        ).map { row in
          Chunk(
            position: position, index: index, firstRow: row["first_row"], rowCount: row["row_count"],
            part: [UInt8](row["part"] as Data))
        }
      }
      if let chunk { try body(chunk) }
    }
  }

  /// What was said of the rows with these numbers, as far as they are done and are not to be
  /// done again, in order.
  public func verdicts(in rows: Range<Int>, evaluator position: Int) throws(AssayError) -> [RowVerdict] {
    try store.read { database in
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT row, key, split, score, outcome, cause, explanation FROM run_rows r
          WHERE run = ? AND position = ? AND row >= ? AND row < ? AND NOT EXISTS (
            SELECT 1 FROM run_retries t WHERE t.run = r.run AND t.position = r.position AND t.row = r.row)
          ORDER BY row
          """,
        arguments: [run, position, rows.lowerBound, rows.upperBound])
      var verdicts: [RowVerdict] = []
      while let row = try cursor.next() {
        verdicts.append(
          RowVerdict(
            row: row["row"], key: row["key"], split: row["split"], score: row["score"],
            outcome: Outcome(rawValue: row["outcome"]) ?? .errored,
            cause: (row["cause"] as String?).flatMap(Cause.init), explanation: row["explanation"]))
      }
      return verdicts
    }
  }

  /// Whether an evaluator has said anything of any row.
  public func hasRows(ofEvaluator position: Int) throws(AssayError) -> Bool {
    try store.read { database in
      try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM run_rows WHERE run = ? AND position = ?)",
        arguments: [run, position]) ?? false
    }
  }

  /// By evaluator, how many rows belong to chunks that are done.
  public func finishedRows() throws(AssayError) -> [Int: Int] {
    try store.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT position, sum(row_count) AS n FROM run_chunks WHERE run = ? GROUP BY position",
        arguments: [run])
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["position"], $0["n"]) })
    }
  }
}
