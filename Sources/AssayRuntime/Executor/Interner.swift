/// Numbers distinct keys in the order in which they come.
struct Interner {
  /// The keys' numbers by hash, -1 where there is none; a power of two, at most half full.
  private var slots = [Int32](repeating: -1, count: 64)
  private var hashes: [UInt64] = []

  /// How many distinct keys came.
  var count: Int { hashes.count }

  /// The number of a key.
  ///
  /// - Parameter isSame: Whether the key is the one of a number with the same hash.
  /// - Complexity: O(1) on average.
  mutating func number(hash: UInt64, isSame: (Int32) -> Bool) -> Int32 {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let known = slots[slot]
      if hashes[Int(known)] == hash, isSame(known) { return known }
      slot = (slot + 1) & mask
    }
    let number = Int32(hashes.count)
    slots[slot] = number
    hashes.append(hash)
    if 2 * hashes.count > slots.count { grow() }
    return number
  }

  /// The number of a key of 64 bits.
  mutating func number(of key: UInt64) -> Int32 {
    // Different keys have different hashes, as every step can be undone.
    number(hash: Self.mixed(key)) { _ in true }
  }

  private mutating func grow() {
    let mask = 2 * slots.count - 1
    slots = [Int32](repeating: -1, count: mask + 1)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number)
    }
  }

  /// Spreads a key's bits; one-to-one.
  static func mixed(_ key: UInt64) -> UInt64 {
    var key = key
    key ^= key >> 32
    key &*= 0x9E37_79B9_7F4A_7C15
    key ^= key >> 29
    key &*= 0xBF58_476D_1CE4_E5B9
    return key ^ (key >> 32)
  }

  /// A hash of bytes, eight at a time.
  static func hash(_ bytes: borrowing RawSpan) -> UInt64 {
    var hash = UInt64(bytes.byteCount)
    var position = 0
    // Safety: both loops stay inside the bytes.
    while position + 8 <= bytes.byteCount {
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      hash = mixed(hash ^ word)
      position += 8
    }
    var rest: UInt64 = 0
    while position < bytes.byteCount {
      rest = rest << 8 | UInt64(unsafe bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self))
      position += 1
    }
    return mixed(hash ^ rest)
  }
}
