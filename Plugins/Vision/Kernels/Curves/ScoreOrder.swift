/// The detections that count, by class and within it from the highest score down.
///
/// Equal scores stay in the order of images and, within an image, of the file, as a
/// stable sort leaves them.
struct ScoreOrder: Sendable {
  /// Positions of detections, class after class.
  private(set) var positions: [UInt32] = []
  /// Where the detections of each class end.
  private(set) var ends: [Int] = []
  /// Positions of all detections that count, from the highest score down.
  private(set) var all: [UInt32] = []

  /// - Complexity: O(*n*): three passes of a radix sort over the upper half of the
  ///   scores' bits, which leaves few detections to compare.
  init(_ detections: MatchedDetections, limitCount: Int, classCount: Int) {
    var items: [UInt64] = []
    items.reserveCapacity(detections.scores.count)
    for index in detections.scores.indices
    where detections.classes[index] >= 0 && Int(detections.ranks[index]) < limitCount {
      items.append(SortItem.item(detections.scores[index], index))
    }
    RadixSort.sort(&items)
    SortItem.settleEqualHalves(&items, detections.scores)
    all = items.map { UInt32(truncatingIfNeeded: $0) }
    split(detections.classes, classCount: classCount)
  }

  /// The detections of a class.
  func detections(ofClass label: Int) -> ArraySlice<UInt32> {
    positions[ends.objects(of: label)]
  }

  private mutating func split(_ classes: [Int32], classCount: Int) {
    var starts = [Int](repeating: 0, count: classCount + 1)
    for position in all { starts[Int(classes[Int(position)]) + 1] += 1 }
    for label in 0..<classCount { starts[label + 1] += starts[label] }
    ends = Array(starts.dropFirst())
    positions = [UInt32](repeating: 0, count: all.count)
    for position in all {
      let label = Int(classes[Int(position)])
      positions[starts[label]] = position
      starts[label] += 1
    }
  }
}

/// The upper half of a score's bits, turned so that higher scores are smaller numbers,
/// over the detection's position.
private enum SortItem {
  static func item(_ score: Double, _ index: Int) -> UInt64 {
    key(score) & 0xFFFF_FFFF_0000_0000 | UInt64(index)
  }

  /// Smaller for a higher score; 0 and -0 are equal.
  static func key(_ score: Double) -> UInt64 {
    let bits = (score + 0).bitPattern
    return bits >> 63 == 1 ? bits : ~bits & 0x7FFF_FFFF_FFFF_FFFF
  }

  /// Orders the items whose upper halves are equal.
  static func settleEqualHalves(_ items: inout [UInt64], _ scores: [Double]) {
    var start = 0
    while start < items.count {
      var end = start + 1
      while end < items.count, items[end] >> 32 == items[start] >> 32 { end += 1 }
      if end - start > 1 { settle(&items, start..<end, scores) }
      start = end
    }
  }

  private static func settle(_ items: inout [UInt64], _ range: Range<Int>, _ scores: [Double]) {
    func score(_ item: UInt64) -> Double { scores[Int(item & 0xFFFF_FFFF)] }
    let isSettled = range.dropFirst().allSatisfy { score(items[$0 - 1]) >= score(items[$0]) }
    guard !isSettled else { return }
    items[range].sort { a, b in
      let (first, second) = (score(a), score(b))
      return first > second || (first == second && a < b)
    }
  }
}

/// A stable sort by the upper 32 bits of numbers, ascending.
private enum RadixSort {
  private static let digits: [(shift: UInt64, count: Int)] = [(32, 2048), (43, 2048), (54, 1024)]

  static func sort(_ items: inout [UInt64]) {
    guard items.count > 1 else { return }
    var other = [UInt64](repeating: 0, count: items.count)
    for digit in digits {
      var starts = histogram(items, digit.shift, digit.count)
      guard !starts.contains(items.count) else { continue }
      var sum = 0
      for value in starts.indices { (starts[value], sum) = (sum, sum + starts[value]) }
      scatter(items, digit.shift, digit.count, &starts, into: &other)
      swap(&items, &other)
    }
  }

  private static func histogram(_ items: [UInt64], _ shift: UInt64, _ count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    var span = counts.mutableSpan
    let mask = UInt64(count - 1)
    for item in items {
      // Safety: the mask keeps the digit under the count.
      unsafe span[unchecked: Int(item >> shift & mask)] += 1
    }
    return counts
  }

  private static func scatter(
    _ items: [UInt64], _ shift: UInt64, _ count: Int, _ starts: inout [Int],
    into other: inout [UInt64]
  ) {
    var next = starts.mutableSpan
    var target = other.mutableSpan
    let mask = UInt64(count - 1)
    for item in items {
      // Safety: the mask keeps the digit under the count, and the starts add up to the
      // number of items, which both arrays have.
      let digit = Int(item >> shift & mask)
      let position = unsafe next[unchecked: digit]
      unsafe target[unchecked: position] = item
      unsafe next[unchecked: digit] = position + 1
    }
  }
}
