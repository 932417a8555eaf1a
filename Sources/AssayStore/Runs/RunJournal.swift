import AssayJSON
import Foundation
import GRDB

public import AssayCore

/// What a run has finished, row by row and chunk by chunk, so that a process that dies
/// loses nothing that was done.
///
/// A chunk's rows and what is needed to go on without them are written in one
/// transaction: either all of it is there or nothing. May be used from any thread.
public final class RunJournal: Sendable {
  let store: Store
  let run: Int64
  private let lease: RunLease?

  /// The journal of the execution that has the run: what it writes is refused from the moment
  /// on at which the run is no longer its own.
  public init(_ store: Store, lease: RunLease) {
    self.store = store
    run = lease.run
    self.lease = lease
  }

  /// The journal of any run, to be read.
  public init(reading store: Store, run: Int64) {
    self.store = store
    self.run = run
    lease = nil
  }

  /// Writes in one transaction, and renews the lease.
  ///
  /// - Throws: `registry.conflict` where the run is no longer the execution's: then nothing is
  ///   written.
  func write<Value>(doneRows: Int = 0, _ body: (Database) throws -> Value) throws(AssayError) -> Value {
    try store.write { database in
      guard let lease, try Store.renew(lease, doneRows: doneRows, totalRows: nil, database) else {
        throw AssayError.runIsNotOurs
      }
      return try body(database)
    }
  }

  /// Rows of one evaluator, of a chunk that is finished or goes on.
  public struct Chunk: Sendable {
    /// The position of the evaluator in the run.
    public var position: Int
    public var index: Int
    public var firstRow: Int
    public var rowCount: Int
    /// What the executor needs to take the chunk as done; nil for one that goes on, or
    /// that cannot be saved.
    public var part: [UInt8]?
    /// Of how many rows something is written.
    public let writtenRows: Int
    /// From the first to the last of these: of a chunk's rows all that are due are written in
    /// their order.
    let writtenRange: ClosedRange<Int>?
    let insertion: RowInsertion

    /// - Parameter rows: What was said of rows; all that were not written before.
    public init(
      position: Int, index: Int, firstRow: Int, rowCount: Int, part: [UInt8]?, rows: [RowVerdict] = []
    ) {
      self.position = position
      self.index = index
      self.firstRow = firstRow
      self.rowCount = rowCount
      self.part = part
      writtenRows = rows.count
      writtenRange = rows.first.flatMap { first in rows.last.map { first.row...max(first.row, $0.row) } }
      insertion = RowInsertion(rows, columns: RowVerdict.columns)
    }
  }

  /// Writes rows and finished chunks, and renews the lease.
  ///
  /// - Parameter doneRows: How many rows of the run are done with these.
  /// - Throws: `registry.conflict` where the run is no longer the execution's: then nothing is
  ///   written.
  /// - Complexity: O(*n*) in the rows; some microseconds a row.
  public func record(_ chunks: [Chunk], doneRows: Int = 0) throws(AssayError) {
    try write(doneRows: doneRows) { database in
      let isRetried = try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM run_retries WHERE run = ?)", arguments: [run])
      for chunk in chunks {
        try chunk.insertion.insert(run: run, position: chunk.position, database)
        if isRetried == true { try removeRetries(chunk, database) }
      }
      try insertParts(of: chunks, database)
    }
  }

  /// Behind the rows: what SQLite keeps to undo a large value goes to a file, and then what
  /// it keeps for every later statement of the transaction does too.
  private func insertParts(of chunks: [Chunk], _ database: Database) throws {
    let insert = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO run_chunks VALUES (?, ?, ?, ?, ?, ?)")
    for chunk in chunks {
      guard let part = chunk.part else { continue }
      try insert.execute(arguments: [
        run, chunk.position, chunk.index, chunk.firstRow, chunk.rowCount, Data(part),
      ])
    }
  }

  /// Writes rows with all that is known of them.
  public func record(_ rows: [StoredRow], ofEvaluator position: Int) throws(AssayError) {
    let insertion = RowInsertion(rows, columns: StoredRow.columns)
    try write { database in try insertion.insert(run: run, position: position, database) }
  }

  /// Rows that were to be evaluated again, and were.
  private func removeRetries(_ chunk: Chunk, _ database: Database) throws {
    let remove = try database.cachedStatement(
      sql: "DELETE FROM run_retries WHERE run = ? AND position = ? AND row >= ? AND row <= ?")
    guard let rows = chunk.writtenRange else { return }
    try remove.execute(arguments: [run, chunk.position, rows.lowerBound, rows.upperBound])
  }
}
