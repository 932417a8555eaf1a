import AssayJSON
import GRDB

public import AssayCore

/// A run that is being made: nobody sees it before it is published. What is left of one whose
/// process dies before that is removed when the next run is made.
public struct StagedRun: Sendable {
  public let id: String
  /// RFC 3339, UTC.
  public let createdAt: String
  /// The right to write its rows.
  public let lease: RunLease
}

/// What making a run begins with.
public enum RunStaging: Sendable {
  /// The same request was made before under the same idempotency key.
  case known(StoredRun)
  case staged(StagedRun)
}

extension Store {
  /// Begins to make a run that takes several steps, such as the rows of another one.
  ///
  /// - Parameter original: The run whose copies of sources it shares.
  /// - Throws: As ``createRun(_:ending:)``, and `registry.not-found` where `original` was deleted.
  public func stageRun(
    _ draft: RunDraft, sharingCopiesOf original: StoredRun? = nil
  ) throws(AssayError) -> RunStaging {
    try stageRun(draft) { staged, database in
      guard let original else { return nil }
      let number = try Self.run(original.number, database).number
      try database.execute(
        sql: "INSERT INTO run_copies SELECT ?, folder FROM run_copies WHERE run = ?",
        arguments: [staged.lease.run, number])
      return nil
    }
  }

  /// Shows a run that was staged to everybody.
  ///
  /// - Parameter ending: How it ended; nil for a run that waits for its process.
  /// - Returns: The run; the one that was made meanwhile where the idempotency key and the
  ///   request are the same.
  /// - Throws: As ``createRun(_:ending:)``; the staged run is there still, to be discarded.
  public func publish(
    _ staged: StagedRun, _ draft: RunDraft, ending: RunEnding? = nil
  ) throws(AssayError) -> (run: StoredRun, isNew: Bool) {
    let known = try write { try Self.publish(staged, draft, ending, $0) }
    guard let known else { return (try run(number: staged.lease.run), true) }
    discard(staged)
    return (known, false)
  }

  /// Removes a staged run with its rows and copies.
  ///
  /// Where even that is not possible, as on a full disk, making the next run does it.
  public func discard(_ staged: StagedRun) { try? removeUnseen(staged.lease.run) }

  func stageRun(
    _ draft: RunDraft, publishing step: (StagedRun, Database) throws -> StoredRun?
  ) throws(AssayError) -> RunStaging {
    if let id = draft.id { try ObjectKind.run.check(id: id) }
    try removeLeftovers()
    return try write { database in
      if let known = try Self.known(draft, database) { return .known(known) }
      _ = try Self.nextRevision(draft, database)
      let staged = try Self.insert(draft, database)
      return try step(staged, database).map { .known($0) } ?? .staged(staged)
    }
  }

  // MARK: - Steps

  /// Adds a run that nobody sees.
  private static func insert(_ draft: RunDraft, _ database: Database) throws -> StagedRun {
    let id = draft.id ?? ObjectKind.run.makeID()
    let process = ProcessIdentity.current
    try database.execute(
      sql: """
        INSERT INTO runs (id, project, owner, type, status, config, environment, metadata, created_at, updated_at,
          process_id, process_place, process_start, lease_until)
        VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, \(now), \(now), ?, ?, ?, \(secondsNow) + ?)
        """,
      arguments: [
        id, draft.scope.project, draft.scope.owner, draft.kind.rawValue, draft.config.text, draft.environment,
        draft.metadata.text, process.number, process.place, process.start, leaseSeconds,
      ])
    let lease = RunLease(run: database.lastInsertedRowID)
    try database.execute(
      sql: "UPDATE runs SET lease = ? WHERE number = ?", arguments: [lease.token, lease.run])
    if let folder = draft.copies {
      try database.execute(sql: "INSERT INTO run_copies VALUES (?, ?)", arguments: [lease.run, folder])
    }
    let createdAt = try String.fetchOne(
      database, sql: "SELECT created_at FROM runs WHERE number = ?", arguments: [lease.run])
    return StagedRun(id: id, createdAt: createdAt ?? "", lease: lease)
  }

  /// - Returns: nil; the run that was made meanwhile for the same idempotency key.
  static func publish(
    _ staged: StagedRun, _ draft: RunDraft, _ ending: RunEnding?, _ database: Database
  ) throws -> StoredRun? {
    if let known = try known(draft, database) { return known }
    let number = staged.lease.run
    let container = try draft.container.map { try containerID(label: $0, draft.scope, making: false, database) }
    let dataset = try draft.dataset.map { try findDataset($0, draft.scope, database).id }
    // Of a run that waits for anybody, nobody has to live.
    let isHeld = draft.startsAtOnce || ending != nil
    try database.execute(
      sql: """
        UPDATE runs SET revision = ?, container_id = ?, dataset_id = ?, sources = ?, total_rows = ?,
          lease = NULL, lease_until = CASE WHEN ?6 THEN \(secondsNow) + ?7 END,
          process_id = CASE WHEN ?6 THEN process_id END, queued_at = \(now), updated_at = \(now)
        WHERE number = ?8
        """,
      arguments: [
        try nextRevision(draft, database), container, dataset, draft.sources.columnText, draft.totalRows, isHeld,
        leaseSeconds, number,
      ])
    for (position, evaluator) in draft.evaluators.enumerated() {
      try database.execute(
        sql: "INSERT INTO run_evaluators VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          number, position, evaluator.id, evaluator.version, evaluator.name, evaluator.model,
          evaluator.fingerprint,
        ])
    }
    if let key = draft.idempotencyKey {
      try database.execute(
        sql: "INSERT INTO idempotency_keys VALUES (?, ?, ?, ?)",
        arguments: [draft.scope.project, key, draft.request, number])
    }
    if let ending { try finish(number, ending, database) }
    return nil
  }

  /// The run that an idempotency key stands for.
  private static func known(_ draft: RunDraft, _ database: Database) throws -> StoredRun? {
    guard let key = draft.idempotencyKey,
      let row = try Row.fetchOne(
        database, sql: "SELECT request, run FROM idempotency_keys WHERE project = ? AND key = ?",
        arguments: [draft.scope.project, key])
    else { return nil }
    guard row["request"] == draft.request else {
      throw AssayError(
        .conflict, "The idempotency key \"\(key)\" was used for another request.",
        details: ["idempotency_key": key])
    }
    return try run(row["run"], database)
  }

  /// - Throws: `registry.conflict` for an id that is taken and must not be used again.
  private static func nextRevision(_ draft: RunDraft, _ database: Database) throws -> Int {
    guard let id = draft.id else { return 1 }
    let last = try Int.fetchOne(
      database, sql: "SELECT max(revision) FROM runs WHERE project = ? AND id = ?",
      arguments: [draft.scope.project, id])
    guard last == nil || draft.overwrites else {
      throw AssayError(
        .conflict,
        "There is a run \"\(id)\" already. Choose another id, or make a new revision of it with --overwrite.",
        details: ["id": id])
    }
    return (last ?? 0) + 1
  }
}
