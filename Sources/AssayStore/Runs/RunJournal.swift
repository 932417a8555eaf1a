import AssayJSON
import Foundation
import GRDB

public import AssayCore

/// What a run has finished, chunk by chunk, so that a process that dies loses nothing
/// that was done.
///
/// A chunk's rows and what is needed to go on without them are written in one
/// transaction: either all of it is there or nothing. May be used from any thread.
public final class RunJournal: Sendable {
  private let store: Store
  private let run: Int64

  public init(_ store: Store, run: Int64) {
    self.store = store
    self.run = run
  }

  /// A finished chunk of one evaluator.
  public struct Chunk: Sendable {
    /// The position of the evaluator in the run.
    public var position: Int
    public var index: Int
    public var firstRow: Int
    public var rowCount: Int
    /// What the executor needs to take the chunk as done.
    public var part: [UInt8]
    /// The rows, of an evaluator that scores rows.
    public var rows: [StoredRow]

    public init(
      position: Int, index: Int, firstRow: Int, rowCount: Int, part: [UInt8], rows: [StoredRow] = []
    ) {
      self.position = position
      self.index = index
      self.firstRow = firstRow
      self.rowCount = rowCount
      self.part = part
      self.rows = rows
    }
  }

  /// Writes finished chunks.
  ///
  /// - Complexity: O(*n*) in the rows; about two microseconds a row.
  public func record(_ chunks: [Chunk]) throws(AssayError) {
    try store.write { database in
      let insert = try database.cachedStatement(
        sql: "INSERT OR REPLACE INTO run_chunks VALUES (?, ?, ?, ?, ?, ?)")
      for chunk in chunks {
        try insert.execute(arguments: [
          run, chunk.position, chunk.index, chunk.firstRow, chunk.rowCount, Data(chunk.part),
        ])
        try insertRows(chunk, database)
      }
    }
  }

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

  /// Forgets everything that was done, to do it again.
  public func clear() throws(AssayError) {
    try store.write { database in
      try database.execute(sql: "DELETE FROM run_chunks WHERE run = ?", arguments: [run])
      try database.execute(sql: "DELETE FROM run_rows WHERE run = ?", arguments: [run])
    }
  }

  private func insertRows(_ chunk: Chunk, _ database: Database) throws {
    let brief = try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO run_rows (run, position, row, key, score, outcome, cause, explanation)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let whole = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO run_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for row in chunk.rows {
      if row.isBrief {
        brief.setUncheckedArguments([
          run, chunk.position, row.row, row.key, row.score, row.outcome.rawValue, row.cause?.rawValue,
          row.explanation,
        ])
        try brief.execute()
      } else {
        whole.setUncheckedArguments([
          run, chunk.position, row.row, row.key, row.split, row.model, row.output, row.expected,
          row.score, row.subScores?.text, row.outcome.rawValue, row.cause?.rawValue, row.explanation,
          row.latency, row.inputTokens, row.outputTokens, row.cost, row.detail?.text,
        ])
        try whole.execute()
      }
    }
  }
}

extension StoredRow {
  /// Whether it holds no more than an evaluator of a plugin says.
  fileprivate var isBrief: Bool {
    split == nil && model == nil && output == nil && expected == nil && subScores == nil
      && latency == nil && inputTokens == nil && outputTokens == nil && cost == nil && detail == nil
  }
}
