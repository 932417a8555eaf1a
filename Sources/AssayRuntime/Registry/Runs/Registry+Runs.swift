public import AssayCore
import AssayHost
import AssayJSON
public import AssayStore

/// Under which id a run is made, and whether again.
public struct RunCreation: Sendable, Hashable {
  /// An id of the caller's choice.
  public var id: String?
  /// Whether an id that is taken makes a new revision of the run; the old one is kept.
  public var overwrites = false
  /// The same key and the same request give the same run.
  public var idempotencyKey: String?
  /// Whether this process does the run, or starts one that does, at once: if it ends before,
  /// the run shows as interrupted and does not wait for ever.
  public var startsAtOnce = false

  public init() {}
}

/// What a run of the registry gives away while it goes on, as any run does.
public struct RunOutputs: Sendable {
  /// Receives every row that an evaluator scored, in order.
  public var rows: (any RowSink)?
  /// Keeps what evaluators know for later questions.
  public var states: StateFile?

  public init(rows: (any RowSink)? = nil, states: StateFile? = nil) {
    self.rows = rows
    self.states = states
  }
}

extension RunDraft {
  mutating func take(_ creation: RunCreation) {
    id = creation.id
    overwrites = creation.overwrites
    idempotencyKey = creation.idempotencyKey
    startsAtOnce = creation.startsAtOnce
  }
}

extension Registry {
  /// Stores a run that waits for a process.
  ///
  /// Everything that can be checked without reading rows is checked before: evaluators,
  /// sources, columns, thresholds.
  /// - Returns: The run; the one that was made before where the idempotency key and the
  ///   request are the same. One that needs a model to be called is stored as failed.
  /// - Throws: `registry.not-found`, `registry.conflict`, `registry.invalid`, `threshold.…`,
  ///   `plugin.…`, `data.…`, `registry.not-executable`; then nothing is stored.
  public func createRun(
    _ specification: RunSpecification, _ creation: RunCreation = RunCreation()
  ) async throws(AssayError) -> (run: StoredRun, isNew: Bool) {
    var draft = RunDraft(config: specification.config, evaluators: [])
    draft.take(creation)
    draft.id = creation.id ?? ObjectKind.run.makeID()
    draft.container = specification.container
    draft.environment = specification.environment
    draft.metadata = specification.metadata
    draft.scope = scope
    if let problem = specification.generated { return try createFailed(specification, draft, problem) }
    let folder = store.copyFolder(ofRun: draft.id ?? "")
    guard specification.copiesSources else {
      return try store.createRun(try await resolve(specification, draft, folder))
    }
    draft.copies = folder
    switch try store.stageRun(draft) {
    case .known(let run): return (run, false)
    case .staged(let staged):
      do throws(AssayError) {
        return try store.publish(staged, try await resolve(specification, draft, folder))
      } catch {
        store.discard(staged)
        throw error
      }
    }
  }

  /// A draft with everything that the specification names.
  private func resolve(
    _ specification: RunSpecification, _ draft: RunDraft, _ folder: String
  ) async throws(AssayError) -> RunDraft {
    let sources = SourceResolver(registry: self, copies: .store(store, folder: folder))
    let resolved = try await RunResolver(registry: self, specification: specification, sources: sources)
      .resolve()
    var draft = draft
    draft.evaluators = resolved.runEvaluators
    draft.sources = resolved.sources
    draft.totalRows = resolved.totalRows
    draft.dataset = resolved.datasetID
    return draft
  }

  /// Finds out whether a run could be made, and stores nothing.
  ///
  /// Standard input is read to its end, where it is a side.
  /// - Throws: As ``createRun(_:_:)``.
  public func checkRun(_ specification: RunSpecification) async throws(AssayError) {
    guard specification.generated == nil else { return }
    let folder = TemporaryFolder()
    defer { folder.remove() }
    let sources = SourceResolver(registry: self, copies: .temporary(folder))
    _ = try await RunResolver(registry: self, specification: specification, sources: sources).resolve()
  }

  /// Does a run that waits, in this process; no row that is done is done again.
  ///
  /// Cancelling the task interrupts the run. One that is over or was interrupted has to wait
  /// again before: ``queueRun(_:startsAtOnce:)``, ``retryFailed(_:startsAtOnce:)``.
  /// - Parameters:
  ///   - waiting: The run, which is found by its number: another revision of its id is never done
  ///     in its place.
  ///   - isFresh: Whether the run was made just now, so that its sources need no second look.
  ///   - outputs: What is written besides, of a run without models.
  /// - Returns: The run as it ended; see its `status` and `error`.
  /// - Throws: `registry.not-found`; `registry.conflict` for a run that does not wait, such as one
  ///   that was cancelled or that another process has taken; `store.…`.
  public func executeRun(
    _ waiting: StoredRun, isFresh: Bool = false, outputs: RunOutputs = RunOutputs(),
    onProgress: (@Sendable (RunProgress) -> Void)? = nil,
    onLog: (@Sendable (LogLevel, String) -> Void)? = nil
  ) async throws(AssayError) -> StoredRun {
    let (run, lease) = try store.begin(run: waiting.number)
    return try await RunExecution(
      registry: self, run: run, lease: lease, isFresh: isFresh, outputs: outputs, onProgress: onProgress,
      onLog: onLog
    ).perform()
  }

  /// Removes a run with its rows, its revisions, and what was copied for it and no other run.
  ///
  /// - Throws: `registry.not-found`, and `registry.conflict` while a revision is running.
  public func deleteRun(_ id: String) throws(AssayError) -> String { try store.deleteRun(id, scope: scope) }

  /// A run that is stored for what it asks, and cannot be done.
  private func createFailed(
    _ specification: RunSpecification, _ draft: RunDraft, _ problem: AssayError
  ) throws(AssayError) -> (run: StoredRun, isNew: Bool) {
    var draft = draft
    for choice in specification.evaluators { draft.evaluators.append(try resolve(choice).identity) }
    if let label = specification.container { _ = try store.container(label, scope: scope) }
    for source in [specification.sample, specification.groundTruth] {
      switch source?.place {
      case .dataset(let name, _): draft.dataset = try store.dataset(name, scope: scope).id
      case .container(let label): _ = try store.container(label, scope: scope)
      default: continue
      }
    }
    var ending = RunEnding(.failed)
    ending.error = problem.json
    return try store.createRun(draft, ending: ending)
  }
}

extension RunSpecification {
  /// Whether something may be copied into the store for the run.
  fileprivate var copiesSources: Bool {
    let places = [sample, groundTruth].compactMap(\.self).map(\.place)
    return container != nil
      || places.contains { place in
        switch place {
        case .file(let path): path == "-"
        case .container, .run: true
        case .dataset, .generate: false
        }
      }
  }
}
