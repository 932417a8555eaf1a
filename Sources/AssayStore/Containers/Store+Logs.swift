import GRDB

public import AssayCore
public import AssayJSON

extension Store {
  /// Appends task logs to a container, all or none.
  ///
  /// - Parameter entries: Objects that ``LogEntry/check(_:)`` takes; a member `id` of the
  ///   caller's makes appending the same entry to a container twice an error.
  /// - Returns: The entries with their positions and ids.
  /// - Throws: `registry.not-found`, `registry.invalid` with the row, `registry.conflict` for
  ///   an id that is taken.
  @discardableResult
  public func append(
    logs entries: [JSONValue], to reference: String, scope: Scope = .local
  ) throws(AssayError) -> [LogEntry] {
    var checked: [(id: String, fields: JSONObject)] = []
    for entry in entries { checked.append(try Self.checked(entry, row: checked.count + 1)) }
    return try write { database in
      var appending = try LogAppending(reference, scope, database)
      return try checked.map { id, fields in
        let position = try appending.append(id, fields.text)
        return LogEntry(position: position, id: id, fields: fields, createdAt: appending.time)
      }
    }
  }

  /// Appends task logs one after the other, all or none, without holding them in memory.
  ///
  /// The store is not touched before the last one has come and all are checked, so that slow
  /// input keeps nobody from writing.
  /// - Parameter next: The next entry; nil after the last one.
  /// - Returns: How many there were.
  /// - Throws: As ``append(logs:to:scope:)``, and what `next` throws.
  @discardableResult
  public func append(
    to reference: String, scope: Scope = .local, _ next: () throws(AssayError) -> JSONValue?
  ) throws(AssayError) -> Int {
    _ = try read { try Self.containerID(label: reference, scope, making: false, $0) }
    var spool = LogSpool(in: folder)
    while let entry = try next() {
      let (id, fields) = try Self.checked(entry, row: spool.count + 1)
      try spool.add(id: id, text: fields.text)
    }
    try write { database in
      var appending = try LogAppending(reference, scope, database)
      try spool.drain { _ = try appending.append($0, $1) }
    }
    return spool.count
  }

  private static func checked(
    _ value: JSONValue, row: Int
  ) throws(AssayError) -> (id: String, fields: JSONObject) {
    do throws(AssayError) {
      let fields = try LogEntry.check(value)
      return (fields["id"].flatMap(LogEntry.id) ?? ObjectKind.logEntry.makeID(), fields)
    } catch {
      throw AssayError(
        error.code, "Entry \(row): \(error.message)",
        details: error.details.merging(["row": String(row)]) { first, _ in first })
    }
  }

  /// Log entries of a container in the order in which they were appended.
  public func logs(
    of reference: String, page: Page = Page(), scope: Scope = .local
  ) throws(AssayError) -> Listing<LogEntry> {
    try read { database in
      let container = try Self.containerID(label: reference, scope, making: false, database)
      let rows = try Row.fetchAll(
        database,
        // Positions have no gaps, so that an offset is a position.
        sql: "SELECT * FROM log_entries WHERE container_id = ? AND position >= ? ORDER BY position LIMIT ?",
        arguments: [container, page.offset, page.limit])
      let entries = try rows.map { row in
        LogEntry(
          position: row["position"], id: row["id"], fields: try row.object("entry"),
          createdAt: row["created_at"])
      }
      return Listing(elements: entries, total: try Self.logCount(of: container, database))
    }
  }

  /// How many log entries a container has.
  ///
  /// - Complexity: O(log *n*): entries stay, and their positions have no gaps.
  static func logCount(of container: String, _ database: Database) throws -> Int {
    try Int.fetchOne(
      database, sql: "SELECT \(logCount(of: "?"))", arguments: [container]) ?? 0
  }

  /// The SQL of the number of log entries of a container.
  static func logCount(of container: String) -> String {
    "(SELECT coalesce(max(l.position) + 1, 0) FROM log_entries l WHERE l.container_id = \(container))"
  }

  /// Hands the log entries of a container over in their order; not all of them are ever
  /// in memory. Those that come meanwhile are not among them.
  ///
  /// - Parameter body: Returns whether it wants more.
  /// - Returns: How many entries there were.
  /// - Throws: `registry.not-found`, and what `body` throws.
  @discardableResult
  public func eachLog(
    of reference: String, batch size: Int = 1000, scope: Scope = .local,
    _ body: (LogEntry) throws(AssayError) -> Bool
  ) throws(AssayError) -> Int {
    let total = try logs(of: reference, page: Page(limit: 0), scope: scope).total
    for offset in stride(from: 0, to: total, by: max(1, size)) {
      let page = Page(limit: min(size, total - offset), offset: offset)
      for entry in try logs(of: reference, page: page, scope: scope).elements {
        guard try body(entry) else { return total }
      }
    }
    return total
  }
}

/// One transaction's entries at the end of a container's logs.
private struct LogAppending {
  /// When they are appended.
  let time: String
  private let container: String
  private let first: Int
  private var count = 0
  private let insert: Statement

  /// - Throws: `registry.not-found`.
  init(_ reference: String, _ scope: Scope, _ database: Database) throws {
    container = try Store.containerID(label: reference, scope, making: false, database)
    first = try Store.logCount(of: container, database)
    time = try String.fetchOne(database, sql: "SELECT \(now)") ?? ""
    insert = try database.makeStatement(
      sql: "INSERT INTO log_entries (container_id, position, id, entry, created_at) VALUES (?, ?, ?, ?, ?)")
  }

  /// - Returns: Its position.
  /// - Throws: `registry.conflict` for an id that is taken.
  mutating func append(_ id: String, _ text: String) throws -> Int {
    defer { count += 1 }
    do {
      try insert.execute(arguments: [container, first + count, id, text, time])
      return first + count
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      throw AssayError(
        .conflict, "There is a log entry with the id \"\(id)\" already; nothing was appended.",
        details: ["id": id, "row": String(count + 1)])
    }
  }
}
