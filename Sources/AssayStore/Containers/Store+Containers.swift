import GRDB

public import AssayCore
import AssayJSON

extension Store {
  /// Adds a container.
  ///
  /// - Throws: `registry.conflict` where the label or the id is taken.
  public func createContainer(
    _ specification: ContainerSpecification, id: String? = nil, scope: Scope = .local
  ) throws(AssayError) -> StoredContainer {
    try write { database in
      try Self.checkFree(id: id, of: .container, scope, database)
      guard try Self.liveContainer(specification.label, scope, database) == nil else {
        throw AssayError(
          .conflict, "There is a container \"\(specification.label)\" already.",
          details: ["label": specification.label])
      }
      let made = try Self.insertContainer(specification, id: id, scope, database)
      return try Self.container(made, scope, database)
    }
  }

  /// The container of that id or label.
  ///
  /// - Throws: `registry.not-found` with near labels.
  public func container(_ reference: String, scope: Scope = .local) throws(AssayError) -> StoredContainer {
    try read { try Self.container(reference, scope, $0) }
  }

  /// The containers, the oldest first.
  public func containers(page: Page = Page(), scope: Scope = .local) throws(AssayError) -> Listing<StoredContainer> {
    try read { database in
      let place = "containers c WHERE c.project = ? AND c.deleted_at IS NULL"
      let total = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM \(place)", arguments: [scope.project])
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT \(Self.containerColumns) FROM \(place) ORDER BY c.created_at, c.rowid LIMIT ? OFFSET ?",
        arguments: [scope.project, page.limit, page.offset])
      return Listing(elements: try rows.map(Self.container), total: total ?? 0)
    }
  }

  /// Changes description and metadata; the label stays.
  ///
  /// - Parameter expected: The revision that the caller has seen; nil does not care.
  /// - Returns: The container; the same revision where nothing changed.
  /// - Throws: `registry.not-found`, `registry.conflict`.
  public func updateContainer(
    _ reference: String, _ patch: DescriptionPatch, ifMatch expected: Int? = nil,
    scope: Scope = .local
  ) throws(AssayError) -> StoredContainer {
    try write { database in
      let current = try Self.container(reference, scope, database)
      if let expected, expected != current.revision {
        throw AssayError(
          .conflict,
          "The container \"\(current.label)\" is at revision \(current.revision), not \(expected): somebody has changed it.",
          details: ["revision": String(current.revision), "expected": String(expected)])
      }
      let next = patch.applied(to: current.description, current.metadata)
      guard next != (current.description, current.metadata) else { return current }
      try database.execute(
        sql: """
          UPDATE containers SET description = ?, metadata = ?, revision = revision + 1, updated_at = \(now)
          WHERE id = ?
          """,
        arguments: [next.description, next.metadata.text, current.id])
      return try Self.container(current.id, scope, database)
    }
  }

  /// Hides a container whose label is then free again; its logs and runs stay.
  ///
  /// - Throws: `registry.not-found`, and `registry.conflict` while evaluators belong to it.
  public func deleteContainer(_ reference: String, scope: Scope = .local) throws(AssayError) -> String {
    try write { database in
      let current = try Self.container(reference, scope, database)
      let owned = try String.fetchAll(
        database,
        sql: "SELECT name FROM evaluators WHERE container_id = ? AND deleted_at IS NULL LIMIT 5",
        arguments: [current.id])
      guard owned.isEmpty else {
        throw AssayError(
          .conflict,
          "The container \"\(current.label)\" has evaluators: \(owned.joined(separator: ", ")). Delete them first.",
          details: ["container": current.label])
      }
      try database.execute(
        sql: "UPDATE containers SET deleted_at = \(now) WHERE id = ?", arguments: [current.id])
      return current.id
    }
  }
}

extension Store {
  private static let containerColumns =
    "c.*, \(logCount(of: "c.id")) AS log_count"

  private static func container(_ row: Row) throws -> StoredContainer {
    StoredContainer(
      id: row["id"], scope: Scope(project: row["project"], owner: row["owner"]), label: row["label"],
      description: row["description"], metadata: try row.object("metadata"), revision: row["revision"],
      logCount: row["log_count"], createdAt: row["created_at"], updatedAt: row["updated_at"])
  }

  static func container(_ reference: String, _ scope: Scope, _ database: Database) throws -> StoredContainer {
    let id = try containerID(label: reference, scope, making: false, database)
    let row = try Row.fetchOne(
      database, sql: "SELECT \(containerColumns) FROM containers c WHERE c.id = ?", arguments: [id])
    guard let row else { throw try noContainer(reference, scope, database) }
    return try container(row)
  }

  private static func liveContainer(_ reference: String, _ scope: Scope, _ database: Database) throws -> String? {
    try String.fetchOne(
      database,
      sql: """
        SELECT id FROM containers WHERE project = ? AND deleted_at IS NULL AND (label = ? OR id = ?)
        ORDER BY label = ? DESC LIMIT 1
        """,
      arguments: [scope.project, reference, reference, reference])
  }

  /// The id of the container of that label or id; a new one where `making` allows it.
  static func containerID(
    label: String, _ scope: Scope, making: Bool, _ database: Database
  ) throws -> String {
    if let id = try liveContainer(label, scope, database) { return id }
    guard making else { throw try noContainer(label, scope, database) }
    try check(name: label, field: "label", of: .container)
    return try insertContainer(ContainerSpecification(label: label), id: nil, scope, database)
  }

  /// The id of a container by label or id; of one that was deleted where no other has the label.
  static func containerID(_ reference: String, everThere scope: Scope, _ database: Database) throws -> String {
    let id = try String.fetchOne(
      database,
      sql: """
        SELECT id FROM containers WHERE project = ?1 AND (label = ?2 OR id = ?2)
        ORDER BY deleted_at IS NULL DESC, label = ?2 DESC, created_at DESC LIMIT 1
        """,
      arguments: [scope.project, reference])
    guard let id else { throw try noContainer(reference, scope, database) }
    return id
  }

  private static func insertContainer(
    _ specification: ContainerSpecification, id: String?, _ scope: Scope, _ database: Database
  ) throws -> String {
    let id = id ?? ObjectKind.container.makeID()
    try database.execute(
      sql: """
        INSERT INTO containers (id, project, owner, metadata, created_at, updated_at, label, description)
        VALUES (?, ?, ?, ?, \(now), \(now), ?, ?)
        """,
      arguments: [
        id, scope.project, scope.owner, specification.metadata.text, specification.label,
        specification.description,
      ])
    return id
  }

  private static func noContainer(_ reference: String, _ scope: Scope, _ database: Database) throws -> AssayError {
    let labels = try String.fetchAll(
      database, sql: "SELECT label FROM containers WHERE project = ? AND deleted_at IS NULL",
      arguments: [scope.project])
    let near = suggestion(for: reference, in: labels)
    return AssayError(
      .notFound,
      "There is no container \"\(reference)\"."
        + (near.isEmpty ? " Create it with: assay containers create --label \(reference)" : near),
      details: ["container": reference])
  }
}
