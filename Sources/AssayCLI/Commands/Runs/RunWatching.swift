import AssayCore
import AssayRuntime

/// Follows a run that another process does.
struct RunWatching {
  let registry: Registry
  let isQuiet: Bool

  private static let interval = Duration.milliseconds(300)

  /// Waits until a run is over, and says on the terminal how far it is.
  ///
  /// - Parameter onChange: Called with every state that differs from the one before.
  func wait(
    for run: StoredRun, onChange: (StoredRun) throws(AssayError) -> Void = { _ in }
  ) async throws(AssayError) -> StoredRun {
    let terminal = Terminal(.error)
    let bar = !isQuiet && terminal.isInteractive && !isSet("CI") ? ProgressBar(terminal: terminal) : nil
    defer { bar?.finish() }
    var last: StoredRun?
    while true {
      let run = try registry.store.run(number: run.number)
      if run.status != last?.status || run.doneRows != last?.doneRows { try onChange(run) }
      last = run
      if run.status.isOver { return run }
      bar?.show(
        RunProgress(stage: .reading, rows: run.doneRows, fraction: run.percentCompleted.map { $0 / 100 }))
      do { try await Task.sleep(for: Self.interval) } catch {
        throw AssayError(.interrupted, "The watching was stopped; the run goes on.")
      }
    }
  }
}
