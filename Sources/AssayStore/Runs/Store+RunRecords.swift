import AssayCore
import AssayJSON
import GRDB

extension Database {
  /// The number of a run's revision; of the last one where none is named.
  func runNumber(_ id: String, revision: Int? = nil, _ scope: Scope) throws -> Int64 {
    let number = try Int64.fetchOne(
      self,
      sql: """
        SELECT number FROM runs WHERE project = ?1 AND id = ?2 AND revision IS NOT NULL
          AND revision = coalesce(?3, revision) ORDER BY revision DESC LIMIT 1
        """,
      arguments: [scope.project, id, revision])
    if let number { return number }
    if revision != nil {
      let last = try Store.run(runNumber(id, scope), self).revision
      throw AssayError(
        .notFound, "The run \(id) has no revision \(revision ?? 0). The last one is \(last).",
        details: ["run": id])
    }
    let ids = try String.fetchAll(
      self,
      sql: """
        SELECT DISTINCT id FROM runs WHERE project = ? AND revision IS NOT NULL ORDER BY number DESC LIMIT 200
        """,
      arguments: [scope.project])
    throw AssayError(
      .notFound, "There is no run \"\(id)\".\(suggestion(for: id, in: ids))", details: ["run": id])
  }
}

/// How runs stand in the database.
extension Store {
  static func run(_ number: Int64, _ database: Database) throws -> StoredRun {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT \(RunColumns.facts), r.config, r.sources, r.result FROM \(RunColumns.place)
        WHERE r.number = ? AND r.revision IS NOT NULL
        """,
      arguments: [number])
    guard let row else { throw AssayError(.notFound, "The run is not there any more.") }
    let evaluators = try Row.fetchAll(
      database, sql: "SELECT * FROM run_evaluators WHERE run = ? ORDER BY position", arguments: [number])
    var metrics = JSONObject()
    let set = try Row.fetchAll(
      database,
      sql: "SELECT metric, value FROM run_metrics WHERE run = ? AND source = 'caller' ORDER BY metric",
      arguments: [number])
    for metric in set {
      metrics[metric["metric"]] = ["value": JSONValue(metric["value"] as Double?), "source": "caller"]
    }
    return StoredRun(
      facts: try RunFacts(row, evaluators.map(RunEvaluator.init)), config: try row.object("config"),
      sources: try row.json("sources"), result: try row.json("result"), callerMetrics: metrics)
  }

  /// The evaluators of several runs, in their order.
  static func evaluators(ofRuns numbers: [Int64], _ database: Database) throws -> [Int64: [RunEvaluator]] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT * FROM run_evaluators WHERE run IN (\(databaseQuestionMarks(count: numbers.count)))
        ORDER BY run, position
        """,
      arguments: StatementArguments(numbers))
    return Dictionary(grouping: rows) { $0["run"] as Int64 }.mapValues { $0.map(RunEvaluator.init) }
  }
}
