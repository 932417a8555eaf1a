import GRDB

public import AssayCore
import AssayJSON

extension Store {
  /// Adds an evaluator as its first version.
  ///
  /// A name that was deleted is free again; its version numbers go on where they stopped,
  /// so that `name@version` names one evaluator for ever.
  /// - Parameters:
  ///   - id: An id of the caller's choice.
  ///   - makesContainer: Whether a container whose label is new is made with it.
  /// - Throws: `registry.conflict` where the name or the id is taken, `registry.not-found`
  ///   for a container that is not there and must not be made.
  public func createEvaluator(
    _ specification: EvaluatorSpecification, fingerprint: String, id: String? = nil,
    makesContainer: Bool = true, scope: Scope = .local
  ) throws(AssayError) -> StoredEvaluator {
    try write { database in
      try Self.insert(specification, fingerprint, id: id, making: makesContainer, scope, database)
    }
  }

  /// The evaluator of that name or id, at its last version or at `NAME@VERSION`.
  ///
  /// A deleted one is found by its id, where no other goes by it, and by name and version.
  /// - Throws: `registry.not-found` with near names.
  public func evaluator(_ reference: String, scope: Scope = .local) throws(AssayError) -> StoredEvaluator {
    try read { try Self.find(reference, scope, $0) }
  }

  /// One version of the evaluator of that id, whatever is called so, and also of a deleted one.
  ///
  /// - Throws: `registry.not-found`.
  public func evaluator(id: String, version: Int) throws(AssayError) -> StoredEvaluator {
    try read { try Self.evaluator(id: id, version: version, $0) }
  }

  /// The evaluators that are not deleted, the newest last.
  public func evaluators(
    _ filter: EvaluatorFilter = EvaluatorFilter(), page: Page = Page(), scope: Scope = .local
  ) throws(AssayError) -> Listing<StoredEvaluator> {
    try read { database in
      var conditions = ["e.project = ?", "e.deleted_at IS NULL"]
      var arguments: StatementArguments = [scope.project]
      if let label = filter.container {
        conditions.append("e.container_id = ?")
        arguments += [try Self.containerID(label: label, scope, making: false, database)]
      }
      if let kind = filter.kind {
        conditions.append("json_extract(v.definition, '$.type') = ?")
        arguments += [kind]
      }
      let place = "\(Self.joined) WHERE \(conditions.joined(separator: " AND "))"
      let total = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(place)", arguments: arguments)
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT \(Self.columns) FROM \(place) ORDER BY e.created_at, e.rowid LIMIT ? OFFSET ?",
        arguments: arguments + [page.limit, page.offset])
      return Listing(elements: try rows.map(Self.evaluator), total: total ?? 0)
    }
  }

  /// Makes a new version.
  ///
  /// - Parameters:
  ///   - expected: The version that the caller has seen; nil does not care.
  ///   - change: Gets the evaluator as it is, and says what it becomes and with which
  ///     fingerprint. Called inside the transaction: no other update comes between.
  /// - Returns: The evaluator; the same version where nothing changed.
  /// - Throws: `registry.not-found`, and `registry.conflict` for another version, a name
  ///   that is taken, and an evaluator of another type.
  public func updateEvaluator(
    _ reference: String, ifMatch expected: Int? = nil, scope: Scope = .local,
    _ change: (StoredEvaluator) throws(AssayError) -> (EvaluatorSpecification, fingerprint: String)
  ) throws(AssayError) -> StoredEvaluator {
    try write { database in
      let current = try Self.find(reference, scope, database)
      guard current.deletedAt == nil else { throw Self.notFound(reference, scope, database) }
      return try Self.update(current, ifMatch: expected, scope, database, change)
    }
  }

  /// Makes evaluators what they should be by their names, and adds those that are not there:
  /// all of them or, where one is refused, none.
  ///
  /// - Parameters:
  ///   - wanted: Each name once, with the fingerprint; a container must be there.
  ///   - expected: The version that the caller has seen of all of them; nil does not care.
  ///   - settle: Gets an evaluator as it is and what it should become, and says what that is;
  ///     what it is where nothing that matters differs.
  /// - Returns: Them in that order; at the same version where nothing changed.
  /// - Throws: As for updating and adding, with the `index` of the one that was refused in
  ///   the details.
  public func applyEvaluators(
    _ wanted: [(specification: EvaluatorSpecification, fingerprint: String)], ifMatch expected: Int? = nil,
    scope: Scope = .local,
    _ settle: (StoredEvaluator, EvaluatorSpecification) -> EvaluatorSpecification = { $1 }
  ) throws(AssayError) -> [StoredEvaluator] {
    try write { database in
      try wanted.enumerated().map { index, next in
        do {
          return try Self.apply(next.specification, next.fingerprint, expected, scope, database, settle)
        } catch var error as AssayError {
          error.details["index"] = String(index)
          throw error
        }
      }
    }
  }

  /// Hides an evaluator: its versions stay for the runs that used them, and its name is
  /// free again.
  ///
  /// - Returns: Its id.
  /// - Throws: `registry.not-found`.
  public func deleteEvaluator(
    _ reference: String, ifMatch expected: Int? = nil, scope: Scope = .local
  ) throws(AssayError) -> String {
    try write { database in
      let current = try Self.find(reference, scope, database)
      guard current.deletedAt == nil else { throw Self.notFound(reference, scope, database) }
      if let expected, expected != current.version {
        throw AssayError(
          .conflict,
          "\(current.specification.name) is at version \(current.version), not \(expected): somebody has changed it.",
          details: ["version": String(current.version), "expected": String(expected)])
      }
      try database.execute(
        sql: "UPDATE evaluators SET deleted_at = \(now) WHERE id = ?", arguments: [current.id])
      return current.id
    }
  }

  /// All versions of an evaluator, the first one first.
  public func versions(ofEvaluator reference: String, scope: Scope = .local) throws(AssayError) -> [StoredEvaluator] {
    try read { database in
      let id = try Self.find(reference, scope, database).id
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT \(Self.columns) FROM evaluators e JOIN evaluator_versions v ON v.evaluator_id = e.id
          WHERE e.id = ? ORDER BY v.version
          """,
        arguments: [id])
      return try rows.map(Self.evaluator)
    }
  }
}
