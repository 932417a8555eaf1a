import AssayJSON
import GRDB

public import AssayCore

extension Store {
  /// Stops a run that is pending or running; its process sees it at its next renewal.
  ///
  /// - Throws: `registry.not-found`, and `registry.conflict` for a run that is over.
  public func cancelRun(
    _ id: String, revision: Int? = nil, scope: Scope = .local
  ) throws(AssayError) -> StoredRun {
    try write { database in
      let current = try Self.run(database.runNumber(id, revision: revision, scope), database)
      guard !current.status.isOver || current.isInterrupted else {
        throw AssayError(
          .conflict, "The run \(id) is \(current.status.rawValue) already.",
          details: ["id": id, "status": current.status.rawValue])
      }
      // The time since a process went away is no work.
      try database.execute(
        sql: """
          UPDATE runs SET status = 'cancelled', message = NULL, lease = NULL, lease_until = NULL,
            worked_until = CASE WHEN ? THEN \(now) ELSE worked_until END, finished_at = \(now),
            updated_at = \(now)
          WHERE number = ?
          """,
        arguments: [current.status == .running, current.number])
      return try Self.run(current.number, database)
    }
  }

  /// Stores a metric of the caller's own beside those that were computed.
  ///
  /// - Throws: `registry.not-found`, and `registry.conflict` for the name of a metric that
  ///   was computed.
  public func setMetric(
    _ metric: String, to value: Double?, ofRun id: String, scope: Scope = .local
  ) throws(AssayError) -> StoredRun {
    try write { database in
      let number = try database.runNumber(id, scope)
      let isComputed = try Bool.fetchOne(
        database,
        sql: "SELECT EXISTS (SELECT 1 FROM run_metrics WHERE run = ? AND metric = ? AND source <> 'caller')",
        arguments: [number, metric])
      guard isComputed != true else {
        throw AssayError(
          .conflict, "The run \(id) has computed \"\(metric)\"; call your own metric something else.",
          details: ["metric": metric])
      }
      try database.execute(
        sql: "INSERT OR REPLACE INTO run_metrics VALUES (?, -1, ?, ?, 'caller')",
        arguments: [number, metric, value])
      return try Self.run(number, database)
    }
  }

  /// Ends a run, whoever has it in hands. A result that it has stays until there is another.
  static func finish(_ number: Int64, _ ending: RunEnding, _ database: Database) throws {
    try database.execute(
      sql: """
        UPDATE runs SET status = ?1, message = ?2, result = coalesce(?3, result), sources = coalesce(?4, sources),
          verdict = ?5, exit_code = ?6, error = ?7, spend = ?8, lease = NULL, lease_until = NULL,
          finished_at = CASE WHEN ?1 = 'failed' THEN NULL ELSE \(now) END,
          error_at = CASE WHEN ?1 = 'failed' THEN \(now) END, updated_at = \(now)
        WHERE number = ?9
        """,
      arguments: [
        ending.status.rawValue, ending.message, ending.result.columnText, ending.sources.columnText,
        ending.verdict, ending.exitCode, ending.error.columnText, ending.spend, number,
      ])
    guard ending.status == .completed else { return }
    try database.execute(
      sql: """
        UPDATE runs SET done_rows = coalesce(total_rows, done_rows), started_at = coalesce(started_at, \(now))
        WHERE number = ?
        """,
      arguments: [number])
    try database.execute(sql: "DELETE FROM run_retries WHERE run = ?", arguments: [number])
    try replaceMetrics(of: number, with: ending.metrics, database)
  }

  private static func replaceMetrics(
    of number: Int64, with metrics: [(position: Int, metric: String, value: Double?)],
    _ database: Database
  ) throws {
    try database.execute(
      sql: "DELETE FROM run_metrics WHERE run = ? AND source <> 'caller'", arguments: [number])
    let insert = try database.makeStatement(sql: "INSERT INTO run_metrics VALUES (?, ?, ?, ?, 'assay')")
    for (position, metric, value) in metrics {
      try insert.execute(arguments: [number, position, metric, value])
    }
  }
}

extension JSONValue {
  /// The text of a column; nil for null.
  var columnText: String? { isNull ? nil : text() }
}
