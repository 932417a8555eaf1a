/// A place in bytes that nobody vouches for: every read is checked.
///
/// Numbers are little-endian, as on all machines that Assay runs on.
struct ByteCursor {
  /// The bytes end before what should be there, or make no sense.
  struct Damaged: Error {}

  let bytes: [UInt8]
  private(set) var offset: Int
  /// Where this cursor must stop.
  let end: Int

  init(_ bytes: [UInt8], at offset: Int = 0, end: Int? = nil) throws(Damaged) {
    self.bytes = bytes
    self.offset = offset
    self.end = end ?? bytes.count
    guard offset >= 0, offset <= self.end, self.end <= bytes.count else { throw Damaged() }
  }

  var isAtEnd: Bool { offset >= end }

  var remaining: Int { end - offset }

  mutating func skip(_ count: Int) throws(Damaged) {
    guard count >= 0, count <= remaining else { throw Damaged() }
    offset += count
  }

  /// An unsigned number of that many bytes, at most eight.
  mutating func unsigned(_ width: Int) throws(Damaged) -> UInt64 {
    guard width >= 0, width <= 8, width <= remaining else { throw Damaged() }
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    offset += width
    return value
  }

  mutating func u8() throws(Damaged) -> UInt8 { UInt8(try unsigned(1)) }
  mutating func u16() throws(Damaged) -> UInt16 { UInt16(try unsigned(2)) }
  mutating func u32() throws(Damaged) -> UInt32 { UInt32(try unsigned(4)) }
  mutating func u64() throws(Damaged) -> UInt64 { try unsigned(8) }

  /// A number that must be usable as an offset or a length.
  mutating func size(_ width: Int) throws(Damaged) -> Int {
    guard let value = Int(exactly: try unsigned(width)) else { throw Damaged() }
    return value
  }

  /// An unsigned number in LEB128, as DWARF writes it.
  mutating func uleb() throws(Damaged) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try u8()
      if shift < 64 { value |= UInt64(byte & 0x7F) << shift }
      guard byte & 0x80 != 0 else { return value }
      shift += 7
      guard shift < 140 else { throw Damaged() }
    }
  }

  /// A signed number in LEB128.
  mutating func sleb() throws(Damaged) -> Int64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try u8()
      if shift < 64 { value |= UInt64(byte & 0x7F) << shift }
      shift += 7
      guard byte & 0x80 != 0 else {
        if byte & 0x40 != 0, shift < 64 { value |= ~0 << shift }
        return Int64(bitPattern: value)
      }
      guard shift < 140 else { throw Damaged() }
    }
  }

  /// The text up to the next zero byte.
  mutating func text() throws(Damaged) -> String {
    guard let zero = bytes[offset..<end].firstIndex(of: 0) else { throw Damaged() }
    let text = String(decoding: bytes[offset..<zero], as: UTF8.self)
    offset = zero + 1
    return text
  }
}
