import AssayCore
import AssayJSON
import GRDB

/// How evaluators stand in the database.
extension Store {
  static let joined =
    "evaluators e JOIN evaluator_versions v ON v.evaluator_id = e.id AND v.version = e.version"
  static let columns =
    "e.id, e.project, e.owner, e.created_at, e.deleted_at, v.version, v.definition, v.fingerprint, v.created_at AS updated_at"

  static func evaluator(_ row: Row) throws -> StoredEvaluator {
    StoredEvaluator(
      id: row["id"], scope: Scope(project: row["project"], owner: row["owner"]),
      specification: try EvaluatorSpecification(json: row.json("definition")),
      version: row["version"], fingerprint: row["fingerprint"], createdAt: row["created_at"],
      updatedAt: row["updated_at"], deletedAt: row["deleted_at"])
  }

  static func evaluator(id: String, version: Int?, _ database: Database) throws -> StoredEvaluator {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT \(columns) FROM evaluators e JOIN evaluator_versions v ON v.evaluator_id = e.id
        WHERE e.id = ? AND v.version = coalesce(?, e.version)
        """,
      arguments: [id, version])
    guard let row else {
      throw AssayError(.notFound, "There is no evaluator \"\(id)\".", details: ["evaluator": id])
    }
    return try evaluator(row)
  }

  /// By name, by id, or by either and version; of those that are not deleted first.
  static func find(_ reference: String, _ scope: Scope, _ database: Database) throws -> StoredEvaluator {
    let parts = reference.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      guard let version = Int(parts[1]) else { throw notFound(reference, scope, database) }
      let id = try String.fetchOne(
        database,
        sql: """
          SELECT evaluator_id FROM evaluator_versions
          WHERE project = ?1 AND version = ?2 AND (name = ?3 OR evaluator_id = ?3) ORDER BY name = ?3 DESC LIMIT 1
          """,
        arguments: [scope.project, version, String(parts[0])])
      guard let id else { throw notFound(reference, scope, database) }
      return try evaluator(id: id, version: version, database)
    }
    let id = try String.fetchOne(
      database,
      sql: """
        SELECT id FROM evaluators WHERE project = ?1 AND (id = ?2 OR (name = ?2 AND deleted_at IS NULL))
        ORDER BY deleted_at IS NULL DESC, name = ?2 DESC LIMIT 1
        """,
      arguments: [scope.project, reference])
    guard let id else { throw notFound(reference, scope, database) }
    return try evaluator(id: id, version: nil, database)
  }

  static func notFound(_ reference: String, _ scope: Scope, _ database: Database) -> AssayError {
    let names = try? String.fetchAll(
      database, sql: "SELECT name FROM evaluators WHERE project = ? AND deleted_at IS NULL",
      arguments: [scope.project])
    return AssayError(
      .notFound,
      "There is no evaluator \"\(reference)\".\(suggestion(for: reference, in: names ?? []))",
      details: ["evaluator": reference])
  }

  /// - Parameter own: The id of the evaluator that is to be called so, which may be the same.
  static func checkFree(
    name: String, besides own: String? = nil, _ scope: Scope, _ database: Database
  ) throws {
    let isTaken = try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM evaluators
          WHERE project = ?1 AND (name = ?2 OR id = ?2) AND id IS NOT ?3 AND deleted_at IS NULL)
        """,
      arguments: [scope.project, name, own])
    guard isTaken == true else { return }
    throw AssayError(
      .conflict,
      "There is an evaluator \"\(name)\" already. Update it, or choose another name.",
      details: ["name": name])
  }

  /// One more than any version that the evaluator or the name has had.
  static func nextVersion(
    of id: String, name: String, _ scope: Scope, _ database: Database
  ) throws -> Int {
    let last = try Int.fetchOne(
      database,
      sql: """
        SELECT coalesce(max(version), 0) FROM evaluator_versions
        WHERE evaluator_id = ? OR (project = ? AND name = ?)
        """,
      arguments: [id, scope.project, name])
    return (last ?? 0) + 1
  }

  static func insertVersion(
    _ version: Int, of id: String, _ specification: EvaluatorSpecification, _ fingerprint: String,
    _ scope: Scope, _ database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO evaluator_versions (evaluator_id, version, project, name, definition, fingerprint, created_at)
        VALUES (?, ?, ?, ?, ?, ?, \(now))
        """,
      arguments: [
        id, version, scope.project, specification.name, specification.json.text, fingerprint,
      ])
  }
}

extension Row {
  /// Whether a table has an object of that id, deleted or not.
  static func exists(_ table: String, id: String, _ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE id = ?)", arguments: [id]) ?? false
  }
}
