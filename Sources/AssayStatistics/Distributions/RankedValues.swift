/// The values of some ranks among many, found without sorting the rest.
///
/// Digits of 16 bits of the values' bit patterns are counted, the most significant
/// first; only the values that share a wanted one's digit are looked at again.
/// Zeros of both signs count as 0.
public struct RankedValues: Sendable {
  private var values: [Int: Double] = [:]

  /// Few enough to be sorted at once.
  private static let sortLimit = 4096

  /// - Parameters:
  ///   - ranks: From 0, in any order; those outside of the values are left out.
  ///   - pieces: The values; no NaN.
  /// - Complexity: O(*n*) for a fixed number of ranks.
  public init(_ ranks: some Sequence<Int>, of pieces: [[Double]]) {
    let count = pieces.reduce(0) { $0 + $1.count }
    let wanted = Set(ranks).filter { $0 >= 0 && $0 < count }.sorted()
    find(wanted, before: 0, in: pieces, count: count, shift: 48, prefix: 0)
  }

  /// The value that `rank` others stand before; NaN where it was not asked for.
  public subscript(rank: Int) -> Double { values[rank] ?? .nan }

  /// - Parameters:
  ///   - before: How many values are smaller than all of these.
  ///   - prefix: The digits that all of these share.
  private mutating func find(
    _ ranks: [Int], before: Int, in pieces: [[Double]], count: Int, shift: UInt64, prefix: UInt64
  ) {
    guard !ranks.isEmpty else { return }
    if count <= Self.sortLimit {
      let sorted = pieces.joined().sorted { key($0) < key($1) }
      for rank in ranks { values[rank] = sorted[rank - before] + 0 }
      return
    }
    let counts = counts(of: pieces, shift: shift)
    for bin in bins(of: ranks, before: before, counts: counts) {
      let prefix = prefix << 16 | UInt64(bin.digit)
      guard shift > 0 else {
        for rank in bin.ranks { values[rank] = value(ofKey: prefix) }
        continue
      }
      let inside = members(of: pieces, digit: UInt64(bin.digit), shift: shift, count: bin.count)
      find(
        bin.ranks, before: bin.before, in: [inside], count: bin.count, shift: shift - 16,
        prefix: prefix)
    }
  }
}

/// Values of one digit, with the ranks that fall among them.
private struct RankBin {
  var digit: Int
  var count: Int
  var before: Int
  var ranks: [Int]
}

/// - Parameter ranks: Sorted.
private func bins(of ranks: [Int], before: Int, counts: [Int]) -> [RankBin] {
  var bins: [RankBin] = []
  var (before, next) = (before, 0)
  for (digit, count) in counts.enumerated() where count > 0 {
    let inside = ranks[next...].prefix { $0 < before + count }
    if !inside.isEmpty {
      bins.append(RankBin(digit: digit, count: count, before: before, ranks: Array(inside)))
    }
    next += inside.count
    before += count
  }
  return bins
}

private func counts(of pieces: [[Double]], shift: UInt64) -> [Int] {
  var counts = [Int](repeating: 0, count: 1 << 16)
  unsafe counts.withUnsafeMutableBufferPointer { counts in
    for piece in pieces {
      for value in piece {
        // Safety: a digit is an index of the counters.
        unsafe counts[Int(key(value) &>> shift & 0xFFFF)] &+= 1
      }
    }
  }
  return counts
}

private func members(of pieces: [[Double]], digit: UInt64, shift: UInt64, count: Int) -> [Double] {
  var found: [Double] = []
  found.reserveCapacity(count)
  for piece in pieces {
    for value in piece where key(value) &>> shift & 0xFFFF == digit { found.append(value) }
  }
  return found
}

/// A whole number that sorts as the value does.
private func key(_ value: Double) -> UInt64 {
  // The sum turns -0 into 0.
  let bits = (value + 0).bitPattern
  return bits >> 63 == 1 ? ~bits : bits | 1 << 63
}

private func value(ofKey key: UInt64) -> Double {
  Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
}
