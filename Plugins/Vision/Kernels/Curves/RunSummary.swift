/// All images of a run joined, sorted and counted by class: what results are read from.
struct RunSummary {
  let options: DetectionOptions
  let classes: ClassTable
  let block: ImageBlock
  let order: ScoreOrder
  /// By class, then area range: how many truths are to be found.
  let positives: [Int]
  /// By detection: where it counts.
  let coverage: [Coverage]

  /// - Precondition: The state is joined.
  init(_ state: borrowing DetectionState) {
    options = state.options
    classes = state.classes
    block = state.blocks.first ?? ImageBlock(names: .numbers([]))
    order = ScoreOrder(
      block.detections, limitCount: options.maxDetections.count, classCount: classes.entries.count)
    coverage = Coverage.coverage(of: block.detections, options)
    let areaCount = options.areaRanges.count
    var counts = [Int](repeating: 0, count: classes.entries.count * areaCount)
    for (label, ignored) in zip(block.truths.classes, block.truths.ignored) where label >= 0 {
      for area in 0..<areaCount where ignored >> UInt16(area) & 1 == 0 {
        counts[Int(label) * areaCount + area] += 1
      }
    }
    positives = counts
  }

  /// By area range: how many truths of a class are to be found.
  func positives(ofClass label: Int) -> [Int] {
    let areaCount = options.areaRanges.count
    return Array(positives[label * areaCount..<(label + 1) * areaCount])
  }

  /// - Parameter limit: The position of the number of detections.
  func curves(ofClass label: Int, limit: Int) -> ClassCurves {
    ClassCurves(
      order.detections(ofClass: label), of: block.detections, coverage,
      positives: positives(ofClass: label), limit: limit, options)
  }
}

/// The area ranges in which a detection counts, as true or false positive.
///
/// Few detections count at some overlap thresholds and not at others; those are the only
/// ones whose words the curves must look at, with those that met something.
struct Coverage: Sendable {
  /// A bit per area range in which it counts at some threshold.
  let areas: UInt16
  /// Whether it counts as a false positive throughout, where it counts.
  let isPlain: Bool

  static func coverage(
    of detections: MatchedDetections, _ options: DetectionOptions
  ) -> [Coverage] {
    let areaCount = options.areaRanges.count
    let everything = UInt16(truncatingIfNeeded: 1 << options.thresholds.count - 1)
    let (hits, ignored) = (detections.hits.span, detections.ignored.span)
    return detections.scores.indices.map { detection in
      var (areas, odd): (UInt16, UInt16) = (0, 0)
      for area in 0..<areaCount {
        let word = detection * areaCount + area
        let excused = ignored[word] & everything
        areas |= (excused == everything ? 0 : 1) << UInt16(area)
        odd |= hits[word] | (excused == everything ? 0 : excused)
      }
      return Coverage(areas: areas, isPlain: odd == 0)
    }
  }
}
