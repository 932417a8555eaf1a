public import AssayCore

/// Where the loader would find a library of a name, without loading it.
enum LibraryLocation {
  /// The loader's own folders, where nothing is configured.
  private static let usual = ["/lib64", "/usr/lib64", "/lib", "/usr/lib"]
  private static let configuration = "/etc/ld.so.conf"
  private static let configurationLimit = 1 << 20

  /// The first library of that name for this machine; nil where there is none.
  ///
  /// - Parameter name: A name without a slash, such as `libm.so.6`.
  static func find(_ name: String) -> String? {
    guard !name.contains("/"), !name.isEmpty else { return nil }
    let named = (FileSystem.environment("LD_LIBRARY_PATH") ?? "").split(separator: ":").map(String.init)
    let folders = named.filter { $0.hasPrefix("/") } + folders(of: configuration) + usual
    return folders.map { "\($0)/\(name)" }.first {
      FileSystem.exists($0) && (try? ELFFile(path: $0)) != nil
    }
  }

  /// The folders that a configuration of the loader lists, and those of the files that
  /// it includes: of `FOLDER/*.conf` all in the folder.
  static func folders(of path: String, depth: Int = 0) -> [String] {
    guard depth < 4, let bytes = FileSystem.bytes(of: path, limit: configurationLimit) else { return [] }
    var folders: [String] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
      guard let first = words.first else { continue }
      if first == "include" {
        for pattern in words.dropFirst() {
          folders += files(matching: String(pattern)).flatMap { Self.folders(of: $0, depth: depth + 1) }
        }
      } else if first.hasPrefix("/") {
        folders.append(String(first))
      }
    }
    return folders
  }

  private static func files(matching pattern: String) -> [String] {
    guard let star = pattern.lastIndex(of: "*") else { return [pattern] }
    let folder = FileSystem.folder(of: pattern)
    let ending = String(pattern[pattern.index(after: star)...])
    return FileSystem.names(in: folder).filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }
  }
}

extension ELFFile {
  /// Reads a library by path, or by a name that the loader finds, such as `libm.so.6`.
  ///
  /// - Throws: As ``init(path:)``; `plugin.missing` where there is neither.
  public init(library name: String) throws(AssayError) {
    if name.contains("/") || FileSystem.exists(name) {
      try self.init(path: name)
    } else if let path = LibraryLocation.find(name) {
      try self.init(path: path)
    } else {
      throw AssayError(
        .pluginMissing,
        "There is no file \(name) here, and the loader finds no library of that name. Check the path, or install the package that holds it.",
        details: ["file": name])
    }
  }

  /// Whether a name without a slash is a library that the loader finds.
  public static func isKnownToLoader(_ name: String) -> Bool { LibraryLocation.find(name) != nil }
}
