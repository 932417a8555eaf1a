import AssayArrow
import AssayCore
import AssayJSON
import CAssayPlugin

/// A reader's stream behind the engine's guard: an exception in one of its functions
/// becomes an error of the stream.
@safe
final class GuardedStream {
  private let inner: UnsafeMutablePointer<ArrowArrayStream>
  private let call: LoadedCall
  private let name: String
  private var lastError: KeptText?

  private init(_ call: LoadedCall, name: String) {
    self.call = call
    self.name = name
    unsafe inner = .allocate(capacity: 1)
    unsafe inner.initialize(to: ArrowArrayStream())
  }

  // Safety: filled by the reader, released here and nowhere else.
  deinit {
    if let release = unsafe inner.pointee.release {
      withExtendedLifetime(call) { unsafe release(inner) }
    }
    unsafe inner.deallocate()
  }

  /// Opens a file and wraps the stream that the reader makes.
  static func open(
    _ call: LoadedCall, name: String, uri: String, options: JSONValue
  ) throws(AssayError) -> ArrowStream {
    let stream = GuardedStream(call, name: name)
    let path = KeptText(uri)
    let text = KeptText(options.text())
    let failure = PluginFailure()
    // Safety: all of these outlive the call.
    let status = try unsafe call.call { what in
      switch what {
      case .uri: path.address
      case .uriLength: UInt64(path.byteCount)
      case .options: text.address
      case .optionsLength: UInt64(text.byteCount)
      case .stream: UInt64(UInt(bitPattern: unsafe stream.inner))
      case .error: failure.address
      default: 0
      }
    }
    if call.plan.returns != .ignored,
      let error = failure.readerError(status: Int64(bitPattern: status), name: name, uri: uri)
    {
      throw error
    }
    guard unsafe stream.inner.pointee.release != nil else {
      throw AssayError(.pluginMisbehaved, "\(name) said that it opened \(uri), and gave no stream.")
    }
    var outer = unsafe ArrowArrayStream(
      get_schema: streamSchema, get_next: streamNext, get_last_error: streamError,
      release: releaseStream, private_data: Unmanaged.passRetained(stream).toOpaque())
    return try unsafe ArrowStream(moving: &outer)
  }

  /// Calls one of the stream's functions; what it threw becomes the last error.
  @unsafe
  fileprivate func step(
    _ function: UnsafeMutableRawPointer?, into place: UnsafeMutableRawPointer
  ) -> Int32 {
    guard let function = unsafe function else {
      lastError = KeptText("\(name) gave a stream without functions.")
      return 1
    }
    lastError = nil
    let interface = CallInterface(result: .int32, parameters: [.pointer, .pointer])
    do throws(AssayError) {
      // Safety: Arrow's stream interface fixes the prototype.
      let status = try unsafe FunctionAddress(function).call(
        interface, [UInt64(UInt(bitPattern: inner)), UInt64(UInt(bitPattern: place))], as: name)
      return Int32(truncatingIfNeeded: Int64(bitPattern: status))
    } catch {
      lastError = KeptText(error.message)
      return 1
    }
  }

  @unsafe
  fileprivate func schema(into place: UnsafeMutableRawPointer) -> Int32 {
    unsafe step(unsafeBitCast(inner.pointee.get_schema, to: UnsafeMutableRawPointer?.self), into: place)
  }

  @unsafe
  fileprivate func next(into place: UnsafeMutableRawPointer) -> Int32 {
    unsafe step(unsafeBitCast(inner.pointee.get_next, to: UnsafeMutableRawPointer?.self), into: place)
  }

  /// Our own words, else the reader's.
  @unsafe
  fileprivate func error() -> UnsafePointer<CChar>? {
    if let lastError {
      return unsafe UnsafePointer<CChar>(bitPattern: UInt(lastError.address))
    }
    guard let ask = unsafe inner.pointee.get_last_error else { return nil }
    return unsafe ask(inner)
  }
}

// Safety of the four: the private data is a stream that was retained for the struct.

@unsafe
private func wrapped(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> GuardedStream? {
  unsafe stream?.pointee.private_data.map {
    unsafe Unmanaged<GuardedStream>.fromOpaque($0).takeUnretainedValue()
  }
}

private func streamSchema(
  _ stream: UnsafeMutablePointer<ArrowArrayStream>?, _ out: UnsafeMutablePointer<ArrowSchema>?
) -> Int32 {
  guard let out = unsafe out else { return 1 }
  return unsafe wrapped(stream)?.schema(into: UnsafeMutableRawPointer(out)) ?? 1
}

private func streamNext(
  _ stream: UnsafeMutablePointer<ArrowArrayStream>?, _ out: UnsafeMutablePointer<ArrowArray>?
) -> Int32 {
  guard let out = unsafe out else { return 1 }
  return unsafe wrapped(stream)?.next(into: UnsafeMutableRawPointer(out)) ?? 1
}

private func streamError(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> UnsafePointer<CChar>? {
  unsafe wrapped(stream)?.error()
}

private func releaseStream(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) {
  guard let stream = unsafe stream, let data = unsafe stream.pointee.private_data else { return }
  unsafe stream.pointee.release = nil
  unsafe Unmanaged<GuardedStream>.fromOpaque(data).release()
}
