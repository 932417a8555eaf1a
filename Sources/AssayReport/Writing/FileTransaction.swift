import AssayCore
import Glibc

/// Files that appear all whole or, where anything goes wrong before the last
/// step, not at all.
///
/// Each is written under another name in its own folder, and takes its name when
/// all are on disk.
struct FileTransaction: ~Copyable {
  private var pending: [(temporary: String, path: String)] = []
  private var madeFolder: String?
  private var isCommitted = false

  /// Makes a folder unless it is there; it goes again if the files do not appear.
  mutating func makeFolder(_ path: String) throws(AssayError) {
    // Safety: the path is a terminated string for as long as the call.
    if unsafe mkdir(path, 0o777) == 0 {
      madeFolder = path
    } else if errno != EEXIST {
      throw Self.failure("make the folder", path, errno)
    }
  }

  /// Writes a file that will appear at the path.
  mutating func add(_ text: String, at path: String) throws(AssayError) {
    switch FileKind(of: path) {
    // A pipe or a device has no name to take over.
    case .special: return try Self.write(text, to: path, flags: O_WRONLY, named: path)
    // Found now, it cannot stop the last step half way.
    case .folder: throw Self.failure("write", path, EISDIR)
    case .absent, .file: break
    }
    let target = Self.resolved(path)
    let temporary = Self.temporaryName(for: target)
    pending.append((temporary, target))
    try Self.write(text, to: temporary, flags: O_WRONLY | O_CREAT | O_EXCL, named: path)
  }

  /// Gives all files their names.
  mutating func commit() throws(AssayError) {
    while let (temporary, path) = pending.first {
      // Safety: both paths are terminated strings for as long as the call.
      guard unsafe rename(temporary, path) == 0 else { throw Self.failure("write", path, errno) }
      pending.removeFirst()
    }
    isCommitted = true
  }

  deinit {
    // Safety: the paths are terminated strings for as long as the calls.
    for (temporary, _) in pending { _ = unsafe unlink(temporary) }
    if !isCommitted, let madeFolder { _ = unsafe rmdir(madeFolder) }
  }

  /// Where a link leads to, so that the link stays one.
  private static func resolved(_ path: String) -> String {
    // Safety: with no buffer given, realpath returns null or a terminated string
    // that is ours to free.
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  private static func temporaryName(for path: String) -> String {
    let folder = path.parentFolder
    let suffix = String(UInt32.random(in: .min ... .max), radix: 36)
    return "\(folder)/.assay-\(getpid())-\(suffix).tmp"
  }

  /// - Parameter named: The path as the user knows it, for messages.
  private static func write(
    _ text: String, to path: String, flags: Int32, named: String
  ) throws(AssayError) {
    // Safety: here and below a path is a terminated string for as long as the call.
    let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure("write", named, errno) }
    var problem = write(text, to: descriptor)
    // A full disk over a network shows only here. Special files cannot be synced.
    if problem == 0, fsync(descriptor) != 0, errno != EINVAL, errno != EROFS { problem = errno }
    if close(descriptor) != 0, problem == 0 { problem = errno }
    guard problem == 0 else { throw failure("write", named, problem) }
  }

  /// - Returns: The system's number of what went wrong, or 0.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        // Safety: the rest lies within the text, which is not changed meanwhile.
        let rest = unsafe UnsafeBufferPointer(rebasing: bytes[done...])
        let written = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
        if written >= 0 {
          done += written
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }

  private static func failure(_ action: String, _ path: String, _ number: Int32) -> AssayError {
    let remedy =
      switch number {
      case ENOSPC, EDQUOT: " Free some space or write to another disk; nothing was left behind."
      case EACCES, EPERM, EROFS: " Write to a folder that is yours."
      default: ""
      }
    // Safety: strerror returns a terminated string that is copied at once.
    let reason = unsafe String(cString: strerror(number))
    return AssayError(
      .unwritableReport, "Cannot \(action) \"\(path)\": \(reason).\(remedy)", details: ["file": path])
  }
}
