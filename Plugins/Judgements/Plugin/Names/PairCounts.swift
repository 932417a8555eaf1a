import KernelSupport

/// How often ordered pairs of numbered names occurred.
struct PairCounts: Sendable {
  private var counts: [UInt64: Int] = [:]

  init() {}

  private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) << 32 | UInt64(second)
  }

  mutating func add(_ first: UInt32, _ second: UInt32, times: Int = 1) {
    counts[Self.key(first, second), default: 0] += times
  }

  /// Adds counts of pairs of other numbers.
  ///
  /// - Parameter numbers: What those numbers are here.
  mutating func merge(_ other: PairCounts, _ numbers: [UInt32]) {
    other.forEach { add(numbers[$0], numbers[$1], times: $2) }
  }

  var total: Int { counts.values.reduce(0, +) }

  /// In no order.
  func forEach(_ body: (Int, Int, Int) -> Void) {
    for (key, count) in counts { body(Int(key >> 32), Int(key & 0xFFFF_FFFF), count) }
  }

  /// With other numbers for the names, in ascending order of them.
  func renumbered(_ numbers: [Int]) -> [(first: Int, second: Int, count: Int)] {
    var result = PairCounts()
    result.merge(self, numbers.map { UInt32(truncatingIfNeeded: $0) })
    return result.counts.sorted { $0.key < $1.key }
      .map { (Int($0.key >> 32), Int($0.key & 0xFFFF_FFFF), $0.value) }
  }
}

extension PairCounts {
  func save(to writer: inout StateWriter) {
    writer.write(counts.sorted { $0.key < $1.key }) { writer, pair in
      writer.write(pair.key)
      writer.write(pair.value)
    }
  }

  /// - Parameter names: How many names there are.
  /// - Throws: ``KernelError`` for bytes that are no counts of pairs of them.
  @_lifetime(reader: copy reader)
  init(names: Int, from reader: inout StateReader) throws(KernelError) {
    for _ in 0..<(try reader.length(elementSize: 16)) {
      let key = try reader.number()
      let count = try reader.count(upTo: 1 << 40)
      guard key >> 32 < names, key & 0xFFFF_FFFF < names, count > 0, counts[key] == nil else {
        throw StateReader.broken
      }
      counts[key] = count
    }
  }
}
