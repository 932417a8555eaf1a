import AssayCore
import Glibc

/// Log entries that were checked and wait for their transaction: in memory, and beyond a
/// megabyte in a file without a name, so that nothing is left of it whatever happens.
struct LogSpool: ~Copyable {
  private static let blockSize = 1 << 20

  private let folder: String
  private var file: Int32 = -1
  /// What is not in the file yet.
  private var buffer: [UInt8] = []
  private(set) var count = 0

  /// - Parameter folder: Where the file is made, and gone at once.
  init(in folder: String) { self.folder = folder }

  deinit { if file >= 0 { close(file) } }

  /// - Throws: `store.disk-full`, `store.read-only`.
  mutating func add(id: String, text: String) throws(AssayError) {
    for part in [id, text] {
      let length = UInt32(part.utf8.count)
      for shift in stride(from: 0, to: 32, by: 8) { buffer.append(UInt8(truncatingIfNeeded: length >> shift)) }
      buffer.append(contentsOf: part.utf8)
    }
    count += 1
    if buffer.count >= Self.blockSize { try flush() }
  }

  /// Hands the entries over in the order in which they came.
  mutating func drain(_ body: (_ id: String, _ text: String) throws -> Void) throws {
    if file >= 0 {
      try flush()
      guard lseek(file, 0, SEEK_SET) == 0 else { throw failure() }
    }
    var position = 0
    for _ in 0..<count {
      let id = try next(&position)
      try body(id, try next(&position))
    }
  }

  private mutating func next(_ position: inout Int) throws(AssayError) -> String {
    try need(4, from: &position)
    let length = (0..<4).reduce(0) { $0 | Int(buffer[position + $1]) << (8 * $1) }
    position += 4
    try need(length, from: &position)
    defer { position += length }
    return String(decoding: buffer[position..<position + length], as: UTF8.self)
  }

  /// Reads on until so many bytes are in the buffer.
  private mutating func need(_ bytes: Int, from position: inout Int) throws(AssayError) {
    guard buffer.count - position < bytes else { return }
    buffer.removeFirst(position)
    position = 0
    while buffer.count < bytes {
      let filled = buffer.count
      buffer.append(contentsOf: repeatElement(0, count: max(Self.blockSize, bytes - filled)))
      // Safety: the array is as long as the call is told.
      let read = unsafe buffer.withUnsafeMutableBytes { all in
        unsafe Glibc.read(file, all.baseAddress.map { unsafe $0 + filled }, all.count - filled)
      }
      let isAgain = read < 0 && errno == EINTR
      buffer.removeLast(buffer.count - filled - max(0, read))
      guard read > 0 || isAgain else { throw failure() }
    }
  }

  private mutating func flush() throws(AssayError) {
    if file < 0 { try makeFile() }
    var sent = 0
    while sent < buffer.count {
      // Safety: the rest lies within the buffer, for the time of the call.
      let count = unsafe buffer.withUnsafeBytes { all in
        unsafe write(file, all.baseAddress.map { unsafe $0 + sent }, all.count - sent)
      }
      if count >= 0 { sent += count } else if errno != EINTR { throw failure() }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func makeFile() throws(AssayError) {
    var name = Array("\(folder)/import-XXXXXX".utf8CString)
    // Safety: the name is terminated, and the call changes its last letters in place.
    unsafe name.withUnsafeMutableBufferPointer { name in
      guard let path = name.baseAddress else { return }
      file = unsafe mkstemp(path)
      if file >= 0 { unsafe _ = unlink(path) }
    }
    guard file >= 0 else { throw failure() }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
  }

  private func failure() -> AssayError {
    let isFull = [ENOSPC, EDQUOT, EFBIG].contains(errno)
    return AssayError(
      isFull ? .storeFull : .storeReadOnly,
      "What is imported cannot be kept in \(folder)"
        + (isFull ? ": the disk is full; nothing was changed. Make room and try again." : "; nothing was changed. Give yourself the right to write there."),
      details: ["store": folder])
  }
}
