import AssayCore
import AssayJSON
import GRDB

/// How the facts of a run are read: what a list filters by is what it shows.
enum RunColumns {
  /// Whether the process that does the run `r`, or was to begin it, is gone.
  private static let isGone = """
    (r.lease_until IS NOT NULL AND r.status IN ('pending', 'running')
      AND process_is_gone(r.process_id, r.process_place, r.process_start, r.lease_until < \(secondsNow)))
    """

  /// The status of the run `r` as it is shown.
  static let status = "CASE WHEN \(isGone) THEN 'failed' ELSE r.status END"

  /// The columns that ``RunFacts`` are made from, of `runs r LEFT JOIN containers c`.
  static let facts = """
    r.number, r.id, r.revision, r.project, r.owner, c.label, r.type, r.status AS stored_status,
    \(status) AS status, r.message, r.environment, r.process_id, r.spend, r.metadata, r.total_rows,
    r.done_rows, r.created_at, r.queued_at, r.started_at, r.finished_at, r.error, r.error_at, r.verdict,
    r.exit_code, r.worked_seconds + (julianday(CASE WHEN \(status) = 'running' THEN 'now'
      ELSE r.worked_until END) - julianday(r.begun_at)) * 86400.0 AS seconds
    """

  static let place = "runs r LEFT JOIN containers c ON c.id = r.container_id"
}

/// The time of now in seconds since 1970, as a lease is counted.
let secondsNow = "((julianday('now') - 2440587.5) * 86400.0)"

extension RunFacts {
  init(_ row: Row, _ evaluators: [RunEvaluator]) throws {
    self.init(
      number: row["number"], id: row["id"], revision: row["revision"] ?? 0,
      scope: Scope(project: row["project"], owner: row["owner"]), container: row["label"],
      kind: StoredRun.Kind(rawValue: row["type"]) ?? .assay,
      status: RunStatus(rawValue: row["status"]) ?? .failed, message: row["message"],
      environment: row["environment"], processID: row["process_id"], spend: row["spend"],
      metadata: try row.object("metadata"), totalRows: row["total_rows"], doneRows: row["done_rows"],
      evaluators: evaluators, createdAt: row["created_at"], queuedAt: row["queued_at"],
      startedAt: row["started_at"], finishedAt: row["finished_at"], error: try row.json("error"),
      errorAt: row["error_at"], verdict: row["verdict"], exitCode: row["exit_code"],
      seconds: row["seconds"], metric: nil)
    guard row["status"] != row["stored_status"] as String else { return }
    error = ["code": "run.interrupted", "message": "The process of the run is gone."]
    message = "interrupted; continue it with: assay runs resume \(id)"
  }
}

extension RunEvaluator {
  init(_ row: Row) {
    self.init(
      id: row["evaluator_id"], version: row["version"], name: row["name"], model: row["model"],
      fingerprint: row["fingerprint"])
  }
}
