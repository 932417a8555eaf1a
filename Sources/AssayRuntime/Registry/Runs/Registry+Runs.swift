public import AssayCore
import AssayHost
import AssayJSON
public import AssayStore
import Glibc

/// Under which id a run is made, and whether again.
public struct RunCreation: Sendable, Hashable {
  /// An id of the caller's choice.
  public var id: String?
  /// Whether an id that is taken makes a new revision of the run; the old one is kept.
  public var overwrites = false
  /// The same key and the same request give the same run.
  public var idempotencyKey: String?

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
    draft.id = creation.id ?? ObjectKind.run.makeID()
    draft.overwrites = creation.overwrites
    draft.idempotencyKey = creation.idempotencyKey
    draft.container = specification.container
    draft.environment = specification.environment
    draft.metadata = specification.metadata
    draft.scope = scope
    let folder = store.copyFolder(ofRun: draft.id ?? "")
    do throws(AssayError) {
      if let problem = specification.generated {
        return try await createFailed(specification, draft, problem)
      }
      let sources = SourceResolver(registry: self, copies: .store(store, folder: folder))
      let resolved = try await RunResolver(registry: self, specification: specification, sources: sources)
        .resolve()
      draft.evaluators = resolved.runEvaluators
      draft.sources = resolved.sources
      draft.totalRows = resolved.totalRows
      draft.dataset = resolved.datasetID
      let (run, isNew) = try store.createRun(draft)
      if !isNew { store.removeCopies(in: folder) }
      return (run, isNew)
    } catch {
      store.removeCopies(in: folder)
      throw error
    }
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

  /// Does a run that waits, was interrupted, failed or was cancelled, in this process; no
  /// row that is done is done again.
  ///
  /// Cancelling the task interrupts the run, which can be resumed.
  /// - Parameters:
  ///   - isFresh: Whether the run was made just now, so that its sources need no second look.
  ///   - outputs: What is written besides, of a run without models.
  /// - Returns: The run as it ended; see ``StoredRun/status`` and ``StoredRun/error``.
  /// - Throws: `registry.not-found`; `registry.conflict` where another process is at it, or
  ///   where it is completed; `store.…`.
  public func executeRun(
    _ id: String, isFresh: Bool = false, outputs: RunOutputs = RunOutputs(),
    onProgress: (@Sendable (RunProgress) -> Void)? = nil,
    onLog: (@Sendable (LogLevel, String) -> Void)? = nil
  ) async throws(AssayError) -> StoredRun {
    let waiting = try store.run(id, scope: scope)
    let run = try store.begin(run: waiting.number, processID: Int(getpid()))
    return try await RunExecution(
      registry: self, run: run, isFresh: isFresh, outputs: outputs, onProgress: onProgress, onLog: onLog
    ).perform()
  }

  /// Removes a run with its rows, its revisions and what was copied for it.
  ///
  /// - Throws: `registry.not-found`, and `registry.conflict` while it is running.
  public func deleteRun(_ id: String) throws(AssayError) -> String {
    let revisions = try store.revisions(ofRun: id, scope: scope)
    let deleted = try store.deleteRun(id, scope: scope)
    for run in revisions {
      for part in (try? ResolvedPart.parts(run.sources)) ?? [] {
        for source in [part.sample, part.groundTruth].compactMap(\.self) {
          store.removeCopies(around: source.path)
        }
      }
    }
    return deleted
  }

  /// A run that is stored for what it asks, and cannot be done.
  private func createFailed(
    _ specification: RunSpecification, _ draft: RunDraft, _ problem: AssayError
  ) async throws(AssayError) -> (run: StoredRun, isNew: Bool) {
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
    let (run, isNew) = try store.createRun(draft)
    guard isNew else { return (run, false) }
    var ending = RunEnding(.failed)
    ending.error = problem.json
    try store.end(run: run.number, processID: nil, ending)
    return (try store.run(run.id, scope: scope), true)
  }
}
