public import AssayArrow
public import AssayCore
public import AssayJSON
import CAssayPlugin

extension PluginHost {
  /// Opens a file through the reader that is installed for its kind.
  ///
  /// - Parameters:
  ///   - extension: The end of the file's name without the leading dot, such as `csv`
  ///     or `csv.gz`; case does not count.
  ///   - options: What the reader understands; see its manifest.
  /// - Throws: `plugin.unknown-reader`, and what the reader says.
  public func openReader(
    for extension: String, uri: String, options: JSONValue = .object([:]),
    services: HostServices = HostServices()
  ) throws(AssayError) -> ArrowStream {
    let (plugin, reader) = try reader(for: `extension`.lowercased())
    return try open(reader, of: plugin, uri: uri, options: options, services: services)
  }

  /// Opens a file or a folder through a reader that was chosen.
  ///
  /// - Throws: `plugin.unknown-reader`, and what the reader says.
  public func openReader(
    _ chosen: InstalledReader, uri: String, options: JSONValue = .object([:]),
    services: HostServices = HostServices()
  ) throws(AssayError) -> ArrowStream {
    let plugins = manifests().filter { $0.name == chosen.plugin }
    for plugin in plugins {
      for reader in plugin.manifest.readers where reader.name == chosen.name {
        return try open(reader, of: plugin, uri: uri, options: options, services: services)
      }
    }
    throw AssayError(
      .readerMissing, "The plugin \(chosen.plugin) with the reader \"\(chosen.name)\" is not there.",
      details: ["reader": chosen.name])
  }

  /// The reader that an evaluator wants for what no ending tells; nil where it wants none.
  public func reader(of evaluator: Evaluator) -> InstalledReader? {
    guard let name = evaluator.definition.reader,
      let plugin = manifests().first(where: { $0.name == evaluator.plugin.name }),
      let reader = plugin.manifest.readers.first(where: { $0.name == name })
    else { return nil }
    return InstalledReader(plugin: plugin.name, name: name, opensFolders: reader.opensFolders)
  }

  private func open(
    _ reader: ReaderDefinition, of plugin: InstalledPlugin, uri: String, options: JSONValue,
    services: HostServices
  ) throws(AssayError) -> ArrowStream {
    try plugin.manifest.checkCompatibility()
    if plugin.library.contains("/") {
      // Before the reader's constructors run, and with what it needs of Swift's runtime.
      let file = try ELFFile(path: plugin.library)
      _ = try SharedLibrary(loading: plugin.library, needing: file.needed)
    }
    let lowering = CallPlan.Lowering(library: plugin.library, parameters: [:], boundRoles: [])
    let call = try LoadedCall(
      CallPlan(status: reader.open, with: lowering), services: ServicesTable(services),
      composing: { (name, _, _) throws(AssayError) in
        throw AssayError(.callbackBinding, "A reader cannot call evaluator:\(name).")
      })
    return try GuardedStream.open(call, name: "\(plugin.name): \(reader.name)", uri: uri, options: options)
  }

  /// The kinds of files for which a reader is installed.
  public func readableExtensions() -> [String] {
    Set(manifests().flatMap { $0.manifest.readers.flatMap(\.extensions) }).sorted()
  }

  private func reader(for ending: String) throws(AssayError) -> (InstalledPlugin, ReaderDefinition) {
    for plugin in manifests() {
      for reader in plugin.manifest.readers where reader.extensions.contains(ending) {
        return (plugin, reader)
      }
    }
    let known = readableExtensions()
    throw AssayError(
      .readerMissing,
      "No reader for .\(ending) files is installed.\(suggestion(for: ending, in: known)) There are readers for: \(known.isEmpty ? "nothing" : known.joined(separator: ", ")).",
      details: ["extension": ending])
  }
}

/// A reader by the plugin that has it.
public struct InstalledReader: Sendable, Hashable {
  public var plugin: String
  public var name: String
  public var opensFolders: Bool

  public init(plugin: String, name: String, opensFolders: Bool = false) {
    (self.plugin, self.name, self.opensFolders) = (plugin, name, opensFolders)
  }
}
