public import KernelSupport

/// The cells that pycocotools calls `precision` and `recall`, -1 where there is no truth.
public struct PrecisionTensor: Sendable, Hashable {
  /// [overlap threshold, recall, class, area range, number of detections].
  public var precision: [Double]
  /// [overlap threshold, class, area range, number of detections].
  public var recall: [Double]
}

extension DetectionState {
  /// Every cell of precision and recall, classes in the order of ``ClassTable/order``,
  /// in row-major order, as pycocotools has them.
  ///
  /// - Throws: ``KernelError`` where an image came twice.
  /// - Complexity: O(*n* · *m*) for *m* numbers of detections.
  public mutating func precisionTensor() throws(KernelError) -> PrecisionTensor {
    try join()
    let summary = RunSummary(self)
    let recalls = DetectionOptions.recallThresholds.count
    let (thresholds, areas) = (options.overlapThresholds.count, options.areaRanges.count)
    let (limits, labels) = (options.maxDetections.count, classes.order)
    var tensor = PrecisionTensor(
      precision: Array(repeating: -1, count: thresholds * recalls * labels.count * areas * limits),
      recall: Array(repeating: -1, count: thresholds * labels.count * areas * limits))
    for (k, label) in labels.enumerated() {
      for limit in 0..<limits {
        let curves = summary.curves(ofClass: label, limit: limit)
        for area in 0..<areas where curves.positives[area] > 0 {
          let firsts = ClassCurves.firsts(ofPositives: curves.positives[area])
          for threshold in 0..<thresholds {
            let cell = { (row: Int) in ((row * labels.count + k) * areas + area) * limits + limit }
            tensor.recall[cell(threshold)] =
              curves.recall(area: area, threshold: threshold, limit: limit) ?? -1
            curves.precisions(area: area, threshold: threshold, firsts) { recall, precision in
              tensor.precision[cell(threshold * recalls + recall)] = precision
            }
          }
        }
      }
    }
    return tensor
  }
}
