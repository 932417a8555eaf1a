import Foundation
import GRDB

public import AssayCore

/// Runs that go away, with their rows and what was copied for them.
extension Store {
  /// Removes a run with its rows, all its revisions, and the copies that no other run shares.
  ///
  /// - Throws: `registry.not-found`, and `registry.conflict` while a revision is running.
  public func deleteRun(_ id: String, scope: Scope = .local) throws(AssayError) -> String {
    let numbers = try write { database in
      _ = try database.runNumber(id, scope)
      let revisions = try Self.revisions(ofRun: id, scope, database)
      if let running = revisions.first(where: { $0.status == .running }) {
        let option = running.revision == revisions.last?.revision ? "" : " --revision \(running.revision)"
        throw AssayError(
          .conflict, "The run \(id) is running. Cancel it first: assay runs cancel \(id)\(option)",
          details: ["id": id, "revision": String(running.revision)])
      }
      for run in revisions { try Self.hide(run.number, database) }
      return revisions.map(\.number)
    }
    try removeLeftovers()
    for number in numbers { try removeUnseen(number) }
    return id
  }

  /// A new folder inside the store's for what a run copies; it is not made yet, and no
  /// other run has it.
  public func copyFolder(ofRun id: String) -> String {
    Self.copies + id + "-" + String(UInt64.random(in: .min ... .max), radix: 36)
  }

  /// Removes what is left of runs whose making or removing was interrupted.
  func removeLeftovers() throws(AssayError) {
    let numbers = try read { database in
      try Int64.fetchAll(
        database,
        sql: """
          SELECT number FROM runs WHERE revision IS NULL
            AND process_is_gone(process_id, process_place, process_start, lease_until < \(secondsNow))
          """)
    }
    for number in numbers { try removeUnseen(number) }
  }

  /// Removes a run that nobody sees. Its rows go in several transactions, so that those who
  /// write meanwhile need not wait for all of them.
  func removeUnseen(_ number: Int64) throws(AssayError) {
    while try write({ try Self.removeRows(number, $0) }) {}
    try write { database in
      let folders = try String.fetchAll(
        database,
        sql: """
          SELECT folder FROM run_copies c WHERE run = ?
            AND NOT EXISTS (SELECT 1 FROM run_copies o WHERE o.folder = c.folder AND o.run <> c.run)
          """,
        arguments: [number])
      for folder in folders { removeCopies(in: folder) }
      try database.execute(
        sql: "DELETE FROM runs WHERE number = ? AND revision IS NULL", arguments: [number])
    }
  }

  // MARK: - Steps

  private static let copies = "runs/"
  /// How many rows are written or removed in one transaction.
  static let batchRows = 20_000

  private static func hide(_ number: Int64, _ database: Database) throws {
    let process = ProcessIdentity.current
    try database.execute(sql: "DELETE FROM idempotency_keys WHERE run = ?", arguments: [number])
    try database.execute(
      sql: """
        UPDATE runs SET revision = NULL, lease = NULL, process_id = ?, process_place = ?, process_start = ?,
          lease_until = \(secondsNow) + ? WHERE number = ?
        """,
      arguments: [process.number, process.place, process.start, leaseSeconds, number])
  }

  /// - Returns: Whether there is more to remove than goes with the run.
  private static func removeRows(_ number: Int64, _ database: Database) throws -> Bool {
    let next = try Row.fetchOne(
      database,
      sql: """
        SELECT position, row FROM run_rows r JOIN runs ON number = run AND revision IS NULL
        WHERE run = ? ORDER BY position, row LIMIT 1 OFFSET ?
        """,
      arguments: [number, batchRows])
    guard let next else { return false }
    try database.execute(
      sql: "DELETE FROM run_rows WHERE run = ? AND (position, row) < (?, ?)",
      arguments: [number, next["position"], next["row"]])
    return true
  }

  private func removeCopies(in name: String) {
    guard name.hasPrefix(Self.copies), !name.hasSuffix("/"), !name.contains("..") else { return }
    try? FileManager.default.removeItem(atPath: path(of: name))
  }
}
