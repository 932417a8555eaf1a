import AssayCore
import GRDB

/// The SQL behind a list of runs.
struct RunQuery {
  private var conditions = [
    "r.project = ?",
    "r.revision = (SELECT max(n.revision) FROM runs n WHERE n.project = r.project AND n.id = r.id)",
  ]
  private var arguments: StatementArguments
  private var metric: String?
  private var isAscending = false

  init(_ scope: Scope) { arguments = [scope.project] }

  /// - Throws: `registry.not-found` for a container or a data set that there is not and never was.
  init(_ filter: RunFilter, _ scope: Scope, _ database: Database) throws {
    self.init(scope)
    if let status = filter.status { add("\(RunColumns.status) = ?", [status.rawValue]) }
    if let label = filter.container {
      add("r.container_id = ?", [try Store.containerID(label, everThere: scope, database)])
    }
    if let dataset = filter.dataset {
      add("r.dataset_id = ?", [try Store.datasetID(dataset, everThere: scope, database)])
    }
    if let evaluator = filter.evaluator {
      add(
        "EXISTS (SELECT 1 FROM run_evaluators e WHERE e.run = r.number AND (e.name = ? OR e.evaluator_id = ?))",
        [evaluator, evaluator])
    }
    if let model = filter.model {
      add(
        "EXISTS (SELECT 1 FROM run_evaluators e WHERE e.run = r.number AND (e.model = ? OR e.model GLOB ?))",
        [model, Self.anyVersion(of: model)])
    }
    metric = filter.metric
    isAscending = filter.isAscending
  }

  private mutating func add(_ condition: String, _ arguments: StatementArguments) {
    conditions.append(condition)
    self.arguments += arguments
  }

  private var place: String { "\(RunColumns.place) WHERE \(conditions.joined(separator: " AND "))" }

  func total(_ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM \(place)", arguments: arguments) ?? 0
  }

  /// What finds a page; see ``arguments(_:)``.
  var sql: String {
    let direction = isAscending ? "ASC" : "DESC"
    // What was computed goes before what a caller has set under the same name.
    let value = metric == nil ? "NULL" : """
      (SELECT m.value FROM run_metrics m WHERE m.run = r.number AND m.metric = ?
        ORDER BY m.source = 'caller', m.position LIMIT 1)
      """
    let order = metric == nil ? "r.number \(direction)" : "metric IS NULL, metric \(direction), r.number DESC"
    return "SELECT \(RunColumns.facts), \(value) AS metric FROM \(place) ORDER BY \(order) LIMIT ? OFFSET ?"
  }

  func arguments(_ page: Page) -> StatementArguments {
    (metric.map { [$0] } ?? []) + arguments + [page.limit, page.offset]
  }

  func page(_ page: Page, _ database: Database) throws -> [RunFacts] {
    let rows = try Row.fetchAll(database, sql: sql, arguments: arguments(page))
    let evaluators = try Store.evaluators(ofRuns: rows.map { $0["number"] }, database)
    return try rows.map { row in
      var facts = try RunFacts(row, evaluators[row["number"]] ?? [])
      facts.metric = row["metric"]
      return facts
    }
  }

  /// A pattern for the versions of a model, with nothing in the name that is a pattern.
  private static func anyVersion(of model: String) -> String {
    model.map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined() + "@[0-9]*"
  }
}
