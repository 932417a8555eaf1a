/// Bits from a position in a buffer, least significant first, as Arrow packs
/// validity and booleans.
struct Bitmap: Sendable {
  let buffer: Buffer
  /// The position of the first bit.
  let offset: Int
  let count: Int

  func bit(at index: Int) -> Bool {
    let position = offset + index
    return buffer.bytes.unsafeLoad(fromByteOffset: position >> 3, as: UInt8.self) >> (position & 7) & 1 == 1
  }

  /// The number of bits that are set.
  ///
  /// - Complexity: O(*n*/8).
  var countOfOnes: Int {
    let bytes = buffer.bytes
    var ones = 0
    var index = 0
    while index < count, (offset + index) & 7 != 0 {
      ones += bit(at: index) ? 1 : 0
      index += 1
    }
    while index + 8 <= count {
      ones += bytes.unsafeLoad(fromByteOffset: (offset + index) >> 3, as: UInt8.self).nonzeroBitCount
      index += 8
    }
    while index < count {
      ones += bit(at: index) ? 1 : 0
      index += 1
    }
    return ones
  }

  /// The bits as a buffer that starts with the first of them; the same bytes
  /// where it already starts on a whole byte.
  func aligned() -> Buffer {
    if offset & 7 == 0 { return buffer.dropping(first: offset >> 3) }
    return Bitmap.packing(count: count) { bit(at: $0) }
  }

  /// New packed bits.
  static func packing(count: Int, _ isSet: (Int) -> Bool) -> Buffer {
    var bytes = [UInt8](repeating: 0, count: (count + 7) / 8)
    for index in 0..<count where isSet(index) {
      bytes[index >> 3] |= 1 << UInt8(index & 7)
    }
    return Buffer(copying: bytes)
  }
}

extension RawSpan {
  /// A value at a position that the caller has checked.
  func unsafeLoad<Value: BitwiseCopyable>(fromByteOffset offset: Int, as type: Value.Type) -> Value {
    // Safety: checked by the caller and, in debug builds, here.
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: type)
  }
}
