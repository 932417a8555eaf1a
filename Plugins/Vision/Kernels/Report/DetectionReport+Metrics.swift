import KernelSupport

extension DetectionReport {
  private static let noTruth = "There is no object to be found."

  /// The mean of the classes that have truth, with their number as support.
  private func mean(
    _ name: String, ifNone reason: String = DetectionReport.noTruth,
    where isMeant: (Int) -> Bool = { _ in true }, _ value: (ClassResult) -> Double?
  ) -> Finding {
    var (sum, count) = (0.0, 0)
    for (label, result) in results where isMeant(label) {
      guard let value = value(result) else { continue }
      sum += value
      count += 1
    }
    guard count > 0 else { return Finding(name, undefined: reason, conventional: -1) }
    var finding = Finding(name, sum / Double(count), support: count)
    finding.skipped = results.count { isMeant($0.label) } - count
    return finding
  }

  private func ifNone(in area: AreaRange) -> String {
    "There is no object to be found in the area range \(area.name)."
  }

  /// Average precision: over all thresholds, at 0.5 and 0.75, by area range and, of LVIS,
  /// by frequency.
  var precisionMetrics: [Finding] {
    var metrics = [mean("map") { ClassResult.mean($0.precisions[0]) }]
    metrics += [50, 75].map { percent in at(percent, "map") { $0.precisions[0] } }
    for (area, range) in options.areaRanges.enumerated().dropFirst() {
      metrics.append(
        mean("map_\(range.name)", ifNone: ifNone(in: range)) {
          ClassResult.mean($0.precisions[area])
        })
    }
    guard options.rules == .lvis else { return metrics }
    for (letter, name) in [("r", "rare"), ("c", "common"), ("f", "frequent")] {
      metrics.append(
        mean(
          "map_\(name)", ifNone: "No \(name) category has an object to be found.",
          where: { summary.classes.entries[$0].frequency == letter }
        ) { ClassResult.mean($0.precisions[0]) })
    }
    return metrics
  }

  /// The largest recall: by number of detections, or at 0.5 and 0.75, and by area range.
  var recallMetrics: [Finding] {
    var metrics: [Finding] = []
    switch options.family {
    case .objects:
      for (limit, count) in options.maxDetections.enumerated() {
        metrics.append(mean("mar_\(count)") { ClassResult.mean($0.recallsByLimit[limit]) })
      }
    case .keypoints:
      metrics.append(mean("mar") { ClassResult.mean($0.recalls[0]) })
      metrics += [50, 75].map { percent in at(percent, "mar") { $0.recalls[0] } }
    }
    for (area, range) in options.areaRanges.enumerated().dropFirst() {
      metrics.append(
        mean("mar_\(range.name)", ifNone: ifNone(in: range)) { ClassResult.mean($0.recalls[area]) })
    }
    return metrics
  }

  private func at(
    _ percent: Int, _ name: String, _ values: (ClassResult) -> [Double?]
  ) -> Finding {
    let full = "\(name)_\(percent)"
    guard let position = options.position(ofOverlap: Double(percent) / 100) else {
      return Finding(full, undefined: "The parameter iou_thresholds leaves 0.\(percent) out.")
    }
    return mean(full) { values($0)[position] }
  }

  /// Precision, recall and F1 at the confidence, and the best one.
  var operationMetrics: [Finding] {
    let total = operation.total
    var metrics = [
      Finding.rate(
        "precision", Double(total.hits), of: Double(total.predicted), isCount: false,
        ifNone: "There is no detection at the confidence."),
      .rate(
        "recall", Double(total.hits), of: Double(total.positives), isCount: false,
        ifNone: Self.noTruth),
      .rate(
        "f1", Double(2 * total.hits), of: Double(total.predicted + total.positives),
        isCount: false, ifNone: "There is neither an object nor a detection at the confidence."),
    ]
    let nothingMet = "No detection meets an object."
    metrics.append(
      operation.confidence.map { Finding("confidence", $0) }
        ?? Finding("confidence", undefined: nothingMet))
    metrics.append(
      operation.best.threshold.map { Finding("optimal_threshold", $0) }
        ?? Finding("optimal_threshold", undefined: nothingMet))
    metrics.append(
      operation.best.threshold.flatMap { _ in operation.best.counts.f1 }
        .map { Finding("optimal_f1", $0) } ?? Finding("optimal_f1", undefined: nothingMet))
    return metrics
  }
}
