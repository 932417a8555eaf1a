import AssayCore
import AssayJSON
import GRDB

/// How data sets stand in the database.
extension Store {
  static let datasetQuery = """
    SELECT d.*, v.version AS number, v.content_hash, v.file, v.row_count, v.splits, v.origin,
      v.created_at AS version_at
    FROM datasets d JOIN dataset_versions v ON v.dataset_id = d.id
    """

  static func dataset(_ row: Row) throws -> StoredDataset {
    var splits: [String: Int] = [:]
    for (name, count) in try row.object("splits") { splits[name] = count.integerValue.map { Int($0) } }
    return StoredDataset(
      id: row["id"], scope: Scope(project: row["project"], owner: row["owner"]), name: row["name"],
      description: row["description"], metadata: try row.object("metadata"),
      version: DatasetVersion(
        number: row["number"], contentHash: row["content_hash"], file: row["file"],
        rowCount: row["row_count"], splits: splits, origin: try row.object("origin")),
      createdAt: row["created_at"], updatedAt: row["version_at"])
  }

  static func dataset(_ id: String, version: Int?, _ database: Database) throws -> StoredDataset {
    let row = try Row.fetchOne(
      database, sql: "\(datasetQuery) WHERE d.id = ? AND v.version = coalesce(?, d.version)",
      arguments: [id, version])
    guard let row else {
      throw AssayError(
        .notFound,
        "The data set \(id) has no version \(version.map(String.init) ?? "at all").",
        details: ["dataset": id])
    }
    return try dataset(row)
  }

  static func createDataset(
    name: String, description: String?, metadata: JSONObject, version: DatasetVersion, id: String?,
    _ scope: Scope, _ database: Database
  ) throws -> StoredDataset {
    try checkFree(dataset: name, id: id, scope, database)
    let id = id ?? ObjectKind.dataset.makeID()
    try database.execute(
      sql: """
        INSERT INTO datasets (id, project, owner, metadata, created_at, updated_at, name, description, version)
        VALUES (?, ?, ?, ?, \(now), \(now), ?, ?, 1)
        """,
      arguments: [id, scope.project, scope.owner, metadata.text, name, description])
    try insert(version, number: 1, of: id, database)
    return try dataset(id, version: nil, database)
  }

  static func checkFree(
    dataset name: String, id: String?, _ scope: Scope, _ database: Database
  ) throws {
    try checkFree(id: id, of: .dataset, scope, database)
    try check(name: name, field: "name", of: .dataset)
    guard try datasetID(name, scope, database) == nil else {
      throw AssayError(
        .conflict,
        "There is a data set \"\(name)\" already. Add a version to it with: assay datasets update \(name) --file …",
        details: ["name": name])
    }
  }

  static func datasetID(_ reference: String, _ scope: Scope, _ database: Database) throws -> String? {
    try String.fetchOne(
      database,
      sql: """
        SELECT id FROM datasets WHERE project = ? AND deleted_at IS NULL AND (name = ? OR id = ?)
        ORDER BY name = ? DESC LIMIT 1
        """,
      arguments: [scope.project, reference, reference, reference])
  }

  /// The id of a data set by name or id; of one that was deleted where no other has the name.
  static func datasetID(_ reference: String, everThere scope: Scope, _ database: Database) throws -> String {
    let id = try String.fetchOne(
      database,
      sql: """
        SELECT id FROM datasets WHERE project = ?1 AND (name = ?2 OR id = ?2)
        ORDER BY deleted_at IS NULL DESC, name = ?2 DESC, created_at DESC LIMIT 1
        """,
      arguments: [scope.project, reference])
    return try id ?? findDataset(reference, scope, database).id
  }

  static func findDataset(_ reference: String, _ scope: Scope, _ database: Database) throws -> StoredDataset {
    let parts = reference.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    let version = parts.count == 2 ? Int(parts[1]) : nil
    guard parts.count < 2 || version != nil, let id = try datasetID(name, scope, database) else {
      let names = try String.fetchAll(
        database, sql: "SELECT name FROM datasets WHERE project = ? AND deleted_at IS NULL",
        arguments: [scope.project])
      throw AssayError(
        .notFound, "There is no data set \"\(reference)\".\(suggestion(for: name, in: names))",
        details: ["dataset": reference])
    }
    return try dataset(id, version: version, database)
  }

  static func insert(
    _ version: DatasetVersion, number: Int, of id: String, _ database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO dataset_versions
          (dataset_id, version, content_hash, file, row_count, splits, origin, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, \(now))
        """,
      arguments: [
        id, number, version.contentHash, version.file, version.rowCount, version.splitCounts.text,
        version.origin.text,
      ])
  }
}
