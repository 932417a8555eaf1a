/// Finds order statistics of non-negative numbers in parts, by counting digits of
/// their bit patterns, which sort like the numbers.
///
/// - Complexity: O(*n*), in constant memory.
struct MedianSelection {
  let parts: [[Double]]

  var count: Int { parts.reduce(0) { $0 + $1.count } }

  /// The middle number, or the mean of the two; nil for no numbers.
  var median: Double? {
    let count = count
    guard count > 0 else { return nil }
    let upper = value(at: count / 2)
    if count % 2 == 1 { return upper }
    let lower = value(at: count / 2 - 1)
    return lower + (upper - lower) / 2
  }

  /// The number that `rank` others stand before.
  private func value(at rank: Int) -> Double {
    var (rank, prefix) = (rank, UInt64(0))
    for shift in stride(from: 48, through: 0, by: -16) {
      let counts = counts(of: prefix, shift: shift)
      var digit = 0
      while digit < counts.count - 1, rank >= counts[digit] {
        rank -= counts[digit]
        digit += 1
      }
      prefix = prefix << 16 | UInt64(digit)
      if counts[digit] < 1 << 16, shift > 0 { return collect(prefix, shift: shift).sorted()[rank] }
    }
    return Double(bitPattern: prefix)
  }

  private func counts(of prefix: UInt64, shift: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: 1 << 16)
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      for part in parts {
        for number in part {
          let bits = number.bitPattern
          // Safety: a masked digit is an index of the counters.
          if shift == 48 || bits &>> UInt64(shift + 16) == prefix {
            unsafe counts[Int(bits &>> UInt64(shift) & 0xFFFF)] &+= 1
          }
        }
      }
    }
    return counts
  }

  private func collect(_ prefix: UInt64, shift: Int) -> [Double] {
    var found: [Double] = []
    for part in parts {
      for number in part where number.bitPattern &>> UInt64(shift) == prefix { found.append(number) }
    }
    return found
  }
}

extension SplitRuns {
  /// The middle of weighted numbers, all of which are among the positives: half of
  /// the weight lies on either side. Where a half ends exactly at a number, the mean
  /// of it and the next, as scikit-learn's averaged weighted percentile.
  ///
  /// - Parameter total: The weight of all.
  func weightedMedian(total: Double) -> Double? {
    let half = total / 2
    var above = TwoDouble()
    var last: Double?
    var median: Double?
    forEachBlockDescending { block in
      guard median == nil else { return }
      for unsafe item in unsafe block.positives.reversed() {
        let number = SortKey.value(item.key)
        var with = above
        with.add(item.weight)
        if with.value > half {
          let reachesOver = half - above.value > .ulpOfOne
          median = reachesOver ? number : last.map { number + ($0 - number) / 2 } ?? number
          return
        }
        above = with
        last = number
      }
    }
    return median ?? last
  }
}
