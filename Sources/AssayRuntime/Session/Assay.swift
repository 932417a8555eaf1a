import Glibc

public import AssayCore
public import AssayHost

/// Evaluations: finds plugins, runs them over data, and says pass, fail or
/// inconclusive.
///
/// ```swift
/// let assay = Assay()
/// try assay.load(pluginAt: "libacme_text.so")
/// let result = try await assay.run(request)
/// exit(result.exitCode.rawValue)
/// ```
///
/// May be used from several tasks at once.
public final class Assay: Sendable {
  /// The plugins: what is installed, what their manifests say, single calls.
  public let plugins: PluginHost

  /// - Parameter searchPath: Where plugins are looked for; the standard places where
  ///   nothing is said, never the working directory.
  public init(searchPath: PluginSearchPath = .standard()) {
    plugins = PluginHost(searchPath: searchPath)
  }

  /// Adds a plugin that is not on the search path.
  ///
  /// - Parameter path: A library with a manifest inside or beside it, or a manifest.
  /// - Returns: What the plugin offers; nothing of it has run yet.
  /// - Throws: `plugin.missing`, `plugin.no-manifest`, `manifest.…` and `plugin.abi-mismatch`.
  @discardableResult
  public func load(pluginAt path: String) throws(AssayError) -> InstalledPlugin {
    try plugins.load(pluginAt: path)
  }

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
    let control = RunControl(onProgress: onProgress)
    let jobs = max(1, request.jobs ?? Self.processorCount)
    // One more than the jobs: the reader has a thread of its own.
    let threads = PluginThreads(count: jobs + 1)
    let run = Run(
      request: request, host: plugins, threads: threads, jobs: jobs, control: control,
      services: HostServices(
        log: onLog ?? { _, _ in }, isCancelled: { control.isCancelled }))
    let outcome: Result<RunResult, AssayError> = await withTaskCancellationHandler {
      do throws(AssayError) {
        return .success(try await threads.run { () throws(AssayError) in try run.execute() })
      } catch {
        return .failure(error)
      }
    } onCancel: {
      control.cancel()
    }
    return try outcome.get()
  }

  /// How many cores there are.
  private static var processorCount: Int {
    max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}
