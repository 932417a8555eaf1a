import AssayCore
import AssayData
import AssayStore
import Crypto
import Glibc

/// A file that is on its way into a store: hashed while it is written, and given its name
/// when it is whole.
///
/// Without ``finish(extension:)`` nothing of it is left: where the file system can do it,
/// the file has no name until then, so that not even a process that is killed leaves one.
/// Used from one thread at a time.
final class StoreFile {
  /// So many bytes are written at once.
  static let blockSize = 1 << 18
  /// `O_TMPFILE`, a macro that Swift does not see; the kernel's number for most processors.
  private static let withoutName: Int32 = 0o20000000 | O_DIRECTORY

  private let store: Store
  /// The folder inside the store's, such as `datasets`.
  private let kind: String
  /// The name until it is finished; nil where it has none.
  private let draft: String?
  private var descriptor: Int32
  private var hash = SHA256()
  private var buffer: [UInt8] = []

  /// - Parameter kind: The folder inside the store's; made where there is none.
  /// - Throws: `store.read-only`, `store.disk-full`.
  init(_ store: Store, kind: String) throws(AssayError) {
    self.store = store
    self.kind = kind
    try store.makeFolder(kind)
    // Safety: here and below a path is a terminated text for as long as the call.
    descriptor = unsafe open(
      store.path(of: kind), O_WRONLY | O_CLOEXEC | Self.withoutName, 0o644)
    guard descriptor < 0 else {
      draft = nil
      return
    }
    let name = store.path(of: "\(kind)/.\(getpid())-\(UInt32.random(in: .min ... .max)).tmp")
    descriptor = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(name, errno) }
    draft = name
  }

  deinit { discard() }

  /// - Throws: `store.disk-full`, `store.unavailable`.
  func append(_ bytes: some Sequence<UInt8>) throws(AssayError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.blockSize { try flush() }
  }

  /// Copies a file.
  ///
  /// - Throws: `data.unreadable-file`, and as appending.
  func append(contentsOf path: String) throws(AssayError) {
    let source = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw Self.unreadable(path, errno) }
    defer { close(source) }
    var block = [UInt8](repeating: 0, count: Self.blockSize)
    while true {
      // Safety: the array is as long as the call is told.
      let count = unsafe block.withUnsafeMutableBytes {
        unsafe read(source, $0.baseAddress, $0.count)
      }
      if count == 0 { return }
      if count > 0 {
        try append(block[..<count])
      } else if errno != EINTR {
        throw Self.unreadable(path, errno)
      }
    }
  }

  /// Gives the file its name, once all of it is on the disk.
  ///
  /// - Returns: Its path inside the store's folder, and `sha256:` with its digest.
  /// - Throws: `store.disk-full`, `store.unavailable`.
  func finish(extension ending: String) throws(AssayError) -> (file: String, contentHash: String) {
    try flush()
    let digest = hexadecimal(hash.finalize())
    let tail = String(UInt32.random(in: .min ... .max), radix: 36)
    let file = "\(kind)/\(digest.prefix(16))-\(tail)" + (ending.isEmpty ? "" : ".\(ending)")
    var status: Int32 = 0
    // A full disk over a network shows only here.
    if fsync(descriptor) != 0, errno != EINVAL { status = errno }
    if status == 0, !name(store.path(of: file)) { status = errno }
    if close(descriptor) != 0, status == 0 { status = errno }
    descriptor = -1
    guard status == 0 else {
      if let draft { unsafe _ = unlink(draft) }
      throw Self.failure(store.path(of: kind), status)
    }
    return (file, "sha256:" + digest)
  }

  /// Whether the file could be given its name.
  private func name(_ path: String) -> Bool {
    if let draft { return unsafe rename(draft, path) == 0 }
    let open = "/proc/self/fd/\(descriptor)"
    return unsafe linkat(AT_FDCWD, open, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
  }

  private func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if let draft { unsafe _ = unlink(draft) }
  }

  private func flush() throws(AssayError) {
    defer { buffer.removeAll(keepingCapacity: true) }
    unsafe buffer.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    var sent = 0
    while sent < buffer.count {
      // Safety: the rest lies within the array, for the time of the call.
      let count = unsafe buffer.withUnsafeBytes { all in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: all[sent...])
        return unsafe write(descriptor, rest.baseAddress, rest.count)
      }
      if count >= 0 {
        sent += count
      } else if errno != EINTR {
        throw Self.failure(store.path(of: kind), errno)
      }
    }
  }

  /// What a number of the system means for a file of the store.
  static func failure(_ path: String, _ number: Int32) -> AssayError {
    let code: AssayError.Code =
      switch number {
      case ENOSPC, EDQUOT, EFBIG: .storeFull
      case EACCES, EPERM, EROFS: .storeReadOnly
      default: .storeUnavailable
      }
    let remedy = code == .storeFull ? " Make room and try again; nothing was changed." : ""
    return AssayError(
      code, "\(path) cannot be written: \(words(number)).\(remedy)", details: ["file": path])
  }

  static func unreadable(_ path: String, _ number: Int32) -> AssayError {
    AssayError(
      .fileUnreadable, "\(path) cannot be read: \(words(number)).", details: ["file": path])
  }

  private static func words(_ number: Int32) -> String {
    // Safety: the text is static and copied at once.
    unsafe String(cString: strerror(number))
  }
}
