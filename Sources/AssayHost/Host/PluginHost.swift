public import AssayCore
import AssayJSON
import Synchronization

/// Finds plugins, loads them, and hands out their evaluators and readers.
///
/// Plugins are found once, when something is first asked for. What was loaded by path
/// comes before what the search path has.
public final class PluginHost: Sendable {
  private struct Found {
    var loaded: [InstalledPlugin] = []
    var scanned: [InstalledPlugin]?
    var problems: [PluginProblem] = []
    var evaluators: [String: Evaluator] = [:]
    var lanes: [String: PluginLane] = [:]
  }

  public let searchPath: PluginSearchPath
  private let found = Mutex(Found())

  /// How deep evaluators may call each other.
  static let deepestComposition = 8

  public init(searchPath: PluginSearchPath = .standard()) { self.searchPath = searchPath }

  /// The plugins that were loaded by path and those on the search path, without those
  /// that an earlier one of the same name hides.
  public func manifests() -> [InstalledPlugin] { found.withLock { all(&$0) } }

  /// The files on the search path that look like plugins and cannot be used.
  public func problems() -> [PluginProblem] {
    found.withLock { found in
      _ = all(&found)
      return found.problems
    }
  }

  /// Adds the plugin of a library, or of a sidecar, at a path. Nothing of it runs yet.
  ///
  /// - Throws: `plugin.missing`, `plugin.no-manifest`, `plugin.manifests-disagree`,
  ///   `manifest.…`, and where it cannot be used here `plugin.abi-mismatch` or
  ///   `plugin.capability-missing`.
  @discardableResult
  public func load(pluginAt path: String) throws(AssayError) -> InstalledPlugin {
    let plugin = try PluginDirectory.find(at: path)
    try plugin.manifest.checkCompatibility()
    found.withLock { found in
      found.loaded.removeAll { $0.name == plugin.name }
      found.loaded.append(plugin)
      found.evaluators = [:]
    }
    return plugin
  }

  /// The evaluator of that name, its description checked against its library.
  ///
  /// - Throws: `plugin.unknown-evaluator` with near names, `plugin.abi-mismatch`,
  ///   `plugin.missing-symbol`, `plugin.description-mismatch`, and what is wrong with
  ///   the library.
  public func evaluator(named name: String) throws(AssayError) -> Evaluator {
    if let known = found.withLock({ $0.evaluators[name] }) { return known }
    let plugins = manifests()
    guard let plugin = plugins.first(where: { $0.manifest.evaluator(named: name) != nil }),
      let definition = plugin.manifest.evaluator(named: name)
    else { throw unknown(name, in: plugins) }
    try plugin.manifest.checkCompatibility()
    let evaluator = try evaluator(
      definition, of: Evaluator.PluginInformation(
        name: plugin.name, version: plugin.version, library: plugin.library,
        isShipped: plugin.isShipped))
    found.withLock { $0.evaluators[name] = evaluator }
    return evaluator
  }

  /// An evaluator described by a prototype alone, over a library that may know nothing
  /// of Assay.
  ///
  /// - Parameters:
  ///   - library: A path, or a name that the loader finds, such as `libm.so.6`.
  ///   - bind: What the parameters are bound to that their names and types do not say.
  ///   - result: What the result means, but for `returns`.
  ///   - returns: What the function returns; nil for what follows from the prototype.
  /// - Throws: `prototype.…`, `binding.…`, and what is wrong with the library.
  public func describe(
    library: String, prototype: String, bind: [(String, String)] = [],
    result: ResultDefinition = ResultDefinition(), returns: ResultDefinition.Return? = nil
  ) throws(AssayError) -> Evaluator {
    let definition = try EvaluatorDefinition(
      describing: Prototype(parsing: prototype),
      bind: bind.map { (parameter: $0.0, source: $0.1) }, result: result, returns: returns)
    return try evaluator(
      definition, of: Evaluator.PluginInformation(
        name: FileSystem.lastComponent(of: library), version: "",
        library: library.contains("/") ? FileSystem.resolved(library) ?? library : library,
        isShipped: false))
  }

  /// What the static checks say of functions of a library, also of one that ships and
  /// is not checked at every start.
  ///
  /// - Throws: `plugin.missing-symbol`, `plugin.foreign-symbol`,
  ///   `plugin.description-mismatch`, and what is wrong with the library.
  public func check(
    _ prototypes: [Prototype], in library: String
  ) throws(AssayError) -> [DescriptionCheck] {
    try DescriptionLadder(library: library, readsDebugInformation: true).climb(prototypes)
  }

  private func evaluator(
    _ definition: EvaluatorDefinition, of plugin: Evaluator.PluginInformation
  ) throws(AssayError) -> Evaluator {
    let functions = definition.call.map { [$0] } ?? definition.functions.values.map(\.self)
    let checks = try DescriptionLadder(library: plugin.library, readsDebugInformation: !plugin.isShipped)
      .climb(functions.map(\.prototype).sorted { $0.name < $1.name })
    return Evaluator(
      definition, plugin: plugin, checks: checks,
      lane: lane(of: plugin.library, threading: definition.threading), host: self)
  }

  /// One lane for a library, so that its rule holds across evaluators.
  private func lane(
    of library: String, threading: EvaluatorDefinition.Threading
  ) -> PluginLane {
    let rule: PluginLane.Rule =
      switch threading {
      case .any, .instance: .free
      case .library: .single
      case .pinned: .pinned
      }
    if rule == .free { return PluginLane(.free) }
    return found.withLock { found in
      let key = "\(library) \(rule)"
      if let lane = found.lanes[key] { return lane }
      let lane = PluginLane(rule)
      found.lanes[key] = lane
      return lane
    }
  }

  private func all(_ found: inout Found) -> [InstalledPlugin] {
    if found.scanned == nil {
      var scanned: [InstalledPlugin] = []
      for folder in searchPath.folders {
        let (plugins, problems) = PluginDirectory.scan(folder)
        scanned += plugins
        found.problems += problems
      }
      found.scanned = scanned
    }
    var names: Set<String> = []
    return (found.loaded + (found.scanned ?? [])).filter { names.insert($0.name).inserted }
  }

  private func unknown(_ name: String, in plugins: [InstalledPlugin]) -> AssayError {
    let names = plugins.flatMap { $0.manifest.evaluators.map(\.name) }
    let known = names.isEmpty ? " No plugin with evaluators was found." : ""
    return AssayError(
      .evaluatorMissing,
      "There is no evaluator \"\(name)\".\(suggestion(for: name, in: names))\(known) `assay plugins list` shows what is installed.",
      details: ["evaluator": name])
  }
}

// MARK: - Composition

extension PluginHost {
  /// Another evaluator as a function for a plugin to call.
  ///
  /// - Throws: `binding.callback` where it calls itself in a circle, or does not fit.
  func compose(
    _ name: String, callback: CallPlan.Callback, owner: SharedLibrary, services: HostServices,
    callers: [String]
  ) throws(AssayError) -> ComposedClosure {
    guard !callers.contains(name), callers.count < Self.deepestComposition else {
      throw AssayError(
        .callbackBinding,
        "The evaluators call each other in a circle or too deep: \((callers + [name]).joined(separator: " → ")).")
    }
    let target = try evaluator(named: name)
    guard target.shape == .row else {
      throw AssayError(
        .callbackBinding,
        "evaluator:\(name) cannot be called through a function pointer: it is of the shape \(target.shape.rawValue); only evaluators that are called for each row can.")
    }
    let prepared = try target.prepare(
      parameters: [:], services: services, boundRoles: nil, callers: callers)
    return try prepared.closure(for: callback, owner: owner)
  }
}

extension PreparedEvaluator {
  /// This evaluator as a function for a plugin to call.
  fileprivate func closure(
    for callback: CallPlan.Callback, owner: SharedLibrary
  ) throws(AssayError) -> ComposedClosure {
    guard let call = rowCall else {
      throw AssayError(.callbackBinding, "\(evaluator.name) cannot be called for single rows.")
    }
    return try ComposedClosure(
      calling: call, named: evaluator.name, roles: evaluator.roles.map(\.role), callback: callback,
      owner: owner)
  }
}
