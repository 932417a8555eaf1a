/// Names with numbers from 0, in the order in which they came.
struct NameTable: Sendable {
  private var bytes: [UInt8] = []
  /// Where each name's bytes end.
  private var ends: [Int] = []
  /// A name's number + 1 at a place by its hash or after it; 0 where there is none.
  private var slots = [UInt32](repeating: 0, count: 16)

  init() {}

  var count: Int { ends.count }

  /// - Precondition: `number` is one of a name.
  func name(_ number: Int) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

  var names: [String] { (0..<count).map(name) }

  private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

  /// A name's number; nil where it is not in the table.
  func find(_ name: RawSpan) -> Int? {
    let slot = slot(of: name)
    return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
  }

  /// A name's number, a new one where it is not in the table.
  ///
  /// - Complexity: O(1) for names of a length, amortised.
  mutating func number(of name: RawSpan) -> Int {
    let slot = slot(of: name)
    guard slots[slot] == 0 else { return Int(slots[slot]) - 1 }
    for index in name.byteOffsets {
      // Safety: the offset is one of the span's.
      bytes.append(unsafe name.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self))
    }
    ends.append(bytes.count)
    slots[slot] = UInt32(count)
    if 2 * count > slots.count { slots = grown() }
    return count - 1
  }

  /// A name's number; nil where it is not in the table.
  func find(_ name: String) -> Int? {
    // Safety: bytes have no padding.
    find(unsafe name.utf8Span.span.bytes)
  }

  /// A name's number, a new one where it is not in the table.
  mutating func number(of name: String) -> Int {
    // Safety: bytes have no padding.
    number(of: unsafe name.utf8Span.span.bytes)
  }

  /// Adds the names of another table.
  ///
  /// - Returns: The number here of each.
  mutating func merge(_ other: NameTable) -> [UInt32] {
    // Safety: bytes have no padding.
    let all = unsafe other.bytes.span.bytes
    return (0..<other.count).map { UInt32(number(of: all.extracting(other.range($0)))) }
  }

  /// Where a name is, or would be.
  private func slot(of name: RawSpan) -> Int {
    let mask = slots.count - 1
    var slot = Self.hash(name) & mask
    while slots[slot] != 0 {
      if isName(Int(slots[slot]) - 1, name) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  /// With the process's own seed, so that no names can be made to collide.
  private static func hash(_ name: RawSpan) -> Int {
    var hasher = Hasher()
    // Safety: the bytes are read within the closure.
    unsafe name.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return hasher.finalize()
  }

  private func isName(_ number: Int, _ name: RawSpan) -> Bool {
    let range = range(number)
    guard range.count == name.byteCount else { return false }
    for index in name.byteOffsets {
      // Safety: the offset is one of the span's.
      let byte = unsafe name.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
      if bytes[range.lowerBound + index] != byte { return false }
    }
    return true
  }

  /// The slots, four times as many.
  private func grown() -> [UInt32] {
    var slots = [UInt32](repeating: 0, count: 4 * slots.count)
    let mask = slots.count - 1
    // Safety: bytes have no padding.
    let all = unsafe bytes.span.bytes
    for number in 0..<count {
      var slot = Self.hash(all.extracting(range(number))) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number + 1)
    }
    return slots
  }
}
