import AssayCore

/// The metadata of a schema in the form of the C Data Interface: how many pairs there
/// are, then of each the length and the bytes of its name and of its value; numbers of
/// 32 bits in the machine's own order.
enum SchemaMetadata {
  /// More pairs than that are taken for an attack.
  static let pairLimit = 65_536
  /// More bytes than that are taken for an attack.
  static let byteLimit = 256 << 20

  /// Reads the pairs; of two with one name the first counts, and what is not UTF-8 is
  /// repaired.
  ///
  /// The interface does not say how long the memory is: a producer that counts wrongly
  /// within the limits cannot be told from one that counts right.
  /// - Throws: `data.invalid-arrow` for negative counts and beyond the limits.
  @unsafe
  static func pairs(at start: UnsafeRawPointer?) throws(AssayError) -> [String: String] {
    guard let start = unsafe start else { return [:] }
    var position = 0
    func number(upTo limit: Int) throws(AssayError) -> Int {
      // Safety: the producer promises that the number is there.
      let number = Int(unsafe start.loadUnaligned(fromByteOffset: position, as: Int32.self))
      guard number >= 0, number <= limit else {
        throw AssayError(.invalidArrow, "The metadata of a schema counts \(number), which makes no sense.")
      }
      position += 4
      return number
    }
    func text() throws(AssayError) -> String {
      let count = try number(upTo: byteLimit - position)
      // Safety: as above; the bytes are copied at once.
      let bytes = unsafe UnsafeRawBufferPointer(start: start + position, count: count)
      position += count
      return unsafe String(decoding: bytes, as: UTF8.self)
    }
    var pairs: [String: String] = [:]
    for _ in 0..<(try number(upTo: pairLimit)) {
      let name = try text()
      let value = try text()
      if pairs[name] == nil { pairs[name] = value }
    }
    return pairs
  }

  /// The pairs as bytes, by name; nil where there are none, as the interface wants it.
  static func encoded(_ pairs: [String: String]) -> [UInt8]? {
    guard !pairs.isEmpty else { return nil }
    var bytes: [UInt8] = []
    func append(_ number: Int) {
      // Safety: the four bytes of a number on the stack.
      unsafe withUnsafeBytes(of: Int32(truncatingIfNeeded: number)) { unsafe bytes.append(contentsOf: $0) }
    }
    append(pairs.count)
    for (name, value) in pairs.sorted(by: { $0.key < $1.key }) {
      for text in [name, value] {
        append(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
      }
    }
    return bytes
  }
}
