import AssayCore

/// The confidence at which a detector is used, and what it finds there.
struct OperatingPoint {
  /// The confidence that matrix, images and matches were made with.
  var confidence: MetricResult
  /// The confidence with the best F1 and that F1; ``confidence`` is the same unless the
  /// user set another.
  var optimum: Chart.Point?
  var precision: MetricResult?
  var recall: MetricResult?
  var f1Metric: MetricResult?
  /// Objects found, detections without an object, objects missed; nil where nothing says.
  var counts: (found: Double, extra: Double, missed: Double)?

  /// - Returns: nil where the evaluator names no confidence.
  init?(_ evaluator: EvaluatorResult) {
    guard let confidence = evaluator.metric("confidence"), confidence.value != nil else { return nil }
    self.confidence = confidence
    if let threshold = evaluator.metric("optimal_threshold")?.value, let f1 = evaluator.metric("optimal_f1")?.value {
      optimum = (threshold, f1)
    }
    precision = evaluator.metric("precision")
    recall = evaluator.metric("recall")
    f1Metric = evaluator.metric("f1")
    counts = Self.counts(of: evaluator)
  }

  var f1: Double? { f1Metric?.value }

  /// The sums over the images, which are counted at this confidence.
  private static func counts(of evaluator: EvaluatorResult) -> (Double, Double, Double)? {
    guard let images = evaluator.table("per_image") else { return nil }
    let sums = ["tp", "fp", "fn"].compactMap { name in
      images.numbers(name).map { $0.reduce(0) { $0 + ($1 ?? 0) } }
    }
    return sums.count == 3 ? (sums[0], sums[1], sums[2]) : nil
  }
}
