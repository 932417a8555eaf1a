public import AssayCore
import AssayHost
public import AssayJSON

extension PluginCatalog {
  /// The skeleton of a manifest for a library, from its debug information. None of the
  /// library's code runs.
  ///
  /// - Throws: What is wrong with the file: `plugin.missing`, not a shared object, another
  ///   machine.
  public func describe(_ library: String) throws(AssayError) -> JSONValue {
    LibraryDescription(try ELFFile(path: library)).manifest()
  }
}
