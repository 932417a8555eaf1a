import AssayJSON
import GRDB

public import AssayCore

extension Store {
  /// Stores a run that waits for its process, or is over at once.
  ///
  /// - Parameter ending: How it ended, of a run that nobody has to do.
  /// - Returns: The run; the one that was made before where the idempotency key and the
  ///   request are the same.
  /// - Throws: `registry.conflict` for an id that is taken without `overwrites`, or a key
  ///   that was used for another request; `registry.not-found` for container or data set.
  public func createRun(
    _ draft: RunDraft, ending: RunEnding? = nil
  ) throws(AssayError) -> (run: StoredRun, isNew: Bool) {
    switch try stageRun(draft, publishing: { try Self.publish($0, draft, ending, $1) }) {
    case .known(let run): (run, false)
    case .staged(let staged): (try run(number: staged.lease.run), true)
    }
  }

  /// The run of that id, at its last revision unless another is named.
  ///
  /// - Throws: `registry.not-found`.
  public func run(
    _ id: String, revision: Int? = nil, scope: Scope = .local
  ) throws(AssayError) -> StoredRun {
    try read { try Self.run($0.runNumber(id, revision: revision, scope), $0) }
  }

  /// The run of that number, which is one revision for ever.
  ///
  /// - Throws: `registry.not-found` for one that was deleted.
  public func run(number: Int64) throws(AssayError) -> StoredRun { try read { try Self.run(number, $0) } }

  /// All revisions of a run, the first one first.
  public func revisions(ofRun id: String, scope: Scope = .local) throws(AssayError) -> [StoredRun] {
    try read { try Self.revisions(ofRun: id, scope, $0) }
  }

  static func revisions(ofRun id: String, _ scope: Scope, _ database: Database) throws -> [StoredRun] {
    let numbers = try Int64.fetchAll(
      database,
      sql: """
        SELECT number FROM runs WHERE project = ? AND id = ? AND revision IS NOT NULL ORDER BY revision
        """,
      arguments: [scope.project, id])
    return try numbers.map { try run($0, database) }
  }

  /// The last revisions of the runs that the filter lets through.
  ///
  /// - Throws: `registry.not-found` for a container or a data set that there never was.
  /// - Complexity: Without a metric, linear in the offset and the limit; the documents of runs
  ///   are not read.
  public func runs(
    _ filter: RunFilter = RunFilter(), page: Page = Page(), scope: Scope = .local
  ) throws(AssayError) -> Listing<RunFacts> {
    try read { database in
      let query = try RunQuery(filter, scope, database)
      return Listing(elements: try query.page(page, database), total: try query.total(database))
    }
  }
}
