/// Writes a state as bytes: numbers in little-endian order, lists with their length
/// in front.
public struct StateWriter {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  /// Writes a signed number in 64 bits.
  public mutating func write(_ value: Int) { write(UInt64(bitPattern: Int64(value))) }

  /// Writes a number in 64 bits.
  public mutating func write(_ value: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
    }
  }

  /// Writes a number's bits, so that a NaN stays the same.
  public mutating func write(_ value: Double) { write(value.bitPattern) }

  /// Writes a text's length and bytes; -1 for nil.
  public mutating func write(_ text: String?) {
    guard let text else { return write(-1) }
    write(text.utf8.count)
    bytes += Array(text.utf8)
  }

  /// Writes a list of numbers in their own width, its length in front.
  public mutating func write<Number: FixedWidthInteger & BitwiseCopyable>(numbers list: [Number]) {
    write(list.count)
    let ordered = list.map(\.littleEndian)
    // Safety: the bytes of numbers are initialised, and copied.
    unsafe ordered.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// Writes a list of numbers' bits, its length in front.
  public mutating func write(numbers list: [Double]) { write(numbers: list.map(\.bitPattern)) }

  /// Writes a list, its length in front.
  ///
  /// - Parameter one: Writes an element.
  public mutating func write<Element>(_ list: [Element], _ one: (inout StateWriter, Element) -> Void) {
    write(list.count)
    bytes.reserveCapacity(bytes.count + 8 * list.count)
    for element in list { one(&self, element) }
  }
}

/// Reads what ``StateWriter`` wrote; bytes may come from anywhere.
public struct StateReader: ~Escapable {
  private let bytes: RawSpan
  private var position = 0

  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) { self.bytes = bytes }

  /// The error for bytes that are not a state of this kind.
  public static var broken: KernelError {
    KernelError(.invalid, "The saved state is damaged or of another version.")
  }

  /// Whether all bytes have been read.
  public var isAtEnd: Bool { position == bytes.byteCount }

  @_lifetime(self: copy self)
  public mutating func number() throws(KernelError) -> UInt64 {
    guard bytes.byteCount - position >= 8 else { throw Self.broken }
    // Safety: eight bytes are there.
    let value = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
    position += 8
    return UInt64(littleEndian: value)
  }

  /// A count of something that takes at least a byte each, or nothing beyond `limit`.
  @_lifetime(self: copy self)
  public mutating func count(upTo limit: Int = .max >> 1) throws(KernelError) -> Int {
    let value = Int64(bitPattern: try number())
    guard value >= 0, value <= Int64(limit) else { throw Self.broken }
    return Int(value)
  }

  @_lifetime(self: copy self)
  public mutating func double() throws(KernelError) -> Double {
    Double(bitPattern: try number())
  }

  @_lifetime(self: copy self)
  public mutating func text() throws(KernelError) -> String? {
    let length = Int64(bitPattern: try number())
    if length == -1 { return nil }
    guard length >= 0, length <= Int64(bytes.byteCount - position) else { throw Self.broken }
    let part = bytes.extracting(position..<position + Int(length))
    position += Int(length)
    // Safety: the string copies the bytes.
    return unsafe part.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// The length of a list whose elements take so many bytes each.
  @_lifetime(self: copy self)
  public mutating func length(elementSize: Int) throws(KernelError) -> Int {
    try count(upTo: (bytes.byteCount - position) / elementSize + 1)
  }

  /// A list of numbers in their own width.
  @_lifetime(self: copy self)
  public mutating func numbers<Number: FixedWidthInteger & BitwiseCopyable>(
    of type: Number.Type
  ) throws(KernelError) -> [Number] {
    let width = MemoryLayout<Number>.size
    let length = try count(upTo: (bytes.byteCount - position) / width)
    guard bytes.byteCount - position >= length * width else { throw Self.broken }
    var list: [Number] = []
    list.reserveCapacity(length)
    for index in 0..<length {
      // Safety: so many bytes are there.
      list.append(
        Number(
          littleEndian: unsafe bytes.unsafeLoadUnaligned(
            fromByteOffset: position + index * width, as: Number.self)))
    }
    position += length * width
    return list
  }

  /// A list of numbers written as bits.
  @_lifetime(self: copy self)
  public mutating func doubles() throws(KernelError) -> [Double] {
    try numbers(of: UInt64.self).map(Double.init(bitPattern:))
  }

  /// A list of numbers.
  @_lifetime(self: copy self)
  public mutating func numbers() throws(KernelError) -> [UInt64] {
    var list: [UInt64] = []
    for _ in 0..<(try length(elementSize: 8)) { list.append(try number()) }
    return list
  }
}
