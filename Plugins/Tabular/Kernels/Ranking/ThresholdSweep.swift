import KernelSupport

/// Counts what the thresholds 0.00 to 1.00 would let through, during a walk.
struct ThresholdSweep: RankingVisitor {
  private let positives: Double
  private let isCount: Bool
  /// The thresholds that lie below everything so far, the highest last.
  private var pending = (0...100).map { Double($0) / 100 }
  private var rows: [(threshold: Double, at: RankingPosition)] = []
  private var end = RankingPosition()

  init(positives: Double, isCount: Bool) {
    self.positives = positives
    self.isCount = isCount
  }

  mutating func block<Item>(_ block: RankedBlock<Item>, from position: RankingPosition) {
    let lowest = unsafe [block.positives.first?.key, block.negatives.first?.key].compactMap(\.self).min()
    guard let lowest else { return }
    while let threshold = pending.last, SortKey.of(threshold) >= lowest {
      var position = position
      unsafe Self.add(block.positives, from: threshold, to: &position.positives)
      unsafe Self.add(block.negatives, from: threshold, to: &position.negatives)
      rows.append((threshold, position))
      pending.removeLast()
    }
  }

  @unsafe
  private static func add<Item: RankedItem>(
    _ items: UnsafeBufferPointer<Item>, from threshold: Double, to sum: inout TwoDouble
  ) {
    let key = SortKey.of(threshold)
    // Safety: the index stays inside the buffer.
    let first = unsafe items.lastIndex { $0.key < key }.map { $0 + 1 } ?? 0
    _ = unsafe SplitRuns<Item>.add(items, first..<items.count, to: &sum)
  }

  mutating func negatives(_ weight: Double, count: Int, lowest: Double, after: RankingPosition) {
    end = after
  }

  mutating func group(_ group: RankedGroup) { end = group.after }

  /// The sweep, with the best threshold as one more row where it is not on the grid.
  func table(with best: (threshold: Double, at: RankingPosition)?) -> FoundTable {
    var all = rows + pending.reversed().map { ($0, end) }
    if let best, best.threshold.isFinite, !all.contains(where: { $0.0 == best.threshold }) {
      all.append((best.threshold, best.at))
    }
    all.sort { $0.0 < $1.0 }
    let counted = all.map { Cells(at: $0.1, positives: positives) }
    return FoundTable(
      "threshold_sweep",
      [
        "threshold": .numbers(all.map(\.0)),
        "precision": .numbers(counted.map(\.precision)), "recall": .numbers(counted.map(\.recall)),
        "f1": .numbers(counted.map(\.f1)),
        "tp": .numbers(counted.map(\.tp)), "fp": .numbers(counted.map(\.fp)),
        "fn": .numbers(counted.map(\.fn)),
      ])
  }

  private struct Cells {
    let tp: Double
    let fp: Double
    let fn: Double

    init(at position: RankingPosition, positives: Double) {
      tp = position.positives.value
      fp = position.negatives.value
      fn = max(0, positives - tp)
    }

    var precision: Double? { tp + fp > 0 ? tp / (tp + fp) : nil }
    var recall: Double? { tp + fn > 0 ? tp / (tp + fn) : nil }
    var f1: Double? { 2 * tp + fp + fn > 0 ? 2 * tp / (2 * tp + fp + fn) : nil }
  }
}
