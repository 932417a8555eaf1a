public import AssayCore
import AssayHost

/// The plugins of an ``Assay``: to look at, to add to, to call and to check, without data.
///
/// ```swift
/// let catalog = Assay().catalog
/// for plugin in catalog.plugins { print(plugin.name, plugin.evaluators.map(\.name)) }
/// ```
public struct PluginCatalog: Sendable {
  let host: PluginHost

  /// Every plugin that can be used, those that were loaded by path first.
  public var plugins: [PluginSummary] { host.manifests().map { PluginSummary($0) } }

  /// Files on the search path that look like plugins and cannot be used.
  public var problems: [BrokenPlugin] {
    host.problems().map { BrokenPlugin(path: $0.path, error: $0.error) }
  }

  /// The folders in which plugins are looked for, first come first served.
  public var folders: [String] { host.searchPath.folders.map(\.path) }

  /// Adds the plugin of a library, or of a manifest beside one. None of its code runs.
  ///
  /// - Throws: `plugin.missing`, `plugin.no-manifest` with the commands that help,
  ///   `manifest.…`, `plugin.abi-mismatch`.
  @discardableResult
  public func load(_ path: String) throws(AssayError) -> PluginSummary {
    try PluginSummary(host.load(describing: path))
  }

  /// The evaluator of that name.
  ///
  /// - Throws: `plugin.unknown-evaluator` with near names.
  public func evaluator(_ name: String) throws(AssayError) -> (EvaluatorSummary, of: PluginSummary) {
    for plugin in plugins {
      for evaluator in plugin.evaluators where evaluator.name == name { return (evaluator, plugin) }
    }
    // It is not there, and the host says so best.
    _ = try host.evaluator(named: name)
    throw AssayError(.internal, "The evaluator \(name) is in no manifest.")
  }
}
