import KernelSupport

extension DetectionReport {
  /// A row per class.
  var perClassTable: FoundTable {
    let rows = results.map { label, result in
      (label, result, operation.counts[label], operation.classes[label].best)
    }
    func at(_ percent: Int, _ values: [Double?]) -> Double? {
      options.position(ofOverlap: Double(percent) / 100).flatMap { values[$0] }
    }
    func area(_ name: String, _ values: [[Double?]]) -> Double? {
      options.areaRanges.firstIndex { $0.name == name }.flatMap { ClassResult.mean(values[$0]) }
    }
    return FoundTable(
      "per_class",
      [
        "class": .texts(rows.map { name($0.0) }),
        "support": .counts(rows.map(\.2.positives)), "predicted": .counts(rows.map(\.2.predicted)),
        "ap": .numbers(rows.map { ClassResult.mean($0.1.precisions[0]) }),
        "ap_50": .numbers(rows.map { at(50, $0.1.precisions[0]) }),
        "ap_75": .numbers(rows.map { at(75, $0.1.precisions[0]) }),
        "ap_small": .numbers(rows.map { area("small", $0.1.precisions) }),
        "ap_medium": .numbers(rows.map { area("medium", $0.1.precisions) }),
        "ap_large": .numbers(rows.map { area("large", $0.1.precisions) }),
        "ar": .numbers(rows.map { ClassResult.mean($0.1.recalls[0]) }),
        "precision": .numbers(rows.map(\.2.precision)), "recall": .numbers(rows.map(\.2.recall)),
        "f1": .numbers(rows.map(\.2.f1)),
        "optimal_threshold": .numbers(rows.map(\.3.threshold)),
        "optimal_f1": .numbers(rows.map { $0.3.threshold == nil ? nil : $0.3.counts.f1 }),
      ])
  }

  /// Average precision and recall by area range and overlap; null stands for all classes,
  /// and for the mean over the overlaps.
  var averagePrecisionTable: FoundTable {
    var rows: [(class: String?, area: String, iou: Double?, ap: Double?, ar: Double?)] = []
    func add(_ name: String?, _ values: (_ area: Int, _ threshold: Int) -> (Double?, Double?)) {
      for (area, range) in options.areaRanges.enumerated() {
        let cells = options.overlapThresholds.indices.map { values(area, $0) }
        rows.append(
          (name, range.name, nil, ClassResult.mean(cells.map(\.0)), ClassResult.mean(cells.map(\.1))))
        for (threshold, cell) in cells.enumerated() {
          rows.append((name, range.name, options.overlapThresholds[threshold], cell.0, cell.1))
        }
      }
    }
    add(nil) { area, threshold in
      (
        ClassResult.mean(results.map { $0.result.precisions[area][threshold] }),
        ClassResult.mean(results.map { $0.result.recalls[area][threshold] })
      )
    }
    if options.wantsExplicitly("average_precision") {
      for (label, result) in results {
        add(name(label)) { (result.precisions[$0][$1], result.recalls[$0][$1]) }
      }
    }
    return FoundTable(
      "average_precision",
      [
        "class": .texts(rows.map(\.class)), "area": .texts(rows.map(\.area)),
        "iou": .numbers(rows.map(\.iou)), "ap": .numbers(rows.map(\.ap)),
        "ar": .numbers(rows.map(\.ar)),
      ])
  }

  /// What counts at each image.
  var imageTable: FoundTable {
    let (block, confidence) = (summary.block, operation.confidence ?? -.infinity)
    let counts = (0..<block.names.count).map { image in
      var counts = HitCounts(
        positives: block.truths.ends.objects(of: image).count {
          block.truths.classes[$0] >= 0 && block.truths.ignored[$0] & 1 == 0
        })
      for position in block.detections.ends.objects(of: image)
      where block.detections.scores[position] >= confidence {
        counts.add(operation.outcomes[position])
      }
      return counts
    }
    func sizes(_ numbers: [Int64]) -> [Int?] {
      numbers.isEmpty ? counts.map { _ in nil } : numbers.map { $0 < 0 ? nil : Int($0) }
    }
    return FoundTable(
      "per_image",
      [
        "image_id": .texts((0..<block.names.count).map { block.names.text(at: $0) }),
        "file_name": .texts(
          block.details.fileNames.isEmpty ? counts.map { _ in nil } : block.details.fileNames),
        "width": .optionalCounts(sizes(block.details.widths)),
        "height": .optionalCounts(sizes(block.details.heights)), "tp": .counts(counts.map(\.hits)),
        "fp": .counts(counts.map(\.falsePositives)),
        "fn": .counts(counts.map(\.missed)), "precision": .numbers(counts.map(\.precision)),
        "recall": .numbers(counts.map(\.recall)), "f1": .numbers(counts.map(\.f1)),
      ])
  }
}
