import AssayCore

/// Finds plugins by their manifests, without running any of their code.
///
/// A manifest lies in the library's section `.assay.manifest` or beside it, as
/// `NAME.assay.json`; where both exist they must agree on plugin and version.
enum PluginDirectory {
  /// The largest sidecar that is read.
  static let manifestLimit = 16 << 20

  /// The plugins of a folder, by file name.
  static func scan(_ folder: PluginSearchPath.Folder) -> (plugins: [InstalledPlugin], problems: [PluginProblem]) {
    var plugins: [InstalledPlugin] = []
    var problems: [PluginProblem] = []
    var claimed: Set<String> = []
    let names = FileSystem.names(in: folder.path)
    for name in names where name.hasSuffix(".assay.json") {
      let path = "\(folder.path)/\(name)"
      do throws(AssayError) {
        let plugin = try read(sidecar: path, isShipped: folder.isShipped)
        claimed.insert(FileSystem.resolved(plugin.library) ?? plugin.library)
        plugins.append(plugin)
      } catch { problems.append(PluginProblem(path: path, error: error)) }
    }
    for name in names where isLibraryName(name) {
      let path = "\(folder.path)/\(name)"
      if let real = FileSystem.resolved(path), !claimed.insert(real).inserted { continue }
      do throws(AssayError) {
        guard let plugin = try read(library: path, isShipped: folder.isShipped) else { continue }
        plugins.append(plugin)
      } catch where error.code != .pluginNotASharedObject {
        problems.append(PluginProblem(path: path, error: error))
      } catch {
        // A linker's script, or something else of that name: nobody said it is a plugin.
        continue
      }
    }
    return (plugins, problems)
  }

  /// The plugin at a path that a user named: a library or a sidecar.
  ///
  /// - Throws: `plugin.missing`, `plugin.no-manifest`, `plugin.manifests-disagree`, and
  ///   what is wrong with the manifest or the file.
  static func find(at path: String) throws(AssayError) -> InstalledPlugin {
    guard FileSystem.exists(path) else {
      throw AssayError(.pluginMissing, "There is no plugin \(path). Check the path.", details: ["file": path])
    }
    if FileSystem.isFolder(path) {
      throw AssayError(
        .pluginMissing, "\(path) is a folder. Name the library, or set ASSAY_PLUGIN_PATH to the folder.",
        details: ["file": path])
    }
    if path.hasSuffix(".json") { return try read(sidecar: path, isShipped: false) }
    let absolute = FileSystem.resolved(path) ?? path
    for sidecar in sidecarNames(of: absolute) where FileSystem.exists(sidecar) {
      let plugin = try read(sidecar: sidecar, isShipped: false)
      guard FileSystem.resolved(plugin.library) == absolute else { continue }
      return plugin
    }
    if let plugin = try read(library: absolute, isShipped: false) { return plugin }
    throw AssayError(
      .pluginWithoutManifest,
      "\(path) has no manifest, neither inside (section .assay.manifest) nor beside it (\(FileSystem.lastComponent(of: sidecarNames(of: path)[0]))). `assay plugins describe \(path)` writes a skeleton from debug info; a single function also runs with --library and --call.",
      details: ["file": path])
  }

  /// `libx.so` may have `libx.assay.json`, `x.assay.json` or `libx.so.assay.json`.
  static func sidecarNames(of library: String) -> [String] {
    let folder = FileSystem.folder(of: library)
    let file = FileSystem.lastComponent(of: library)
    let stem = file.firstRange(of: ".so").map { String(file[..<$0.lowerBound]) } ?? file
    var names = ["\(folder)/\(stem).assay.json", "\(folder)/\(file).assay.json"]
    if stem.hasPrefix("lib") { names.append("\(folder)/\(stem.dropFirst(3)).assay.json") }
    return names
  }

  static func isLibraryName(_ name: String) -> Bool { name.hasSuffix(".so") || name.contains(".so.") }

  private static func read(sidecar path: String, isShipped: Bool) throws(AssayError) -> InstalledPlugin {
    guard let bytes = FileSystem.bytes(of: path, limit: manifestLimit) else {
      throw AssayError(
        .pluginMissing, "\(path) cannot be read, or has more than \(manifestLimit >> 20) MiB.",
        details: ["file": path])
    }
    let manifest = try Manifest(parsing: bytes, file: path)
    let library = try library(of: manifest, sidecar: path)
    if library.contains("/"), let inside = try ManifestSection.read(library) {
      try checkAgreement(manifest, Manifest(parsing: inside, file: library), sidecar: path, library: library)
    }
    return InstalledPlugin(
      manifest: manifest, library: library, manifestPath: path, isShipped: isShipped)
  }

  private static func read(library path: String, isShipped: Bool) throws(AssayError) -> InstalledPlugin? {
    guard let bytes = try ManifestSection.read(path) else { return nil }
    // A link stands for its file: what the library needs lies beside that.
    return InstalledPlugin(
      manifest: try Manifest(parsing: bytes, file: path), library: FileSystem.resolved(path) ?? path,
      manifestPath: path, isShipped: isShipped)
  }

  /// A file beside the sidecar; a bare name that is not there is left to the loader.
  private static func library(of manifest: Manifest, sidecar path: String) throws(AssayError) -> String {
    let folder = FileSystem.folder(of: FileSystem.resolved(path) ?? path)
    if let name = manifest.library {
      let beside = name.hasPrefix("/") ? name : "\(folder)/\(name)"
      if FileSystem.exists(beside) { return beside }
      if !name.contains("/") { return name }
      throw AssayError(
        .pluginMissing, "\(path) names the library \(name), which is not there.", details: ["file": path])
    }
    let stem = String(FileSystem.lastComponent(of: path).dropLast(".assay.json".count))
    for name in ["\(stem).so", "lib\(stem).so", stem] where FileSystem.exists("\(folder)/\(name)") {
      return "\(folder)/\(name)"
    }
    throw AssayError(
      .pluginMissing, "\(path) says no \"library\", and there is no \(stem).so beside it.",
      details: ["file": path])
  }

  private static func checkAgreement(
    _ outside: Manifest, _ inside: Manifest, sidecar: String, library: String
  ) throws(AssayError) {
    guard outside.plugin != inside.plugin || outside.version != inside.version else { return }
    throw AssayError(
      .pluginDisagreement,
      "\(sidecar) describes \(outside.plugin) \(outside.version), and the manifest inside \(library) is of \(inside.plugin) \(inside.version). Remove the sidecar, or bring it up to date.",
      details: ["file": sidecar])
  }
}
