public import AssayCore
import AssayJSON
public import AssayStore

extension Registry {
  /// Lets a run that was interrupted, failed or was cancelled wait for a process again.
  ///
  /// - Parameter startsAtOnce: As ``RunCreation/startsAtOnce``.
  /// - Throws: `registry.not-found`; `registry.conflict` for a run that is running, is
  ///   completed or was imported.
  public func queueRun(_ id: String, startsAtOnce: Bool = false) throws(AssayError) -> StoredRun {
    try store.queueRun(id, startsAtOnce: startsAtOnce, scope: scope)
  }

  /// Opens a run that is over again, without what errored: doing it evaluates those rows
  /// and evaluators and nothing else.
  ///
  /// What the run has stays until there is something in its place. Sources and evaluators are
  /// looked at before: where they have changed, so that nothing could be done again, the run
  /// stays what it is.
  /// - Parameter startsAtOnce: As ``RunCreation/startsAtOnce``.
  /// - Returns: The run, which is pending, and how many rows errored; 0 where a whole
  ///   evaluator broke.
  /// - Throws: `registry.not-found`; `registry.conflict` for a run that is not over, is of
  ///   type external, or has nothing that errored; `run.source-changed`,
  ///   `run.evaluator-changed`.
  public func retryFailed(
    _ id: String, startsAtOnce: Bool = false
  ) throws(AssayError) -> (run: StoredRun, rows: Int) {
    let run = try store.run(id, scope: scope)
    guard run.kind == .assay else {
      throw AssayError(
        .conflict, "The run \(id) was imported: its rows are evaluated elsewhere.", details: ["id": id])
    }
    if run.status == .completed, try !hasErrors(run) {
      throw AssayError(
        .conflict, "Nothing of the run \(id) errored; there is nothing to do again.", details: ["id": id])
    }
    if run.status.isOver { try RunInputs(of: run, self).verifySources() }
    return try store.reopenErrored(id, startsAtOnce: startsAtOnce, scope: scope)
  }

  private func hasErrors(_ run: StoredRun) throws(AssayError) -> Bool {
    for position in run.evaluators.indices {
      if try store.outcomeCounts(ofRun: run.number, evaluator: position)[.errored] ?? 0 > 0 { return true }
    }
    let entries = run.result["evaluators"]?.arrayValue ?? []
    return entries.contains { ($0["counts"]?["errored"]?.integerValue ?? 0) > 0 }
  }
}
