/// Precision over recall of one class, for each area range and overlap threshold.
///
/// Precision falls at every false positive, so that only the points where a truth is
/// met matter to its envelope, and only those are kept: as the number of detections
/// that counted up to there.
struct ClassCurves {
  let areaCount: Int
  let thresholdCount: Int
  let limitCount: Int
  /// By area range: how many truths are to be found.
  let positives: [Int]
  /// By area range and threshold: how many were.
  private(set) var hitCounts: [Int]
  /// By area range, threshold and number of detections: how many were found by them.
  private(set) var hitsByRank: [Int]
  /// By area range, threshold and met truth: how many detections counted until then.
  private var counted: [UInt32]
  private var starts: [Int] = []

  /// - Parameters:
  ///   - order: The class's detections, from the highest score down.
  ///   - coverage: Where each of all detections counts.
  ///   - limit: Of the numbers of detections the position of the one that applies.
  init(
    _ order: ArraySlice<UInt32>, of detections: MatchedDetections, _ coverage: [Coverage],
    positives: [Int], limit: Int, _ options: DetectionOptions
  ) {
    areaCount = options.areaRanges.count
    thresholdCount = options.thresholds.count
    limitCount = options.maxDetections.count
    self.positives = positives
    hitCounts = [Int](repeating: 0, count: areaCount * thresholdCount)
    hitsByRank = [Int](repeating: 0, count: areaCount * thresholdCount * limitCount)
    starts.reserveCapacity(areaCount * thresholdCount)
    var sum = 0
    for area in 0..<areaCount {
      for _ in 0..<thresholdCount {
        starts.append(sum)
        sum += positives[area]
      }
    }
    counted = [UInt32](repeating: 0, count: sum)
    guard sum > 0 else { return }
    count(order, detections, coverage, limit)
  }

  private mutating func count(
    _ order: ArraySlice<UInt32>, _ detections: MatchedDetections, _ coverage: [Coverage],
    _ limit: Int
  ) {
    // By area range: detections that count at some threshold; and, of those, by
    // threshold, the ones that do not.
    var seen = [UInt32](repeating: 0, count: areaCount)
    var excused = [UInt32](repeating: 0, count: areaCount * thresholdCount)
    let (coverage, ranks) = (coverage.span, detections.ranks.span)
    let countsAll = limit == limitCount - 1
    for position in order where countsAll || Int(ranks[Int(position)]) <= limit {
      let covered = coverage[Int(position)]
      for area in 0..<areaCount { seen[area] += UInt32(covered.areas >> UInt16(area) & 1) }
      if covered.isPlain { continue }
      look(at: Int(position), detections, seen, &excused)
    }
  }

  /// Counts a detection that is not the same at all thresholds.
  private mutating func look(
    at position: Int, _ detections: MatchedDetections, _ seen: [UInt32], _ excused: inout [UInt32]
  ) {
    let everything = UInt16(truncatingIfNeeded: 1 << thresholdCount - 1)
    let rank = Int(detections.ranks[position])
    for area in 0..<areaCount {
      let ignored = detections.ignored[position * areaCount + area] & everything
      var bits = ignored == everything ? 0 : ignored
      while bits != 0 {
        excused[area * thresholdCount + bits.trailingZeroBitCount] += 1
        bits &= bits - 1
      }
      bits = detections.hits[position * areaCount + area]
      while bits != 0 {
        let curve = area * thresholdCount + bits.trailingZeroBitCount
        hit(curve, rank: rank, counted: seen[area] - excused[curve])
        bits &= bits - 1
      }
    }
  }

  @inline(__always)
  private mutating func hit(_ curve: Int, rank: Int, counted: UInt32) {
    self.counted[starts[curve] + hitCounts[curve]] = counted
    hitCounts[curve] += 1
    hitsByRank[curve * limitCount + rank] += 1
  }

  /// The share of the truths that the first detections of each image find; nil where
  /// there is no truth.
  ///
  /// - Parameter limit: The position of the number of detections.
  func recall(area: Int, threshold: Int, limit: Int) -> Double? {
    guard positives[area] > 0 else { return nil }
    let first = (area * thresholdCount + threshold) * limitCount
    let hits = hitsByRank[first...first + limit].reduce(0, +)
    return Double(hits) / Double(positives[area])
  }

  /// The highest precision at each recall or beyond it.
  ///
  /// - Parameters:
  ///   - firsts: For each recall how many truths must be met for it.
  ///   - body: Receives the position of the recall and the precision, from the highest
  ///     recall down.
  func precisions(
    area: Int, threshold: Int, _ firsts: [Int], _ body: (Int, Double) -> Void
  ) {
    let curve = area * thresholdCount + threshold
    var (met, best) = (hitCounts[curve], 0.0)
    for recall in firsts.indices.reversed() {
      // Nothing met is not reached before the first detection.
      let first = max(1, firsts[recall])
      while met >= first {
        // Safety of the sum: as numpy adds a spacing of 1 to it.
        let precision = Double(met) / (Double(counted[starts[curve] + met - 1]) + 0x1p-52)
        best = max(best, precision)
        met -= 1
      }
      body(recall, best)
    }
  }

  /// For each recall of COCO's grid the least number of truths whose share reaches it.
  static func firsts(ofPositives positives: Int) -> [Int] {
    DetectionOptions.recallThresholds.map { recall in
      var first = Int((recall * Double(positives)).rounded(.down))
      while first > 0, Double(first - 1) / Double(positives) >= recall { first -= 1 }
      while Double(first) / Double(positives) < recall { first += 1 }
      return first
    }
  }
}
