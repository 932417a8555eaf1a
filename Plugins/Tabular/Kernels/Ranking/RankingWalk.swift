/// Where a walk over the scores, from the highest down, stands.
struct RankingPosition: Sendable, Hashable {
  /// The weight of the positive rows, and of the negative ones, that were passed.
  var positives = TwoDouble()
  var negatives = TwoDouble()
}

/// The positive rows of one score, and what lies before them.
struct RankedGroup {
  let score: Double
  /// What has a higher score.
  let before: RankingPosition
  /// What has this score or a higher one.
  let after: RankingPosition
  /// The weights of the rows of this very score.
  let positives: Double
  let negatives: Double
}

/// Somebody who follows a walk.
protocol RankingVisitor {
  /// Negative rows were passed, all of scores between two groups.
  ///
  /// - Parameter lowest: The lowest of these scores.
  mutating func negatives(_ weight: Double, count: Int, lowest: Double, after: RankingPosition)
  /// All rows of a score that has positive ones were passed.
  mutating func group(_ group: RankedGroup)
  /// A block begins.
  mutating func block<Item>(_ block: RankedBlock<Item>, from position: RankingPosition)
}

extension RankingVisitor {
  mutating func block<Item>(_ block: RankedBlock<Item>, from position: RankingPosition) {}
}

extension SplitRuns {
  /// Shows every distinct score that a positive row has to a visitor, from the
  /// highest down, and the negative rows between them in bulk.
  ///
  /// The sums are those of the sorted rows, one after the other, so that their bits
  /// do not depend on how the rows came in.
  func walk(_ visitor: inout some RankingVisitor) {
    var position = RankingPosition()
    forEachBlockDescending { block in
      visitor.block(block, from: position)
      Self.walk(block, &position, &visitor)
    }
  }

  private static func walk(
    _ block: RankedBlock<Item>, _ position: inout RankingPosition, _ visitor: inout some RankingVisitor
  ) {
    let (positives, negatives) = unsafe (block.positives, block.negatives)
    var (i, j) = (positives.count, negatives.count)
    while i > 0 {
      // Safety: every index is under the count of its buffer and not under 0.
      let key = unsafe positives[i - 1].key
      let greater = unsafe rest(of: negatives, below: j) { $0.key > key }
      if greater < j {
        unsafe pass(negatives, greater..<j, &position, &visitor)
      }
      let equal = unsafe rest(of: negatives, below: greater) { $0.key == key }
      let first = unsafe rest(of: positives, below: i - 1) { $0.key == key }
      let before = position
      let p = unsafe add(positives, first..<i, to: &position.positives)
      let n = unsafe equal == greater ? 0 : add(negatives, equal..<greater, to: &position.negatives)
      visitor.group(
        RankedGroup(
          score: SortKey.value(key), before: before, after: position, positives: p, negatives: n))
      (i, j) = (first, equal)
    }
    if j > 0 { unsafe pass(negatives, 0..<j, &position, &visitor) }
  }

  @unsafe @inline(__always)
  private static func rest(
    of items: UnsafeBufferPointer<Item>, below end: Int, while isIn: (Item) -> Bool
  ) -> Int {
    var index = end
    while index > 0, unsafe isIn(items[index - 1]) { index -= 1 }
    return index
  }

  @unsafe @inline(__always)
  private static func pass(
    _ negatives: UnsafeBufferPointer<Item>, _ range: Range<Int>, _ position: inout RankingPosition,
    _ visitor: inout some RankingVisitor
  ) {
    let weight = unsafe add(negatives, range, to: &position.negatives)
    let lowest = unsafe SortKey.value(negatives[range.lowerBound].key)
    visitor.negatives(weight, count: range.count, lowest: lowest, after: position)
  }

  /// Adds the weights of the items, the highest first.
  ///
  /// - Returns: Their sum alone.
  @unsafe @inline(__always)
  static func add(
    _ items: UnsafeBufferPointer<Item>, _ range: Range<Int>, to sum: inout TwoDouble
  ) -> Double {
    if Item.self == PlainItem.self {
      // Whole numbers add up without a rounding error.
      sum.add(Double(range.count))
      return Double(range.count)
    }
    var own = TwoDouble()
    for index in range.reversed() {
      let weight = unsafe items[index].weight
      sum.add(weight)
      own.add(weight)
    }
    return own.value
  }
}
