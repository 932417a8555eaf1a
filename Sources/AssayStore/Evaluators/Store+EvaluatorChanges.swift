import AssayCore
import AssayJSON
import GRDB

/// Changes of evaluators inside a transaction.
extension Store {
  /// Adds an evaluator.
  static func insert(
    _ specification: EvaluatorSpecification, _ fingerprint: String, id: String? = nil, making makesContainer: Bool,
    _ scope: Scope, _ database: Database
  ) throws -> StoredEvaluator {
    try checkFree(id: id, of: .evaluator, scope, database)
    let id = id ?? ObjectKind.evaluator.makeID()
    try checkFree(name: specification.name, scope, database)
    let container = try specification.container.map {
      try containerID(label: $0, scope, making: makesContainer, database)
    }
    let version = try nextVersion(of: id, name: specification.name, scope, database)
    try database.execute(
      sql: """
        INSERT INTO evaluators (id, project, owner, metadata, created_at, updated_at, name, container_id, version)
        VALUES (?, ?, ?, ?, \(now), \(now), ?, ?, ?)
        """,
      arguments: [
        id, scope.project, scope.owner, specification.metadata.text, specification.name, container,
        version,
      ])
    try insertVersion(version, of: id, specification, fingerprint, scope, database)
    return try evaluator(id: id, version: nil, database)
  }

  /// Makes a version of an evaluator that is not deleted, where anything changes.
  static func update(
    _ current: StoredEvaluator, ifMatch expected: Int?, _ scope: Scope, _ database: Database,
    _ change: (StoredEvaluator) throws(AssayError) -> (EvaluatorSpecification, fingerprint: String)
  ) throws -> StoredEvaluator {
    if let expected, expected != current.version {
      throw AssayError(
        .conflict,
        "\(current.specification.name) is at version \(current.version), not \(expected): somebody has changed it. Get it again and repeat the change.",
        details: ["version": String(current.version), "expected": String(expected)])
    }
    let (next, fingerprint) = try change(current)
    guard next != current.specification || fingerprint != current.fingerprint else { return current }
    guard next.kind == current.specification.kind else {
      throw AssayError(
        .conflict,
        "The type of an evaluator does not change: \(current.specification.name) is of type \(current.specification.kind.rawValue). Create another one.",
        details: ["field": "type"])
    }
    if next.name != current.specification.name {
      try checkFree(name: next.name, besides: current.id, scope, database)
    }
    let container = try next.container.map {
      try containerID(label: $0, scope, making: false, database)
    }
    let version = try nextVersion(of: current.id, name: next.name, scope, database)
    try database.execute(
      sql: """
        UPDATE evaluators SET name = ?, container_id = ?, metadata = ?, version = ?, updated_at = \(now)
        WHERE id = ?
        """,
      arguments: [next.name, container, next.metadata.text, version, current.id])
    try insertVersion(version, of: current.id, next, fingerprint, scope, database)
    return try evaluator(id: current.id, version: nil, database)
  }

  /// Makes the evaluator of a name what it should be, and adds it where there is none.
  static func apply(
    _ next: EvaluatorSpecification, _ fingerprint: String, _ expected: Int?, _ scope: Scope,
    _ database: Database, _ settle: (StoredEvaluator, EvaluatorSpecification) -> EvaluatorSpecification
  ) throws -> StoredEvaluator {
    let id = try String.fetchOne(
      database, sql: "SELECT id FROM evaluators WHERE project = ? AND name = ? AND deleted_at IS NULL",
      arguments: [scope.project, next.name])
    guard let id else {
      if expected != nil { throw notFound(next.name, scope, database) }
      return try insert(next, fingerprint, making: false, scope, database)
    }
    return try update(evaluator(id: id, version: nil, database), ifMatch: expected, scope, database) {
      (settle($0, next), fingerprint)
    }
  }
}
