import AssayCore
import Glibc

/// The bytes of a file, or of memory, read piece by piece.
///
/// A library may be large; what the host reads of it is small. Nothing is
/// mapped, so that a file that shrinks while it is read cannot raise a signal.
final class FileBytes: Sendable {
  private enum Source {
    case descriptor(Int32)
    case memory([UInt8])
  }

  private let source: Source
  let count: Int

  init(_ bytes: [UInt8]) {
    source = .memory(bytes)
    count = bytes.count
  }

  /// Opens a file.
  ///
  /// - Throws: `plugin.missing`, with the system's words.
  init(path: String) throws(AssayError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw Self.unreadable(path, code)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw AssayError(
        .pluginNotASharedObject, "\(path) is not a file; name a shared object, such as libacme.so",
        details: ["file": path])
    }
    source = .descriptor(descriptor)
    count = Int(status.st_size)
  }

  deinit {
    if case .descriptor(let descriptor) = source { close(descriptor) }
  }

  private static func unreadable(_ path: String, _ code: Int32) -> AssayError {
    // Safety: `strerror` returns a terminated text, which is copied at once.
    let reason = unsafe String(cString: strerror(code))
    return AssayError(
      .pluginMissing, "\(path) cannot be read: \(reason)", details: ["file": path])
  }

  /// The bytes of a range; nil where any of them lies outside the file.
  ///
  /// - Complexity: O(*n*) in the length of the range.
  func read(at offset: Int, count: Int) -> [UInt8]? {
    guard offset >= 0, count >= 0, count <= self.count, offset <= self.count - count else {
      return nil
    }
    switch source {
    case .memory(let bytes): return Array(bytes[offset..<offset + count])
    case .descriptor(let descriptor): return Self.read(descriptor, at: offset, count: count)
    }
  }

  private static func read(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        // Safety: the address and the length stay inside the buffer.
        let taken = unsafe pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), count - filled,
          off_t(offset + filled))
        guard taken > 0 else { return }
        filled += taken
      }
    }
    return bytes.count == count ? bytes : nil
  }
}
