/// Immutable bytes that something else keeps alive.
///
/// Copies share the bytes; the last one lets the owner go.
@safe
struct Buffer: @unchecked Sendable {
  // Safety: the bytes never change and live as long as `owner`, so that any
  // thread may read them.
  private let owner: AnyObject?
  private let start: UnsafeRawPointer?
  let byteCount: Int

  /// No bytes at all; Arrow writes it as a null pointer.
  static let none = unsafe Buffer(owner: nil, start: nil, byteCount: 0)

  /// Wraps bytes that `owner` keeps alive and unchanged.
  @unsafe
  init(owner: AnyObject?, start: UnsafeRawPointer?, byteCount: Int) {
    self.owner = owner
    unsafe self.start = start
    self.byteCount = byteCount
  }

  /// A copy of the values.
  init<Value: BitwiseCopyable>(copying values: [Value]) {
    self = unsafe values.withUnsafeBytes { source in
      unsafe Buffer(byteCount: source.count) { unsafe $0.copyMemory(from: source) }
    }
  }

  /// New bytes, aligned to 64, which `fill` sets all of.
  @unsafe
  init(byteCount: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
    let memory = OwnedMemory(byteCount: byteCount)
    // Safety: the memory is new, so that nobody else sees it being written.
    unsafe fill(UnsafeMutableRawBufferPointer(start: memory.start, count: byteCount))
    unsafe self.init(owner: memory, start: memory.start, byteCount: byteCount)
  }

  var isPresent: Bool { unsafe start != nil }

  /// The address, for a struct that is handed to a plugin together with this buffer.
  @unsafe
  var address: UnsafeRawPointer? { unsafe start }

  var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      let span = unsafe RawSpan(_unsafeStart: start ?? emptyBytes, byteCount: byteCount)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The bytes as values of one type; none where the buffer is shorter than asked.
  @_lifetime(borrow self)
  func values<Value: BitwiseCopyable>(of type: Value.Type, from first: Int, count: Int) -> Span<Value> {
    let span = unsafe unboundValues(of: type, from: first, count: count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// The same, for a caller that itself keeps the buffer alive.
  @unsafe @_lifetime(immortal)
  func unboundValues<Value: BitwiseCopyable>(
    of type: Value.Type, from first: Int, count: Int
  ) -> Span<Value> {
    let width = MemoryLayout<Value>.stride
    let isInside = count > 0 && (first + count) * width <= byteCount
    let origin = unsafe isInside ? (start ?? emptyBytes).advanced(by: first * width) : emptyBytes
    let values = unsafe origin.assumingMemoryBound(to: Value.self)
    let span = unsafe Span<Value>(_unsafeStart: values, count: isInside ? count : 0)
    return unsafe _overrideLifetime(span, borrowing: ())
  }

  /// The same bytes from a position on.
  func dropping(first count: Int) -> Buffer {
    guard count > 0, let start = unsafe start else { return self }
    let dropped = min(count, byteCount)
    return unsafe Buffer(
      owner: owner, start: start.advanced(by: dropped), byteCount: byteCount - dropped)
  }
}

/// Bytes of our own, freed with the last buffer that shows them.
@safe
private final class OwnedMemory {
  let start: UnsafeMutableRawPointer

  init(byteCount: Int) {
    unsafe start = .allocate(byteCount: max(byteCount, 1), alignment: 64)
  }

  deinit { unsafe start.deallocate() }
}

// Safety: never read, only an aligned address for spans without elements.
private nonisolated(unsafe) let emptyBytes = UnsafeRawPointer(
  UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64))
