import AssayCore
import AssayJSON
import AssayRuntime
import Glibc
import Synchronization

/// Writes what evaluators say about rows as JSON lines.
///
/// The file appears when the run is over; until then it has another name.
final class RowsFile: RowSink {
  private struct State {
    var buffer: [UInt8] = []
    var isOpen = true
  }

  private static let bufferLimit = 1 << 20

  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private let state = Mutex(State())

  /// - Throws: `usage.invalid` for another format, `file.not-writable`.
  init(_ path: String) throws(AssayError) {
    guard path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson") else {
      throw AssayError(
        .usage, "Rows are written as JSON lines: name the file of --rows with .jsonl, not \"\(path)\".",
        details: ["option": "--rows"])
    }
    guard !Files.isFolder(path) else { throw Files.unwritable(path, EISDIR) }
    self.path = path
    temporary = "\(Files.folder(of: path))/.assay-\(getpid())-rows.tmp"
    // Safety: here and below a path is a terminated text for as long as the call.
    descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Files.unwritable(path, errno) }
    Interruption.isWriting(temporary)
  }

  func receive(_ rows: [ScoredRow]) throws(AssayError) {
    let status = state.withLock { state -> Int32 in
      for row in rows { row.append(to: &state.buffer) }
      return state.buffer.count < Self.bufferLimit ? 0 : flush(&state)
    }
    guard status == 0 else { throw Files.unwritable(path, status) }
  }

  /// Gives the file its name.
  func finish() throws(AssayError) {
    let status = state.withLock { state -> Int32 in
      let status = flush(&state)
      state.isOpen = false
      let closed = close(descriptor) == 0 ? 0 : errno
      return status != 0 ? status : closed
    }
    guard status == 0, unsafe rename(temporary, path) == 0 else {
      let number = status != 0 ? status : errno
      discard()
      throw Files.unwritable(path, number)
    }
    Interruption.hasWritten(temporary)
  }

  /// Takes away what was written, after a run that did not end well.
  func discard() {
    state.withLock { state in
      if state.isOpen { close(descriptor) }
      state.isOpen = false
    }
    _ = unsafe unlink(temporary)
    Interruption.hasWritten(temporary)
  }

  private func flush(_ state: inout State) -> Int32 {
    let status = Files.write(state.buffer, to: descriptor)
    state.buffer.removeAll(keepingCapacity: true)
    return status
  }
}

extension ScoredRow {
  /// Adds the row as a line of JSON.
  fileprivate func append(to buffer: inout [UInt8]) {
    var object: JSONObject = ["evaluator": .string(evaluator), "row": JSONValue(row)]
    if let key { object["key"] = .string(key) }
    object["score"] = JSONValue(score)
    object["outcome"] = .string(outcome.rawValue)
    if let cause { object["cause"] = .string(cause.rawValue) }
    if let message { object["message"] = .string(message) }
    buffer += Array(JSONValue.object(object).text().utf8)
    buffer.append(UInt8(ascii: "\n"))
  }
}
