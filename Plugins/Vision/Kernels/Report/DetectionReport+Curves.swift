import KernelSupport

extension DetectionReport {
  /// Precision, recall and F1 at the thresholds 0.00 to 1.00: all classes together, for
  /// which the class is null, then each class.
  var sweepTable: FoundTable {
    var all = [HitCounts](repeating: HitCounts(), count: Sweep.thresholds.count)
    for operation in operation.classes {
      for (index, counts) in operation.sweep.counts.enumerated() {
        all[index].hits += counts.hits
        all[index].falsePositives += counts.falsePositives
        all[index].positives += counts.positives
      }
    }
    let listed = listedClasses("threshold_sweep")
    let counts = all + listed.flatMap { operation.classes[$0].sweep.counts }
    let names = [nil] + listed.map { Optional(name($0)) }
    return FoundTable(
      "threshold_sweep",
      [
        "class": .texts(names.flatMap { Array(repeating: $0, count: Sweep.thresholds.count) }),
        "threshold": .numbers(names.flatMap { _ in Sweep.thresholds.map(Optional.some) }),
        "precision": .numbers(counts.map(\.precision)), "recall": .numbers(counts.map(\.recall)),
        "f1": .numbers(counts.map(\.f1)), "tp": .counts(counts.map(\.hits)),
        "fp": .counts(counts.map(\.falsePositives)), "fn": .counts(counts.map(\.missed)),
      ])
  }

  /// The highest precision at each of COCO's recalls or beyond: the mean over the classes
  /// that have truth, for which class and threshold are null, then each class.
  var precisionCurveTable: FoundTable {
    let recalls = DetectionOptions.recallThresholds
    let curves = summary.classes.order.compactMap { label in
      operation.classes[label].precisionCurve.map { (label, $0) }
    }
    let means = recalls.indices.map { recall in
      ClassResult.mean(curves.map { $0.1.precisions[recall] })
    }
    let listed = Set(listedClasses("pr_curve"))
    let shown = curves.filter { listed.contains($0.0) }
    let names = [nil] + shown.map { Optional(name($0.0)) }
    return FoundTable(
      "pr_curve",
      [
        "class": .texts(names.flatMap { Array(repeating: $0, count: recalls.count) }),
        "precision": .numbers(means + shown.flatMap { $0.1.precisions.map(Optional.some) }),
        "recall": .numbers(names.flatMap { _ in recalls.map(Optional.some) }),
        "threshold": .numbers(recalls.map { _ in nil } + shown.flatMap(\.1.thresholds)),
      ])
  }

  /// False positives against recall over all scores, all classes together.
  var frocTable: FoundTable {
    let images = Double(summary.block.names.count)
    let points = operation.points
    return FoundTable(
      "froc_curve",
      [
        "threshold": .numbers(points.map(\.score)),
        "false_positives_per_image": .numbers(
          points.map { Double($0.counts.falsePositives) / images }),
        "false_positives_per_object": .numbers(
          points.map { point in
            point.counts.positives > 0
              ? Double(point.counts.falsePositives) / Double(point.counts.positives) : nil
          }),
        "recall": .numbers(points.map(\.counts.recall)),
      ])
  }
}
