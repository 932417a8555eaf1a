import Glibc
import Synchronization

public import AssayCore
public import AssayJSON

/// Writes scored rows as JSON lines.
///
/// The rows go into a file beside the one that was named and take its place when
/// ``finish()`` is called, so that a run that fails leaves nothing half-written.
public final class RowFile: RowSink {
  private let path: String
  private let file: Mutex<Int32>

  /// - Throws: `data.cannot-write` where the folder is missing or not writable.
  public init(path: String) throws(AssayError) {
    self.path = path
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    // Safety: the path outlives the call.
    let descriptor = unsafe open(Self.draft(of: path), flags, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path) }
    file = Mutex(descriptor)
  }

  deinit {
    let descriptor = file.withLock { $0 }
    guard descriptor >= 0 else { return }
    close(descriptor)
    unsafe _ = unlink(Self.draft(of: path))
  }

  public func receive(_ rows: [ScoredRow]) throws(AssayError) {
    var text = ""
    for row in rows {
      text += row.json.text()
      text += "\n"
    }
    let isWritten = file.withLock { Self.write(Array(text.utf8), to: $0) }
    guard isWritten else { throw Self.failure(path) }
  }

  /// Gives the file its name. Call it once, after the run.
  ///
  /// - Throws: `data.cannot-write`.
  public func finish() throws(AssayError) {
    let isDone = file.withLock { descriptor -> Bool in
      guard descriptor >= 0 else { return true }
      let isSafe = close(descriptor) == 0
      descriptor = -1
      return unsafe isSafe && rename(Self.draft(of: path), path) == 0
    }
    guard isDone else { throw Self.failure(path) }
  }

  private static func draft(of path: String) -> String { path + ".part" }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var position = 0
    while position < bytes.count {
      // Safety: the rest of the bytes, for the time of the call.
      let count = unsafe bytes[position...].withUnsafeBytes { rest in
        unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      position += count
    }
    return true
  }

  private static func failure(_ path: String) -> AssayError {
    // Safety: the text is static and copied at once.
    let reason = unsafe String(cString: strerror(errno))
    return AssayError(
      .cannotWrite, "The rows cannot be written to \(path): \(reason).", details: ["file": path])
  }
}

extension ScoredRow {
  /// The row as an object; what is not known is left out, but for the score.
  public var json: JSONValue {
    var object = JSONObject()
    object["evaluator"] = .string(evaluator)
    object["row"] = JSONValue(row)
    if let key { object["key"] = .string(key) }
    object["score"] = JSONValue(score)
    object["outcome"] = .string(outcome.rawValue)
    if let cause { object["cause"] = .string(cause.rawValue) }
    if let message { object["message"] = .string(message) }
    return .object(object)
  }
}

extension AssayError.Code {
  /// A file that a run should write and cannot.
  public static let cannotWrite = Self(rawValue: "data.cannot-write")
}
