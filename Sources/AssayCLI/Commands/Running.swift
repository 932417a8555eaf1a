import AssayCore
import AssayReport
import AssayRuntime
import Synchronization

/// Runs a request: with its plugins, a bar on the terminal, and a way out.
enum Running {
  static func run(_ settings: RunSettings) async throws(AssayError) -> RunResult {
    var (assay, request) = try named(settings)
    if settings.images != nil { request.also.formUnion(boxTables(of: request, assay.catalog)) }

    let rows = try settings.rowsFile.map { path throws(AssayError) in try RowFile(path: path) }
    request.rows = rows
    // Only a signal leaves without the way out below.
    if let rows { Interruption.isWriting(rows.draft) }
    let states = request.states
    if let states { Interruption.isWriting(states.draft) }
    defer { if let states { Interruption.hasWritten(states.draft) } }
    defer { if let rows { Interruption.hasWritten(rows.draft) } }
    do throws(AssayError) {
      let result =
        settings.isSaved
        ? try await SavedRun(settings: settings, assay: assay, request: request).perform()
        : try await evaluate(request, settings, assay)
      try rows?.finish()
      return result
    } catch {
      rows?.discard()
      states?.discard()
      throw error
    }
  }

  /// A runtime with the plugins that were named, and the request with what the registry
  /// keeps of its evaluators.
  static func prepare(_ settings: RunSettings) throws(AssayError) -> (Assay, RunRequest) {
    var (assay, request) = try named(settings)
    request.evaluators = try completed(request.evaluators, assay)
    return (assay, request)
  }

  /// A runtime with the plugins that were named, and the request with an evaluator.
  private static func named(_ settings: RunSettings) throws(AssayError) -> (Assay, RunRequest) {
    let assay = Assay()
    var request = settings.request
    let loaded = try load(settings.plugins, into: assay)
    if request.evaluators.isEmpty { request.evaluators = [try only(of: loaded, settings)] }
    return (assay, request)
  }

  /// Evaluates, and keeps nothing.
  private static func evaluate(
    _ request: RunRequest, _ settings: RunSettings, _ assay: Assay
  ) async throws(AssayError) -> RunResult {
    let copies = Interruption.temporaryFolder()
    defer { copies.remove() }
    var request = request
    request.evaluators = try completed(request.evaluators, assay)
    if request.namesRegistry {
      request = try ProjectRegistry.reading(assay).found(request, copies: copies)
    }
    let ready = request
    return try await watched(settings) { (progress, log) throws(AssayError) in
      try await assay.run(ready, onProgress: progress, onLog: log)
    }
  }

  /// The evaluators with what the project's registry keeps under their names.
  private static func completed(
    _ evaluators: [EvaluatorRequest], _ assay: Assay
  ) throws(AssayError) -> [EvaluatorRequest] {
    let folder = StoreFolder.find()
    guard Store.exists(in: folder), evaluators.contains(where: \.mayBeRegistered) else { return evaluators }
    let registry = try Registry(folder: folder, assay: assay)
    return try evaluators.map { evaluator throws(AssayError) in try registry.completed(evaluator) }
  }

  private static func load(
    _ paths: [String], into assay: Assay
  ) throws(AssayError) -> [PluginSummary] {
    var loaded: [PluginSummary] = []
    for path in paths { loaded.append(try assay.catalog.load(path)) }
    return loaded
  }

  /// The evaluator that is meant where none is named.
  private static func only(
    of plugins: [PluginSummary], _ settings: RunSettings
  ) throws(AssayError) -> EvaluatorRequest {
    let names = plugins.flatMap { $0.evaluators.map(\.name) }
    if names.count == 1, let name = names.first { return settings.evaluator(named: name) }
    let remedy =
      names.isEmpty
      ? "Name one with -e, as in -e tabular.binary; `assay plugins list` shows what is installed."
      : "Name one with -e: \(names.joined(separator: ", "))."
    throw AssayError(.usage, "No evaluator is named. \(remedy)")
  }

  /// The tables from which a page draws boxes on images, as far as evaluators have them.
  private static func boxTables(of request: RunRequest, _ catalog: PluginCatalog) -> [String] {
    request.evaluators.flatMap { request -> [String] in
      guard case .named(let name) = request.origin else { return [] }
      let found = try? catalog.evaluator(String(name.prefix { $0 != "@" })).0
      let tables = found?.tables.map(\.name) ?? []
      return ImageFolder.tables.filter(tables.contains)
    }
  }

  /// Does work with a bar on the terminal, the plugins' words on standard error, and a way
  /// out for whoever interrupts it.
  static func watched<Value: Sendable>(
    _ settings: RunSettings,
    _ work: @escaping @Sendable (
      (@Sendable (RunProgress) -> Void)?, (@Sendable (LogLevel, String) -> Void)?
    ) async throws(AssayError) -> Value
  ) async throws(AssayError) -> Value {
    let terminal = Terminal(.error)
    let showsBar =
      settings.showsProgress && !settings.isQuiet && terminal.isInteractive && !isSet("CI")
    let bar = showsBar ? ProgressBar(terminal: terminal) : nil
    defer { bar?.finish() }
    var onProgress: (@Sendable (RunProgress) -> Void)?
    if let bar { onProgress = { bar.show($0) } }
    var onLog: (@Sendable (LogLevel, String) -> Void)?
    if !settings.isQuiet { onLog = { level, text in Console.say("assay: \(level): \(text)") } }

    let task = Task { [onProgress, onLog] () async -> Result<Value, AssayError> in
      do throws(AssayError) {
        return .success(try await work(onProgress, onLog))
      } catch {
        return .failure(error)
      }
    }
    Interruption.offer { task.cancel() }
    return try await task.value.get()
  }
}
