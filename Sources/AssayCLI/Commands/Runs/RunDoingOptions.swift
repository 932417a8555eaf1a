import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime
import Synchronization

/// Whether a run is done here or by a process of its own.
struct RunDoingOptions: ParsableArguments {
  @Flag(help: "Do the run here, print its result, and exit as it does.")
  var wait = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  /// Does a run that was made, or has it done, and prints it.
  ///
  /// - Parameter isNew: Whether its sources were looked at just now.
  func perform(
    _ run: StoredRun, isNew: Bool, _ registry: Registry, _ answer: ObjectOptions
  ) async throws(AssayError) -> AssayCore.ExitCode {
    guard wait else {
      if run.status == .pending { try registry.startProcess(for: run) }
      try RunPrinter(answer: answer).printMade(try registry.store.run(number: run.number))
      return .success
    }
    let ended =
      switch run.status {
      case .pending: try await execute(run, isFresh: isNew, registry)
      case .running: try await RunWatching(registry: registry, isQuiet: quiet).wait(for: run)
      default: run
      }
    return try RunPrinter(answer: answer).printEnded(ended)
  }

  /// Does a run here, with a bar on the terminal.
  func execute(
    _ run: StoredRun, isFresh: Bool, _ registry: Registry
  ) async throws(AssayError) -> StoredRun {
    let terminal = Terminal(.error)
    let bar = !quiet && terminal.isInteractive && !isSet("CI") ? ProgressBar(terminal: terminal) : nil
    defer { bar?.finish() }
    var onProgress: (@Sendable (RunProgress) -> Void)?
    if let bar { onProgress = { bar.show($0) } }
    var onLog: (@Sendable (LogLevel, String) -> Void)?
    if !quiet { onLog = { level, text in Console.say("assay: \(level): \(text)") } }
    let work = Task { [onProgress, onLog] () async -> Result<StoredRun, AssayError> in
      do throws(AssayError) {
        return .success(
          try await registry.executeRun(run, isFresh: isFresh, onProgress: onProgress, onLog: onLog))
      } catch {
        return .failure(error)
      }
    }
    Interruption.offer { work.cancel() }
    return try await work.value.get()
  }
}
