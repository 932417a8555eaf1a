public import AssayCore
import AssayHost
public import AssayJSON

extension PluginCatalog {
  /// The skeleton of a manifest for a library, from its debug information. None of the
  /// library's code runs.
  ///
  /// - Parameter library: A path, or a name that the loader finds, such as `libm.so.6`.
  /// - Throws: What is wrong with the file: `plugin.missing`, not a shared object, another
  ///   machine.
  public func describe(_ library: String) throws(AssayError) -> JSONValue {
    LibraryDescription(try ELFFile(library: library), named: library).manifest()
  }
}
