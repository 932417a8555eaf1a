import AssayJSON
import GRDB

public import AssayCore

extension Store {
  /// Lets a run that is over wait for a process again, which evaluates the rows that errored
  /// and nothing else.
  ///
  /// Rows and result stay what they are until others have come in their place.
  /// - Parameter startsAtOnce: As in ``queueRun(_:startsAtOnce:scope:)``.
  /// - Returns: The run, which is pending, and how many rows errored.
  /// - Throws: `registry.not-found`, and `registry.conflict` for a run that is not over.
  public func reopenErrored(
    _ id: String, startsAtOnce: Bool = false, scope: Scope = .local
  ) throws(AssayError) -> (run: StoredRun, rows: Int) {
    try write { database in
      let current = try Self.run(database.runNumber(id, scope), database)
      guard current.status.isOver else {
        throw AssayError(
          .conflict, "The run \(id) is \(current.status.rawValue). Wait for its end, or cancel it first.",
          details: ["id": id, "status": current.status.rawValue])
      }
      try database.execute(
        sql: """
          DELETE FROM run_chunks WHERE run = ? AND EXISTS (
            SELECT 1 FROM run_rows r WHERE r.run = run_chunks.run AND r.position = run_chunks.position
              AND r.row >= first_row AND r.row < first_row + row_count AND r.outcome = 'errored')
          """,
        arguments: [current.number])
      try database.execute(sql: "DELETE FROM run_retries WHERE run = ?", arguments: [current.number])
      try database.execute(
        sql: """
          INSERT INTO run_retries SELECT run, position, row FROM run_rows WHERE run = ? AND outcome = 'errored'
          """,
        arguments: [current.number])
      let rows = database.changesCount
      return (try Self.queue(current, startsAtOnce, database), rows)
    }
  }

  /// Lets a run that was interrupted, failed or was cancelled wait for a process again.
  ///
  /// - Parameter startsAtOnce: Whether this process does the run, or has it done, at once: if
  ///   it ends before, the run shows as interrupted and does not wait for ever.
  /// - Throws: `registry.not-found`; `registry.conflict` for a run that is running, is
  ///   completed or was imported.
  public func queueRun(
    _ id: String, startsAtOnce: Bool = false, scope: Scope = .local
  ) throws(AssayError) -> StoredRun {
    try write { database in
      let current = try Self.run(database.runNumber(id, scope), database)
      guard current.kind == .assay else {
        throw AssayError(
          .conflict, "The run \(id) was imported; there is nothing to resume.", details: ["id": id])
      }
      guard current.status != .pending else { return current }
      guard current.status != .running else { throw Self.isRunning(current) }
      guard current.status != .completed else { throw Self.isCompleted(current) }
      return try Self.queue(current, startsAtOnce, database)
    }
  }

  private static func queue(
    _ run: StoredRun, _ startsAtOnce: Bool, _ database: Database
  ) throws -> StoredRun {
    let process = startsAtOnce ? ProcessIdentity.current : nil
    try database.execute(
      sql: """
        UPDATE runs SET status = 'pending', message = NULL, error = NULL, error_at = NULL, finished_at = NULL,
          verdict = NULL, exit_code = NULL, process_id = ?1, process_place = ?2, process_start = ?3, lease = NULL,
          lease_until = CASE WHEN ?1 IS NOT NULL THEN \(secondsNow) + ?4 END, queued_at = \(now),
          updated_at = \(now), done_rows = CASE WHEN status = 'completed' THEN 0 ELSE done_rows END
        WHERE number = ?5
        """,
      arguments: [process?.number, process?.place, process?.start, leaseSeconds, run.number])
    return try Self.run(run.number, database)
  }

  static func isRunning(_ run: StoredRun) -> AssayError {
    AssayError(
      .conflict,
      "The run \(run.id) is running already, in process \(run.processID ?? 0). Follow it with: assay runs watch \(run.id)",
      details: ["id": run.id])
  }

  static func isCompleted(_ run: StoredRun) -> AssayError {
    AssayError(
      .conflict, "The run \(run.id) is completed; there is nothing to resume.", details: ["id": run.id])
  }
}
