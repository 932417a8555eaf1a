import Glibc

/// The folder that paths are relative to.
public enum WorkingDirectory {
  /// Its path; `/` where it is gone.
  public static var path: String {
    // Safety: the call allocates the text, which is copied and given back.
    guard let text = unsafe getcwd(nil, 0) else { return "/" }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }

  /// A path that is good from any folder, as a run may be resumed from another one.
  public static func absolute(_ name: String) -> String {
    guard !name.hasPrefix("/") else { return name }
    let folder = path == "/" ? "" : path
    return folder + "/" + (name.hasPrefix("./") ? String(name.dropFirst(2)) : name)
  }
}
