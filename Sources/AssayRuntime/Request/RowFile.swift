import Glibc
import Synchronization

public import AssayCore
public import AssayJSON

/// Writes scored rows as JSON lines.
///
/// The rows go into a file beside the one that was named and take its place when
/// ``finish()`` is called, so that a run that fails leaves nothing half-written.
public final class RowFile: RowSink {
  private struct State {
    var buffer: [UInt8] = []
    /// -1 once the file is closed.
    var descriptor: Int32
  }

  /// So many bytes are written at once.
  private static let bufferLimit = 1 << 20
  private static let endings = [".jsonl", ".ndjson"]

  public let path: String
  /// Where the rows are until the file is finished. A process that is ended from outside
  /// should remove it.
  public let draft: String
  private let state: Mutex<State>

  /// - Throws: `usage.invalid` for a name of another format, `data.cannot-write` where
  ///   the folder is missing or not writable, or the name is that of a folder.
  public init(path: String) throws(AssayError) {
    guard Self.endings.contains(where: path.hasSuffix) else {
      throw AssayError(
        .usage, "Rows are written as JSON lines: name their file with .jsonl, not \"\(path)\".",
        details: ["file": path])
    }
    guard !Self.isFolder(path) else { throw Self.failure(path, EISDIR) }
    self.path = path
    let suffix = String(UInt32.random(in: .min ... .max), radix: 36)
    draft = "\(Self.folder(of: path))/.assay-\(getpid())-\(suffix).rows.tmp"
    // Safety: here and below a path is a terminated text for as long as the call.
    let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    state = Mutex(State(descriptor: descriptor))
  }

  deinit { discard() }

  public func receive(_ rows: [ScoredRow]) throws(AssayError) {
    let status = state.withLock { state -> Int32 in
      for row in rows {
        state.buffer += row.json.text().utf8
        state.buffer.append(UInt8(ascii: "\n"))
      }
      return state.buffer.count < Self.bufferLimit ? 0 : Self.flush(&state)
    }
    guard status == 0 else { throw Self.failure(path, status) }
  }

  /// Gives the file its name, once all rows are on disk. Called again it does nothing.
  ///
  /// - Throws: `data.cannot-write`, for example for a full disk; then nothing is left.
  public func finish() throws(AssayError) {
    let status = state.withLock { state -> Int32 in
      guard state.descriptor >= 0 else { return 0 }
      var status = Self.flush(&state)
      // A full disk over a network shows only here.
      if status == 0, fsync(state.descriptor) != 0, errno != EINVAL { status = errno }
      if close(state.descriptor) != 0, status == 0 { status = errno }
      state.descriptor = -1
      if status == 0, unsafe rename(draft, path) != 0 { status = errno }
      if status != 0 { unsafe _ = unlink(draft) }
      return status
    }
    guard status == 0 else { throw Self.failure(path, status) }
  }

  /// Takes away what was written, after a run that did not end well. Does nothing to a
  /// file that is finished.
  public func discard() {
    state.withLock { state in
      guard state.descriptor >= 0 else { return }
      close(state.descriptor)
      state.descriptor = -1
      unsafe _ = unlink(draft)
    }
  }

  /// - Returns: The system's number of what went wrong, or 0.
  private static func flush(_ state: inout State) -> Int32 {
    defer { state.buffer.removeAll(keepingCapacity: true) }
    let (bytes, descriptor) = (state.buffer.span, state.descriptor)
    var sent = 0
    while sent < bytes.count {
      // Safety: the rest lies within the buffer, for the time of the call.
      let count = unsafe bytes.withUnsafeBufferPointer { all in
        unsafe write(descriptor, all.baseAddress.map { unsafe $0 + sent }, all.count - sent)
      }
      if count >= 0 {
        sent += count
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    // Safety: the call fills a structure that lives here.
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func failure(_ path: String, _ number: Int32) -> AssayError {
    let folder = folder(of: path)
    guard number != ENOENT else {
      return AssayError(
        .cannotWrite,
        "The folder \"\(folder)\" for the rows in \"\(path)\" is not there. Make it with: mkdir -p '\(folder)'",
        details: ["file": path])
    }
    // Safety: the text is static and copied at once.
    let reason = unsafe String(cString: strerror(number))
    let remedy = number == ENOSPC || number == EDQUOT ? " Free some space or write to another disk." : ""
    return AssayError(
      .cannotWrite, "The rows cannot be written to \"\(path)\": \(reason).\(remedy)",
      details: ["file": path])
  }
}

extension ScoredRow {
  /// The row as an object; what is not known is left out, but for the score.
  public var json: JSONValue {
    var object = JSONObject()
    object["evaluator"] = .string(evaluator)
    object["row"] = JSONValue(row)
    if let key { object["key"] = .string(key) }
    if let split { object["split"] = .string(split) }
    if let output { object["output"] = .string(output) }
    if let expected { object["expected"] = .string(expected) }
    object["score"] = JSONValue(score)
    for (name, value) in pair?.json ?? JSONObject() { object[name] = value }
    object["outcome"] = .string(outcome.rawValue)
    if let cause { object["cause"] = .string(cause.rawValue) }
    if let message { object["message"] = .string(message) }
    return .object(object)
  }
}

extension ScoredPair {
  /// What a row of two answers has beside its score: `a_first` and, where both orders were
  /// asked, `b_first`; and `verdict`, where there is one.
  var json: JSONObject {
    var object = JSONObject()
    object["a_first"] = JSONValue(aFirst)
    if let bFirst { object["b_first"] = JSONValue(bFirst) }
    if let verdict { object["verdict"] = .string(verdict.rawValue) }
    return object
  }
}

extension AssayError.Code {
  /// A file that a run should write and cannot.
  public static let cannotWrite = Self(rawValue: "data.cannot-write")
}
