import AssayCore
import Glibc

/// Standard input as something that can be read twice.
enum StandardInput {
  /// Puts a file without a name in the place of a stream, with all that comes on it.
  ///
  /// - Throws: `file.unreadable`, `file.not-writable`.
  static func makeSeekable() throws(AssayError) {
    guard position == nil else { return }
    var name = Array("\(environment("TMPDIR") ?? "/tmp")/assay-XXXXXX".utf8CString)
    // Safety: the name is terminated, and the call changes its last letters in place.
    let file = unsafe name.withUnsafeMutableBufferPointer { letters in
      unsafe letters.baseAddress.map { unsafe mkstemp($0) } ?? -1
    }
    let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard file >= 0 else { throw Files.unwritable(path, errno) }
    defer { close(file) }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    unsafe _ = unlink(path)
    let input = try InputFile("-")
    var bytes: [UInt8] = []
    while try input.read(1 << 16, into: &bytes) > 0 {
      let status = Files.write(bytes, to: file)
      guard status == 0 else { throw Files.unwritable(path, status) }
      bytes.removeAll(keepingCapacity: true)
    }
    lseek(file, 0, SEEK_SET)
    guard dup2(file, 0) == 0 else { throw Files.unreadable("-", errno) }
  }

  /// How far it was read; nil for a stream.
  static var position: Int? {
    let position = lseek(0, 0, SEEK_CUR)
    return position < 0 ? nil : position
  }

  /// Has it read again from there; a stream stays where it is.
  static func goBack(to position: Int?) {
    if let position { lseek(0, position, SEEK_SET) }
  }
}
