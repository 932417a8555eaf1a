import Glibc

/// Where plugins are looked for, first come first served.
///
/// The working directory is never among the places: a file that somebody left there
/// must not become code.
public struct PluginSearchPath: Sendable, Hashable {
  /// One place, and whether what lies there came with Assay.
  public struct Folder: Sendable, Hashable {
    public var path: String
    public var isShipped: Bool

    public init(path: String, isShipped: Bool = false) {
      self.path = path
      self.isShipped = isShipped
    }
  }

  public var folders: [Folder]

  public init(folders: [Folder]) { self.folders = folders }

  /// The usual places: beside the executable and its `../lib/assay/plugins`,
  /// `ASSAY_PLUGIN_PATH`, the user's folder, the system's.
  ///
  /// Relative entries of `ASSAY_PLUGIN_PATH` and `XDG_DATA_HOME` are left out, for
  /// they would depend on the working directory.
  public static func standard() -> PluginSearchPath {
    var folders: [Folder] = []
    if let executable = FileSystem.resolved("/proc/self/exe") {
      let beside = FileSystem.folder(of: executable)
      folders.append(Folder(path: beside, isShipped: true))
      folders.append(
        Folder(path: FileSystem.folder(of: beside) + "/lib/assay/plugins", isShipped: true))
    }
    folders += named(by: FileSystem.environment("ASSAY_PLUGIN_PATH"))
    if let user = userFolder { folders.append(Folder(path: user)) }
    folders.append(Folder(path: "/usr/local/lib/assay/plugins"))
    folders.append(Folder(path: "/usr/lib/assay/plugins"))
    return PluginSearchPath(folders: folders)
  }

  /// The folders of a list with colons, as in `PATH`; relative ones are left out.
  static func named(by list: String?) -> [Folder] {
    (list ?? "").split(separator: ":").filter { $0.hasPrefix("/") }.map { Folder(path: String($0)) }
  }

  /// `$XDG_DATA_HOME/assay/plugins`, or `~/.local/share/assay/plugins`.
  static var userFolder: String? {
    if let data = FileSystem.environment("XDG_DATA_HOME"), data.hasPrefix("/") {
      return data + "/assay/plugins"
    }
    guard let home = FileSystem.environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/share/assay/plugins"
  }
}
