import AssayJSON
import GRDB

public import AssayCore

extension Store {
  /// Adds a benchmark.
  ///
  /// - Throws: `registry.conflict` where the name is taken, `registry.not-found` where there
  ///   is no such data set.
  public func createBenchmark(
    _ specification: BenchmarkSpecification, id: String? = nil, scope: Scope = .local
  ) throws(AssayError) -> StoredBenchmark {
    if let id { try ObjectKind.benchmark.check(id: id) }
    let id = id ?? ObjectKind.benchmark.makeID()
    return try write { database in
      let isTaken = try Self.benchmarkID(specification.name, scope, database) != nil
      guard try !isTaken && !Row.exists("benchmarks", id: id, database) else {
        throw AssayError(
          .conflict, "There is a benchmark \"\(specification.name)\" already.",
          details: ["name": specification.name])
      }
      let (dataset, version) = try Self.datasetOf(specification, scope, database)
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
      return try Self.benchmark(id, scope, database)
    }
  }

  /// The benchmark of that id or name.
  public func benchmark(_ reference: String, scope: Scope = .local) throws(AssayError) -> StoredBenchmark {
    try read { try Self.benchmark(reference, scope, $0) }
  }

  /// The benchmarks that are not deleted, the oldest first.
  public func benchmarks(page: Page = Page(), scope: Scope = .local) throws(AssayError) -> Listing<StoredBenchmark> {
    try read { database in
      let place = "benchmarks WHERE project = ? AND deleted_at IS NULL"
      let total = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM \(place)", arguments: [scope.project])
      let rows = try Row.fetchAll(
        database, sql: "SELECT * FROM \(place) ORDER BY created_at, rowid LIMIT ? OFFSET ?",
        arguments: [scope.project, page.limit, page.offset])
      return Listing(elements: try rows.map(Self.benchmark), total: total ?? 0)
    }
  }

  /// Replaces what is said of a benchmark; its name stays.
  public func updateBenchmark(
    _ specification: BenchmarkSpecification, scope: Scope = .local
  ) throws(AssayError) -> StoredBenchmark {
    try write { database in
      let current = try Self.benchmark(specification.name, scope, database)
      guard current.specification != specification else { return current }
      let (dataset, version) = try Self.datasetOf(specification, scope, database)
      try database.execute(
        sql: """
          UPDATE benchmarks SET description = ?, metadata = ?, dataset_id = ?, dataset_version = ?,
            definition = ?, revision = revision + 1, updated_at = \(now) WHERE id = ?
          """,
        arguments: [
          specification.description, specification.metadata.text, dataset, version,
          specification.json.text, current.id,
        ])
      return try Self.benchmark(current.id, scope, database)
    }
  }

  /// Hides a benchmark.
  public func deleteBenchmark(_ reference: String, scope: Scope = .local) throws(AssayError) -> String {
    try write { database in
      let id = try Self.benchmark(reference, scope, database).id
      try database.execute(
        sql: "UPDATE benchmarks SET deleted_at = \(now) WHERE id = ?", arguments: [id])
      return id
    }
  }
}

extension Store {
  private static func datasetOf(
    _ specification: BenchmarkSpecification, _ scope: Scope, _ database: Database
  ) throws -> (id: String, version: Int?) {
    let dataset = try findDataset(specification.dataset, scope, database)
    return (dataset.id, specification.dataset.contains("@") ? dataset.version.number : nil)
  }

  private static func benchmarkID(
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

  private static func benchmark(
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

  private static func benchmark(_ row: Row) throws -> StoredBenchmark {
    StoredBenchmark(
      id: row["id"], scope: Scope(project: row["project"], owner: row["owner"]),
      specification: try BenchmarkSpecification(json: row.json("definition")),
      revision: row["revision"], createdAt: row["created_at"], updatedAt: row["updated_at"])
  }
}
