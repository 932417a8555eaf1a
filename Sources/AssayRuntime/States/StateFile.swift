import Crypto
import Glibc
import Synchronization

public import AssayCore
import AssayJSON

/// Keeps what evaluators know at the end of a run, so that a later question about it
/// needs no new run.
///
/// Only stateful evaluators that can save and load their states and have a parameter of
/// the stage `finish` are kept: of all rows, and of each slice. No file is made where
/// there is none. The file appears under its name with ``finish()``.
///
/// The form: `ASSAYSTS` and a version; then for each state the lengths of its description
/// and of its bytes, the description in JSON, and the bytes of the host's envelope. Numbers
/// have 64 bits, the lowest first.
public final class StateFile: Sendable {
  private struct Draft {
    /// Negative where the file is not open.
    var descriptor: Int32 = -1
    var hash = SHA256()
    var reference: StatesReference?
  }

  static let magic = Array("ASSAYSTS".utf8)
  static let version: UInt64 = 1

  /// Where the file will be.
  public let path: String
  /// Where the states are until the file is finished. A process that is ended from outside
  /// should remove it.
  public let draft: String
  private let state = Mutex(Draft())

  public init(path: String) {
    self.path = path
    let suffix = String(UInt32.random(in: .min ... .max), radix: 36)
    draft = "\(path).\(getpid())-\(suffix).tmp"
  }

  deinit { discard() }

  /// What a result says of the file; nil until it is finished, and where nothing was kept.
  public var reference: StatesReference? { state.withLock(\.reference) }

  /// Adds a state.
  func add(_ description: JSONObject, _ bytes: [UInt8]) throws(AssayError) {
    let text = Array(JSONValue.object(description).text().utf8)
    let problem = state.withLock { state -> Int32 in
      if state.descriptor < 0 {
        // Safety: the path is a terminated text for as long as the call.
        state.descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard state.descriptor >= 0 else { return errno }
        let head = Self.magic + littleEndian(Self.version)
        if let problem = Self.write(head, to: &state) { return problem }
      }
      let lengths = littleEndian(UInt64(text.count)) + littleEndian(UInt64(bytes.count))
      return Self.write(lengths + text, to: &state) ?? Self.write(bytes, to: &state) ?? 0
    }
    guard problem == 0 else { throw unwritable(problem) }
  }

  /// Gives the file its name.
  ///
  /// - Returns: What a result says of it; nil where no state was kept.
  /// - Throws: `data.cannot-write`.
  public func finish() throws(AssayError) -> StatesReference? {
    let (reference, problem) = state.withLock { state -> (StatesReference?, Int32) in
      guard state.descriptor >= 0 else { return (nil, 0) }
      let isClosed = close(state.descriptor) == 0
      state.descriptor = -1
      guard isClosed, unsafe rename(draft, path) == 0 else { return (nil, errno) }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      state.reference = StatesReference(file: name, sha256: hexadecimal(state.hash.finalize()))
      return (state.reference, 0)
    }
    guard problem == 0 else { throw unwritable(problem) }
    return reference
  }

  /// Leaves nothing behind; for a run that did not end well.
  public func discard() {
    state.withLock { state in
      guard state.descriptor >= 0 else { return }
      close(state.descriptor)
      state.descriptor = -1
      unsafe _ = unlink(draft)
    }
  }

  /// - Returns: The number of the system's error, where there is one.
  private static func write(_ bytes: [UInt8], to state: inout Draft) -> Int32? {
    unsafe bytes.withUnsafeBytes { unsafe state.hash.update(bufferPointer: $0) }
    var position = 0
    while position < bytes.count {
      // Safety: the rest of the bytes, for the time of the call.
      let count = unsafe bytes[position...].withUnsafeBytes { rest in
        unsafe Glibc.write(state.descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return errno == 0 ? EIO : errno }
      position += count
    }
    return nil
  }

  private func unwritable(_ number: Int32) -> AssayError {
    // Safety: the text is static and copied at once.
    let reason = unsafe String(cString: strerror(number))
    return AssayError(
      .cannotWrite, "The states cannot be written to \(path): \(reason).", details: ["file": path])
  }
}

private func littleEndian(_ value: UInt64) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
}
