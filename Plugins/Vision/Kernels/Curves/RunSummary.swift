/// All images of a run joined, sorted and counted by class: what results are read from.
struct RunSummary {
  let options: DetectionOptions
  let classes: ClassTable
  let block: ImageBlock
  let order: ScoreOrder
  /// By class, then area range: how many truths are to be found.
  let positives: [Int]

  /// - Precondition: The state is joined.
  init(_ state: borrowing DetectionState) {
    options = state.options
    classes = state.classes
    block = state.blocks.first ?? ImageBlock(names: .numbers([]))
    order = ScoreOrder(
      block.detections, limitCount: options.maxDetections.count, classCount: classes.entries.count)
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
      order.detections(ofClass: label), of: block.detections, positives: positives(ofClass: label),
      limit: limit, options)
  }
}
