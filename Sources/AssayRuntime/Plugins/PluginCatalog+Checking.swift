public import AssayCore
import AssayHost
import AssayJSON

extension PluginCatalog {
  /// Loads a plugin's library, with all that it needs, and finds its functions.
  ///
  /// - Throws: `plugin.not-loadable`, `plugin.unresolved-symbol`, `plugin.missing-symbol`
  ///   and the other ways in which a library is not what its manifest says.
  public func check(_ plugin: PluginSummary) throws(AssayError) {
    for evaluator in plugin.evaluators { _ = try host.evaluator(named: evaluator.name) }
    for reader in plugin.readers {
      guard let ending = reader.extensions.first else { continue }
      do throws(AssayError) {
        // A reader that says that there is no such file has been loaded and called.
        _ = try host.openReader(for: ending, uri: Self.nowhere)
      } catch {
        if Self.faults.contains(error.code) { throw error }
      }
    }
  }

  private static let nowhere = "/dev/null/nothing"

  private static let faults: Set<AssayError.Code> = [
    .pluginMissing, .pluginNotLoadable, .pluginUnresolved, .pluginSymbolMissing,
    .pluginForeignSymbol, .pluginCapability, .pluginMismatch, .pluginException, .pluginMisbehaved,
  ]
}
