import GRDB

public import AssayCore
public import AssayJSON

/// The right of one execution to write a run; nobody else's token is the same, also not that of
/// another execution in the same process.
public struct RunLease: Sendable, Hashable {
  /// The run's number.
  public let run: Int64
  let token: String

  init(run: Int64) {
    self.run = run
    token = String(UInt128.random(in: .min ... .max), radix: 36)
  }
}

extension Store {
  /// For how many seconds a run belongs to a process that does not renew it and of which nobody
  /// here can tell whether it lives. Longer than any write waits for another one.
  public static let leaseSeconds = 90.0

  /// Takes a run that waits for this process.
  ///
  /// - Returns: The run, which is running, and the right to write it.
  /// - Throws: `registry.conflict` for a run in any other state: one that is over or was
  ///   interrupted has to wait again before, see ``queueRun(_:startsAtOnce:scope:)``.
  public func begin(run number: Int64) throws(AssayError) -> (run: StoredRun, lease: RunLease) {
    try begin(run: number, by: .current)
  }

  func begin(
    run number: Int64, by process: ProcessIdentity
  ) throws(AssayError) -> (run: StoredRun, lease: RunLease) {
    let lease = RunLease(run: number)
    return try write { database in
      try database.execute(
        sql: """
          UPDATE runs SET status = 'running', message = NULL, started_at = coalesce(started_at, \(now)),
            worked_seconds = worked_seconds
              + coalesce((julianday(worked_until) - julianday(begun_at)) * 86400.0, 0),
            begun_at = \(now), worked_until = \(now), updated_at = \(now), process_id = ?, process_place = ?,
            process_start = ?, lease = ?, lease_until = \(secondsNow) + ?
          WHERE number = ? AND status = 'pending' AND revision IS NOT NULL
          """,
        arguments: [process.number, process.place, process.start, lease.token, Self.leaseSeconds, number])
      let isTaken = database.changesCount == 1
      let run = try Self.run(number, database)
      guard isTaken else { throw Self.doesNotWait(run) }
      return (run, lease)
    }
  }

  /// Says how far a run is, and renews the lease.
  ///
  /// - Returns: Whether the run goes on: false where it was cancelled or taken over.
  public func renew(
    _ lease: RunLease, doneRows: Int = 0, totalRows: Int? = nil
  ) throws(AssayError) -> Bool {
    try write { try Self.renew(lease, doneRows: doneRows, totalRows: totalRows, $0) }
  }

  static func renew(
    _ lease: RunLease, doneRows: Int, totalRows: Int?, _ database: Database
  ) throws -> Bool {
    try database.execute(
      sql: """
        UPDATE runs SET done_rows = max(done_rows, ?), total_rows = coalesce(?, total_rows),
          lease_until = \(secondsNow) + ?, worked_until = \(now), updated_at = \(now)
        WHERE number = ? AND lease = ?
        """,
      arguments: [doneRows, totalRows, leaseSeconds, lease.run, lease.token])
    return database.changesCount == 1
  }

  /// Ends a run.
  ///
  /// - Throws: `registry.conflict` where it was cancelled or taken over.
  public func end(_ lease: RunLease, _ ending: RunEnding) throws(AssayError) {
    try write { database in
      guard try Self.renew(lease, doneRows: 0, totalRows: nil, database) else { throw AssayError.runIsNotOurs }
      try Self.finish(lease.run, ending, database)
    }
  }

  /// Notes the process that was started to do a run, so that the run does not wait for ever
  /// where the process dies before it takes it.
  public func noteStart(ofRun number: Int64, processID: Int) throws(AssayError) {
    let process = ProcessIdentity(number: processID)
    try write { database in
      try database.execute(
        sql: """
          UPDATE runs SET process_id = ?, process_place = ?, process_start = ?, lease_until = \(secondsNow) + ?
          WHERE number = ? AND status = 'pending'
          """,
        arguments: [process.number, process.place, process.start, Self.leaseSeconds, number])
    }
  }

  /// Ends a run as failed that waits and could not be started.
  public func failStart(ofRun number: Int64, _ error: JSONValue) throws(AssayError) {
    try write { database in
      let isWaiting = try Bool.fetchOne(
        database, sql: "SELECT status = 'pending' FROM runs WHERE number = ?", arguments: [number])
      guard isWaiting == true else { return }
      var ending = RunEnding(.failed)
      ending.error = error
      try Self.finish(number, ending, database)
    }
  }

  private static func doesNotWait(_ run: StoredRun) -> AssayError {
    switch run.status {
    case .running: isRunning(run)
    case .completed: isCompleted(run)
    default:
      AssayError(
        .conflict, "The run \(run.id) is \(run.status.rawValue). Go on with it: assay runs resume \(run.id)",
        details: ["id": run.id, "status": run.status.rawValue])
    }
  }
}

extension AssayError {
  /// Another process has the run, or it was cancelled or deleted.
  static var runIsNotOurs: AssayError {
    AssayError(.conflict, "The run was cancelled, or another process has taken it over.")
  }
}
