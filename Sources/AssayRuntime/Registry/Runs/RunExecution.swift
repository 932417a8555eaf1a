import AssayCore
import AssayHost
import AssayJSON
import AssayStore

/// A run of the registry that this process does.
struct RunExecution: Sendable {
  let registry: Registry
  let run: StoredRun
  /// The right to write it.
  let lease: RunLease
  /// Whether the sources were looked at just now.
  let isFresh: Bool
  let outputs: RunOutputs
  let onProgress: (@Sendable (RunProgress) -> Void)?
  let onLog: (@Sendable (LogLevel, String) -> Void)?

  /// How often the lease is renewed, and how soon a run sees that it was cancelled.
  private static let interval = Duration.milliseconds(500)

  /// Evaluates what is not done, and keeps the result.
  ///
  /// - Returns: The run as it ended, also where it failed or was cancelled.
  /// - Throws: What the store throws.
  func perform() async throws(AssayError) -> StoredRun {
    let work = Task { () async -> Result<Evaluated, AssayError> in
      do throws(AssayError) { return .success(try await evaluate()) } catch { return .failure(error) }
    }
    let store = registry.store
    let heart = Task.detached {
      while !Task.isCancelled {
        try? await Task.sleep(for: Self.interval)
        guard !Task.isCancelled else { return }
        let isOurs = try? store.renew(lease)
        if isOurs == false { work.cancel() }
      }
    }
    let counting = Task.detached {
      try? await Task.sleep(for: RowCounting.patience)
      guard !Task.isCancelled, let rows = await RowCounting(registry: registry, run: run).count() else {
        return
      }
      _ = try? store.renew(lease, totalRows: rows)
    }
    let outcome = await withTaskCancellationHandler {
      await work.value
    } onCancel: {
      work.cancel()
    }
    heart.cancel()
    counting.cancel()
    do throws(AssayError) {
      try store.end(lease, try ending(outcome))
    } catch where error.code == .conflict {
      // Cancelled from elsewhere, or taken over: the store knows better.
    } catch {
      throw error
    }
    return try store.run(number: run.number)
  }

  /// The result of a run, and how many rows its evaluators saw of all models together.
  private struct Evaluated: Sendable {
    var result: RunResult
    var rows: Int
  }

  private func ending(_ outcome: Result<Evaluated, AssayError>) throws(AssayError) -> RunEnding {
    switch outcome {
    case .success(let result):
      var ending = RunEnding(result.result)
      ending.sources = run.sources.withRows(of: result.result)
      let rows = result.rows
      _ = try registry.store.renew(lease, doneRows: rows, totalRows: rows)
      return ending
    case .failure(let error):
      var ending = RunEnding(.failed)
      ending.error = error.json
      if error.code == .interrupted {
        ending.message = "interrupted; continue it with: assay runs resume \(run.id)"
      }
      return ending
    }
  }

  // MARK: - The work

  private func evaluate() async throws(AssayError) -> Evaluated {
    let inputs = try RunInputs(of: run, registry)
    let (specification, parts, evaluators) = (inputs.specification, inputs.parts, inputs.evaluators)
    if !isFresh { try inputs.verifySources() }
    let baseline = try registry.baseline(of: specification)
    var results: [RunResult] = []
    var policy = GatePolicy()
    for (index, part) in parts.enumerated() {
      var request = try part.request(specification, evaluators)
      request.baseline = baseline
      policy = request.gate
      if parts.count == 1 {
        request.rows = outputs.rows
        request.states = outputs.states
      }
      let result = try await evaluate(request, firstPosition: index * evaluators.count, evaluators.count)
      try part.check(result)
      results.append(result.labelled(part.model))
    }
    return Evaluated(
      result: RunResult(combining: results, of: run, policy: policy),
      rows: results.reduce(0) { $0 + ($1.sources.first?.rows ?? 0) })
  }

  private func evaluate(
    _ request: RunRequest, firstPosition: Int, _ evaluatorCount: Int
  ) async throws(AssayError) -> RunResult {
    let journal = RunJournal(registry.store, lease: lease)
    try tellWhatIsRedone(request, firstPosition: firstPosition, journal)
    let thread = PluginThreads(count: 1)
    let recorder = try RunRecorder(
      journal, firstPosition: firstPosition, evaluatorCount: evaluatorCount,
      doneRows: try journal.finishedRows().values.reduce(0, +), thread: thread)
    let outcome: Result<RunResult, AssayError>
    do throws(AssayError) {
      outcome = .success(
        try await registry.assay.run(request, journal: recorder, onProgress: onProgress, onLog: onLog))
    } catch {
      outcome = .failure(error)
    }
    // What was done before the end is kept whatever the end is.
    try recorder.finish()
    return try outcome.get()
  }

  /// Says of which evaluators the rows are there and what they amounted to is not.
  private func tellWhatIsRedone(
    _ request: RunRequest, firstPosition: Int, _ journal: RunJournal
  ) throws(AssayError) {
    guard let onLog, !isFresh else { return }
    for (index, evaluator) in request.evaluators.enumerated() {
      let position = firstPosition + index
      guard try journal.hasRows(ofEvaluator: position),
        try journal.finishedChunks(ofEvaluator: position).isEmpty
      else { continue }
      let opened = try registry.assay.host.open(evaluator, hasFolds: false)
      guard !opened.scoresRows else { continue }
      onLog(
        .warning,
        "\(opened.name) cannot save what it knows of rows, so all of its rows are evaluated again.")
    }
  }
}

extension RunSpecification {
  /// The error over a side that a model would have to make.
  var generated: AssayError? {
    for (side, source) in [("sample", sample), ("ground truth", groundTruth)] {
      guard case .generate(let models)? = source?.place else { continue }
      return Self.generating(side, models)
    }
    return nil
  }

  static func generating(_ side: String, _ models: [String]) -> AssayError {
    AssayError(
      .generateUnavailable,
      "The \(side) is to be generated by \(models.joined(separator: ", ")), and this Assay calls no models. Register what they said as predictions, or give it as a file.",
      details: ["side": side])
  }
}

extension ResolvedPart {
  /// Makes sure that what was read is what the run is about.
  ///
  /// - Throws: `run.source-changed`.
  fileprivate func check(_ result: RunResult) throws(AssayError) {
    for (side, source) in [(Side.sample, Optional(sample)), (.groundTruth, groundTruth)] {
      guard let source, let wanted = source.sha256,
        let read = result.sources.first(where: { $0.side.asRows == side })?.sha256, read != wanted
      else { continue }
      throw AssayError(
        .sourceChanged,
        "\(source.name) was changed while it was read: \(source.path). Make a new run.",
        details: ["file": source.path, "expected": wanted, "found": read])
    }
  }
}

extension AssayError {
  /// The error as a run keeps it.
  var json: JSONValue {
    var facts = JSONObject()
    for name in details.keys.sorted() { facts[name] = JSONValue(details[name]) }
    return ["code": .string(code.rawValue), "message": .string(message), "details": .object(facts)]
  }

  /// The error of a run that failed; nil where there is none.
  public init?(ofRun error: JSONValue) {
    guard let code = error["code"]?.stringValue else { return nil }
    var details: [String: String] = [:]
    for (name, value) in error["details"]?.objectValue ?? [:] { details[name] = value.stringValue }
    self.init(Code(rawValue: code), error["message"]?.stringValue ?? code, details: details)
  }
}
