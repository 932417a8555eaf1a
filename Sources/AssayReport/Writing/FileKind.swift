import Glibc

/// What a path leads to.
enum FileKind {
  case absent, file, folder
  /// A device, a pipe or a socket, to which is written as it is.
  case special

  init(of path: String) {
    var status = stat()
    // Safety: the path is a terminated string and the struct outlives the call.
    guard unsafe stat(path, &status) == 0 else {
      self = .absent
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    default: self = .special
    }
  }
}

extension String {
  /// The folder that a path lies in.
  var parentFolder: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }
}
