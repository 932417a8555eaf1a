import AssayCore
import Glibc

/// Makes a folder and those above it.
///
/// - Throws: `store.read-only` and `store.disk-full`.
func makeFolder(_ path: String) throws(AssayError) {
  var prefix = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    prefix += part + "/"
    guard unsafe mkdir(prefix, 0o777) != 0, errno != EEXIST else { continue }
    let code: AssayError.Code = errno == ENOSPC ? .storeFull : .storeReadOnly
    // Safety: the text is static and copied at once.
    let words = unsafe String(cString: strerror(errno))
    throw AssayError(
      code, "The folder \(path) cannot be made: \(words). Name another in ASSAY_HOME.",
      details: ["store": path])
  }
}

/// Whether there is a file of that path.
func fileExists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }
