import Glibc

/// Where a project keeps its registry.
public enum StoreFolder {
  /// The folder's name in a project.
  public static let name = ".assay"
  /// The variable of the environment that names another one.
  public static let variable = "ASSAY_HOME"

  /// The folder of a store: the one that was named, that of `ASSAY_HOME`, or `.assay` of
  /// the working directory or the nearest folder above it that has one of the same user.
  ///
  /// - Parameter named: What the caller names; goes before everything.
  /// - Returns: `.assay` of the working directory where there is none yet.
  public static func find(named: String? = nil) -> String {
    if let named { return named }
    // Safety: the text is copied at once, and nothing here changes the environment.
    if let home = unsafe getenv(variable).map({ unsafe String(cString: $0) }), !home.isEmpty {
      return home
    }
    return nearest(above: WorkingDirectory.path) ?? name
  }

  /// The nearest store at or above a folder; a folder of somebody else does not count, so
  /// that nobody can slip a registry under a project.
  static func nearest(above folder: String) -> String? {
    var parts = folder.split(separator: "/")
    while true {
      let candidate = "/" + (parts + [Substring(name)]).joined(separator: "/")
      if isOwnFolder(candidate) { return candidate }
      guard parts.popLast() != nil else { return nil }
    }
  }

  private static func isOwnFolder(_ path: String) -> Bool {
    var status = stat()
    // Safety: the call fills a structure that lives here.
    guard unsafe stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
  }
}
