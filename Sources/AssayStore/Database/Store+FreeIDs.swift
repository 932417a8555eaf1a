import AssayCore
import GRDB

/// What names and ids may be used again.
extension Store {
  /// Makes sure that an id which a caller chose means one object: none has it, deleted or not,
  /// and none goes by it as its name.
  ///
  /// - Throws: `registry.invalid`, `registry.conflict`.
  static func checkFree(
    id: String?, of kind: ObjectKind, _ scope: Scope, _ database: Database
  ) throws {
    guard let id, let (table, name) = kind.table else { return }
    try kind.check(id: id)
    if try Row.exists(table, id: id, database) {
      throw AssayError(
        .conflict, "There is \(kind.phrase) with the id \"\(id)\" already.", details: ["id": id])
    }
    let isName = try Bool.fetchOne(
      database,
      sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE project = ? AND \(name) = ? AND deleted_at IS NULL)",
      arguments: [scope.project, id])
    guard isName == true else { return }
    throw AssayError(
      .conflict, "\"\(id)\" is the \(name) of another \(kind.word) already, so that it cannot be an id.",
      details: ["id": id])
  }
}

extension ObjectKind {
  /// The table of objects that are called by a name or an id, and the column of the name.
  fileprivate var table: (String, name: String)? {
    switch self {
    case .evaluator: ("evaluators", "name")
    case .container: ("containers", "label")
    case .dataset: ("datasets", "name")
    case .model: ("models", "name")
    case .benchmark: ("benchmarks", "name")
    case .logEntry, .prediction, .run: nil
    }
  }
}
