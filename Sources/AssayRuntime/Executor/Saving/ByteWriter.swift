/// Writes numbers and texts as little-endian bytes.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func write(_ value: Int) { write(UInt64(bitPattern: Int64(value))) }

  mutating func write(_ text: String) {
    let units = Array(text.utf8)
    write(units.count)
    bytes += units
  }

  mutating func write(_ block: [UInt8]) {
    write(block.count)
    bytes += block
  }

  mutating func write(_ numbers: [Double]) {
    write(numbers.count)
    bytes.reserveCapacity(bytes.count + 8 * numbers.count)
    for number in numbers { write(number.bitPattern) }
  }

  /// A text that may be missing.
  mutating func write(_ text: String?) {
    write(text == nil ? 0 : 1)
    if let text { write(text) }
  }
}
