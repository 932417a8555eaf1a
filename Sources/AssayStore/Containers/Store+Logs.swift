import GRDB

public import AssayCore
public import AssayJSON

extension Store {
  /// Appends task logs to a container, all or none.
  ///
  /// - Parameter entries: Objects that ``LogEntry/check(_:)`` takes; a member `id` of the
  ///   caller's makes appending the same entry twice an error.
  /// - Returns: The entries with their positions and ids.
  /// - Throws: `registry.not-found`, `registry.invalid` with the row, `registry.conflict` for
  ///   an id that is taken.
  @discardableResult
  public func append(
    logs entries: [JSONValue], to reference: String, scope: Scope = .local
  ) throws(AssayError) -> [LogEntry] {
    var checked: [JSONObject] = []
    for (index, entry) in entries.enumerated() {
      do {
        checked.append(try LogEntry.check(entry))
      } catch {
        throw AssayError(
          error.code, "Entry \(index + 1): \(error.message)",
          details: error.details.merging(["row": String(index + 1)]) { first, _ in first })
      }
    }
    return try write { database in
      let container = try Self.containerID(label: reference, scope, making: false, database)
      var position = try Int.fetchOne(
        database, sql: "SELECT coalesce(max(position) + 1, 0) FROM log_entries WHERE container_id = ?",
        arguments: [container]) ?? 0
      let time = try String.fetchOne(database, sql: "SELECT \(now)") ?? ""
      let insert = try database.makeStatement(
        sql: "INSERT INTO log_entries (container_id, position, id, entry, created_at) VALUES (?, ?, ?, ?, ?)")
      var logged: [LogEntry] = []
      for fields in checked {
        let id = fields["id"]?.stringValue ?? ObjectKind.logEntry.makeID()
        do {
          try insert.execute(arguments: [container, position, id, fields.text, time])
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
          throw AssayError(
            .conflict, "There is a log entry with the id \"\(id)\" already; nothing was appended.",
            details: ["id": id])
        }
        logged.append(LogEntry(position: position, id: id, fields: fields, createdAt: time))
        position += 1
      }
      return logged
    }
  }

  /// Log entries of a container in the order in which they were appended.
  public func logs(
    of reference: String, page: Page = Page(), scope: Scope = .local
  ) throws(AssayError) -> Listing<LogEntry> {
    try read { database in
      let container = try Self.containerID(label: reference, scope, making: false, database)
      let total = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM log_entries WHERE container_id = ?", arguments: [container])
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT * FROM log_entries WHERE container_id = ? ORDER BY position LIMIT ? OFFSET ?",
        arguments: [container, page.limit, page.offset])
      let entries = try rows.map { row in
        LogEntry(
          position: row["position"], id: row["id"], fields: try row.object("entry"),
          createdAt: row["created_at"])
      }
      return Listing(elements: entries, total: total ?? 0)
    }
  }
}
