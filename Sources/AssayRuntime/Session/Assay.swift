import Glibc

public import AssayCore
import AssayHost

/// Evaluations: finds plugins, runs them over data, and says pass, fail or
/// inconclusive.
///
/// ```swift
/// let assay = Assay()
/// try assay.catalog.load("./libacme_text.so")
/// let result = try await assay.run(request)
/// exit(result.exitCode.rawValue)
/// ```
///
/// May be used from several tasks at once.
public final class Assay: Sendable {
  let host: PluginHost

  /// - Parameter pluginFolders: Folders in which plugins are looked for before the usual
  ///   places: beside the executable and in its `../lib/assay/plugins`, in those of
  ///   `ASSAY_PLUGIN_PATH`, the user's and the system's; never the working directory.
  public convenience init(pluginFolders: [String] = []) {
    let own = pluginFolders.map { PluginSearchPath.Folder(path: $0) }
    self.init(searchPath: PluginSearchPath(folders: own + PluginSearchPath.standard().folders))
  }

  /// A runtime that looks for plugins in these places and no others.
  init(searchPath: PluginSearchPath) {
    host = PluginHost(searchPath: searchPath)
  }

  /// What is installed and was loaded: to look at, to add to, to call and to check.
  public var catalog: PluginCatalog { PluginCatalog(host: host) }

  /// Evaluates.
  ///
  /// The work happens on threads of its own. Cancelling the task ends the run at the
  /// next chunk.
  ///
  /// - Parameters:
  ///   - onProgress: Called now and then, on any thread.
  ///   - onLog: Receives what plugins write to the run's log, on any thread.
  /// - Returns: The result with its verdict and exit code; also where a gate failed.
  /// - Throws: What ends a run without a result: `usage.…`, `threshold.…`, `plugin.…`,
  ///   `data.…`, `run.interrupted`. The code knows the exit code that goes with it.
  public func run(
    _ request: RunRequest, onProgress: (@Sendable (RunProgress) -> Void)? = nil,
    onLog: (@Sendable (LogLevel, String) -> Void)? = nil
  ) async throws(AssayError) -> RunResult {
    try await run(request, journal: nil, onProgress: onProgress, onLog: onLog)
  }

  /// Evaluates what a journal does not have yet.
  func run(
    _ request: RunRequest, journal: (any PassJournal)?,
    onProgress: (@Sendable (RunProgress) -> Void)?, onLog: (@Sendable (LogLevel, String) -> Void)?
  ) async throws(AssayError) -> RunResult {
    try await perform(jobs: request.jobs, onProgress: onProgress, onLog: onLog) { work throws(AssayError) in
      try Run(
        request: request, host: work.host, threads: work.threads, jobs: work.jobs,
        control: work.control, services: work.services, journal: journal
      ).execute()
    }
  }

  /// Compares two sides or more over the same items.
  ///
  /// Threads, cancelling and the parameters are as of ``run(_:onProgress:onLog:)``.
  /// - Returns: The comparison with its verdict and exit code; also where a gate failed.
  /// - Throws: As a run of each side, and `compare.…`: sides that have different items,
  ///   expect different things or were scored differently.
  public func compare(
    _ request: ComparisonRequest, onProgress: (@Sendable (RunProgress) -> Void)? = nil,
    onLog: (@Sendable (LogLevel, String) -> Void)? = nil
  ) async throws(AssayError) -> ModelComparison {
    try await perform(jobs: request.shared.jobs, onProgress: onProgress, onLog: onLog) {
      work throws(AssayError) in
      try request.checkData()
      if request.sides[0].run != nil {
        return try StoredComparison(request: request, threads: work.threads, control: work.control).execute()
      }
      return try ComparisonRun(
        request: request, host: work.host, threads: work.threads, jobs: work.jobs,
        control: work.control, services: work.services
      ).execute()
    }
  }

  /// What a piece of work is done with.
  private struct Workplace: Sendable {
    let host: PluginHost
    let threads: PluginThreads
    let jobs: Int
    let control: RunControl
    let services: HostServices
  }

  /// Does work on threads of its own, until it is done or the task is cancelled.
  private func perform<Value: Sendable>(
    jobs: Int?, onProgress: (@Sendable (RunProgress) -> Void)?,
    onLog: (@Sendable (LogLevel, String) -> Void)?,
    _ work: @escaping @Sendable (Workplace) throws(AssayError) -> Value
  ) async throws(AssayError) -> Value {
    let control = RunControl(onProgress: onProgress)
    let jobs = max(1, jobs ?? Self.processorCount)
    // One more than the jobs: the reader has a thread of its own.
    let threads = PluginThreads(count: jobs + 1)
    let place = Workplace(
      host: host, threads: threads, jobs: jobs, control: control,
      services: HostServices(
        log: onLog ?? { _, _ in }, isCancelled: { control.isCancelled }))
    let outcome: Result<Value, AssayError> = await withTaskCancellationHandler {
      do throws(AssayError) {
        return .success(try await threads.run { () throws(AssayError) in try work(place) })
      } catch {
        return .failure(error)
      }
    } onCancel: {
      control.cancel()
    }
    return try outcome.get()
  }

  /// Checks a request as far as that needs no row.
  ///
  /// - Throws: As `run`, but for what only the rows can tell.
  func check(_ request: RunRequest) async throws(AssayError) {
    let threads = PluginThreads(count: 1)
    let run = Run(
      request: request, host: host, threads: threads, jobs: 1, control: RunControl(),
      services: HostServices())
    try await threads.run { () throws(AssayError) in try run.check() }
  }

  /// How many cores there are.
  static var processorCount: Int {
    max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}
