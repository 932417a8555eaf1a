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
      let chosen = InstalledReader(plugin: plugin.name, name: reader.name)
      do throws(AssayError) { _ = try host.openReader(chosen, uri: Self.nowhere) } catch {
        if Self.faults.contains(error.code) { throw error }
      }
    }
  }

  /// What is wrong with a reader that is asked for a file that is not there; nil where
  /// it says so, for then it has been loaded and called.
  func fault(of reader: ReaderDefinition, in plugin: InstalledPlugin) -> String? {
    guard !reader.extensions.isEmpty || reader.opensFolders else {
      return "it reads no kind of file, and no folder"
    }
    let chosen = InstalledReader(plugin: plugin.name, name: reader.name)
    do throws(AssayError) {
      _ = try host.openReader(chosen, uri: Self.nowhere)
      return "it opened \(Self.nowhere), which is not there"
    } catch {
      return Self.faults.contains(error.code) ? error.message : nil
    }
  }

  private static let nowhere = "/dev/null/nothing"

  private static let faults: Set<AssayError.Code> = [
    .pluginMissing, .pluginNotLoadable, .pluginUnresolved, .pluginSymbolMissing,
    .pluginForeignSymbol, .pluginCapability, .pluginMismatch, .pluginException, .pluginMisbehaved,
  ]
}
