import AssayCore
import AssayJSON
import GRDB

/// How benchmarks stand in the database.
extension Store {
  static func checkFree(
    benchmark name: String, id: String?, _ scope: Scope, _ database: Database
  ) throws {
    try checkFree(id: id, of: .benchmark, scope, database)
    guard try benchmarkID(name, scope, database) == nil else {
      throw AssayError(
        .conflict, "There is a benchmark \"\(name)\" already.", details: ["name": name])
    }
  }

  static func insert(
    _ specification: BenchmarkSpecification, id: String, _ scope: Scope, _ database: Database
  ) throws -> StoredBenchmark {
    let (dataset, version) = try datasetOf(specification, scope, database)
    try database.execute(
      sql: """
        INSERT INTO benchmarks
          (id, project, owner, metadata, created_at, updated_at, name, description, dataset_id, dataset_version, definition)
        VALUES (?, ?, ?, ?, \(now), \(now), ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, scope.project, scope.owner, specification.metadata.text, specification.name,
        specification.description, dataset, version, specification.json.text,
      ])
    return try benchmark(id, scope, database)
  }

  static func datasetOf(
    _ specification: BenchmarkSpecification, _ scope: Scope, _ database: Database
  ) throws -> (id: String, version: Int?) {
    let dataset = try findDataset(specification.dataset, scope, database)
    return (dataset.id, specification.dataset.contains("@") ? dataset.version.number : nil)
  }

  static func benchmarkID(
    _ reference: String, _ scope: Scope, _ database: Database
  ) throws -> String? {
    try String.fetchOne(
      database,
      sql: """
        SELECT id FROM benchmarks WHERE project = ? AND deleted_at IS NULL AND (name = ? OR id = ?)
        ORDER BY name = ? DESC LIMIT 1
        """,
      arguments: [scope.project, reference, reference, reference])
  }

  static func benchmark(
    _ reference: String, _ scope: Scope, _ database: Database
  ) throws -> StoredBenchmark {
    if let id = try benchmarkID(reference, scope, database),
      let row = try Row.fetchOne(database, sql: "SELECT * FROM benchmarks WHERE id = ?", arguments: [id])
    {
      return try benchmark(row)
    }
    let names = try String.fetchAll(
      database, sql: "SELECT name FROM benchmarks WHERE project = ? AND deleted_at IS NULL",
      arguments: [scope.project])
    throw AssayError(
      .notFound, "There is no benchmark \"\(reference)\".\(suggestion(for: reference, in: names))",
      details: ["benchmark": reference])
  }

  static func benchmark(_ row: Row) throws -> StoredBenchmark {
    StoredBenchmark(
      id: row["id"], scope: Scope(project: row["project"], owner: row["owner"]),
      specification: try BenchmarkSpecification(json: row.json("definition")),
      revision: row["revision"], createdAt: row["created_at"], updatedAt: row["updated_at"])
  }
}
