/// Average precision and recall of one class.
struct ClassResult: Sendable {
  /// By area range, then overlap threshold; nil without truth.
  private(set) var precisions: [[Double?]] = []
  /// By area range, then overlap threshold; with the most detections.
  private(set) var recalls: [[Double?]] = []
  /// By number of detections, then overlap threshold; in the first area range.
  private(set) var recallsByLimit: [[Double?]] = []

  init(_ curves: ClassCurves, _ options: DetectionOptions) {
    let thresholds = options.overlapThresholds.indices
    let last = options.maxDetections.count - 1
    for area in options.areaRanges.indices {
      let firsts =
        curves.positives[area] > 0 ? ClassCurves.firsts(ofPositives: curves.positives[area]) : []
      precisions.append(thresholds.map { curves.averagePrecision(area: area, threshold: $0, firsts) })
      recalls.append(thresholds.map { curves.recall(area: area, threshold: $0, limit: last) })
    }
    recallsByLimit = options.maxDetections.indices.map { limit in
      thresholds.map { curves.recall(area: 0, threshold: $0, limit: limit) }
    }
  }

  /// The mean over the overlap thresholds; nil without truth.
  static func mean(_ values: [Double?]) -> Double? {
    let defined = values.compactMap(\.self)
    return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
  }
}

extension ClassCurves {
  /// The mean of the highest precisions over COCO's recalls; nil without truth.
  fileprivate func averagePrecision(area: Int, threshold: Int, _ firsts: [Int]) -> Double? {
    guard positives[area] > 0 else { return nil }
    var sum = 0.0
    precisions(area: area, threshold: threshold, firsts) { _, precision in sum += precision }
    return sum / Double(firsts.count)
  }
}
