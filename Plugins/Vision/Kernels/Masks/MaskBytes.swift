/// Reads little-endian numbers, and never beyond the end.
struct MaskBytes: ~Escapable {
  private let bytes: RawSpan
  private var position = 0

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan) { self.bytes = bytes }

  /// The first byte; 0 where there is none.
  var first: UInt8 {
    // Safety: any byte is a number, and there is one.
    bytes.isEmpty ? 0 : unsafe bytes.unsafeLoad(fromByteOffset: 0, as: UInt8.self)
  }

  var remaining: Int { bytes.byteCount - position }

  @_lifetime(self: copy self)
  mutating func skip(_ count: Int) { position += min(count, remaining) }

  @_lifetime(self: copy self)
  mutating func count() throws(MaskError) -> Int { Int(UInt32(littleEndian: try number())) }

  @_lifetime(self: copy self)
  mutating func double() throws(MaskError) -> Double {
    Double(bitPattern: UInt64(littleEndian: try number()))
  }

  @_lifetime(self: copy self)
  private mutating func number<Value: FixedWidthInteger & BitwiseCopyable>() throws(MaskError) -> Value {
    let width = MemoryLayout<Value>.size
    guard remaining >= width else { throw .wrongLength }
    // Safety: any bits are an integer, and so many bytes are there.
    let value = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: Value.self)
    position += width
    return value
  }
}
