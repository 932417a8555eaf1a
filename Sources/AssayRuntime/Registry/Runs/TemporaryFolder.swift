import Glibc
import Synchronization

import AssayCore

/// A folder outside of every store, for what a run copies and nobody keeps.
///
/// It is made when something is copied into it, and goes away with ``remove()`` or the last
/// reference.
public final class TemporaryFolder: Sendable {
  private let made = Mutex<String?>(nil)
  private let onMade: (@Sendable (String) -> Void)?

  /// - Parameter onMade: Called with its path when it is made, for whoever cleans up after a
  ///   process that is ended from outside.
  public init(onMade: (@Sendable (String) -> Void)? = nil) { self.onMade = onMade }

  deinit { remove() }

  /// Its path; it is there then.
  ///
  /// - Throws: `data.cannot-write`.
  func path() throws(AssayError) -> String {
    let (path, isNew, problem) = made.withLock { made -> (String, Bool, Int32) in
      if let made { return (made, false, 0) }
      var name = Array("\(Self.parent)/assay-XXXXXX".utf8CString)
      // Safety: the name is terminated, and the call changes its last letters in place.
      let isMade = unsafe name.withUnsafeMutableBufferPointer { letters in
        unsafe letters.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
      }
      let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard isMade else { return (path, false, errno) }
      made = path
      return (path, true, 0)
    }
    guard problem == 0 else {
      // Safety: the text is static and copied at once.
      let reason = unsafe String(cString: strerror(problem))
      throw AssayError(
        .cannotWrite, "A temporary folder cannot be made in \(Self.parent): \(reason). TMPDIR names another.",
        details: ["folder": Self.parent])
    }
    if isNew { onMade?(path) }
    return path
  }

  /// Removes it with what is in it.
  public func remove() {
    guard let path = made.withLock({ made in made.take() }) else { return }
    Self.remove(path)
  }

  /// Removes such a folder by its path: the files in it, and the folder.
  public static func remove(_ path: String) {
    // Safety: here and below paths are terminated texts for as long as a call.
    for name in FolderListing.names(in: path) ?? [] { unsafe _ = unlink("\(path)/\(name)") }
    unsafe _ = rmdir(path)
  }

  private static var parent: String {
    // Safety: the text is copied at once, and nothing here changes the environment.
    let named = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
    return named.isEmpty ? "/tmp" : named
  }
}
