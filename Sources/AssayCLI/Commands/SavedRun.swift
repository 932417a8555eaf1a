import AssayCore
import AssayRuntime

/// A run of `assay run --save`: the project's registry keeps it, as `assay runs create --wait`
/// does.
struct SavedRun {
  let settings: RunSettings
  let assay: Assay
  /// With the evaluators by the names that the registry keeps.
  let request: RunRequest

  /// Makes the run and does it.
  ///
  /// - Returns: The result that is kept, with the run's id.
  /// - Throws: What making a run throws; the error of a run that did not end with a result,
  ///   which is kept as failed.
  func perform() async throws(AssayError) -> RunResult {
    var asked = request
    asked.evaluators = request.evaluators.map(\.fromAnyFolder)
    let specification = try RunSpecification(asked, plugins: settings.plugins.map(WorkingDirectory.absolute))
    let registry = try await ProjectRegistry.making(for: specification, assay, isQuiet: settings.isQuiet)
    var creation = RunCreation()
    creation.startsAtOnce = true
    let (waiting, _) = try await registry.createRun(specification, creation)
    let outputs = RunOutputs(rows: request.rows, states: request.states)
    let run = try await Running.watched(settings) { (progress, log) throws(AssayError) in
      try await registry.executeRun(
        waiting, isFresh: true, outputs: outputs, onProgress: progress, onLog: log)
    }
    say(run)
    try run.requireCompleted()
    var result = try RunResult(json: run.result)
    // The file of states lies where the user wanted it, and not in the registry.
    result.states = request.states?.reference
    return result
  }

  /// Says under which id the run is kept; a result in JSON says it itself.
  private func say(_ run: StoredRun) {
    guard !settings.isQuiet, settings.format == .table else { return }
    let how = run.status == .completed ? "" : ", \(run.status.rawValue)"
    Console.say("assay: Kept the run \(run.id)\(how). Show it again with: assay runs get \(run.id)")
  }
}

extension EvaluatorRequest {
  /// The same with a library that is found from any folder, as a run may be resumed from
  /// another.
  fileprivate var fromAnyFolder: EvaluatorRequest {
    guard case .function(var function) = origin, function.library.contains("/") else { return self }
    function.library = WorkingDirectory.absolute(function.library)
    var request = self
    request.origin = .function(function)
    return request
  }
}
