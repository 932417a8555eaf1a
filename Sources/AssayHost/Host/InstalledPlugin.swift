public import AssayCore

/// A plugin that was found: its manifest and where its library is. Nothing of it has
/// run yet.
public struct InstalledPlugin: Sendable, Hashable {
  public var manifest: Manifest
  /// The path of the library, or its name where the loader is to search for it.
  public var library: String
  /// The file that the manifest was read from: the library itself, or the sidecar.
  public var manifestPath: String
  /// Whether it came with Assay.
  public var isShipped: Bool

  public var name: String { manifest.plugin }
  public var version: String { manifest.version }

  public init(manifest: Manifest, library: String, manifestPath: String, isShipped: Bool) {
    self.manifest = manifest
    self.library = library
    self.manifestPath = manifestPath
    self.isShipped = isShipped
  }
}

/// A file that looks like a plugin and is none that can be used.
public struct PluginProblem: Sendable, Hashable {
  public var path: String
  public var error: AssayError
}
