import AssayCore

extension VisionSample {
  typealias Column = ResultTable.Column

  static func f1(_ counts: (tp: Int, fp: Int, fn: Int)) -> Double? {
    let all = 2 * counts.tp + counts.fp + counts.fn
    return all > 0 ? 2 * Double(counts.tp) / Double(all) : nil
  }

  static func rate(_ part: Int, _ rest: Int) -> Double? {
    part + rest > 0 ? Double(part) / Double(part + rest) : nil
  }

  /// The confidence with the best F1, the higher one of several.
  func bestConfidence(of label: Int?, hits: [Bool]) -> Double {
    let scores = (0...steps).map { Double($0) / Double(steps) }
    let best = scores.max { first, second in
      let values = [first, second].map { Self.f1(counts(at: $0, of: label, hits: hits)) ?? 0 }
      return (values[0], first) < (values[1], second)
    }
    return best ?? 0.5
  }

  func prCurve(_ curves: [(label: Int?, iou: Double?, values: [Double])]) -> ResultTable {
    let grid = (0...steps).map { Double($0) / Double(steps) }
    return ResultTable(
      name: "pr_curve",
      columns: [
        Column(name: "class", values: .utf8(curves.flatMap { curve in grid.map { _ in curve.label.map { labels[$0] } } })),
        Column(name: "iou", values: .float64(curves.flatMap { curve in grid.map { _ in curve.iou } })),
        Column(name: "recall", values: .float64(curves.flatMap { _ in grid })),
        Column(name: "precision", values: .float64(curves.flatMap(\.values))),
      ], plot: .line)
  }

  func thresholdSweep(hits: [Bool]) -> ResultTable {
    let groups = [nil] + labels.indices.map(Optional.some)
    let grid = (0...steps).map { Double($0) / Double(steps) }
    let points = groups.flatMap { label in
      grid.map { (label: label, threshold: $0, counts: counts(at: $0, of: label, hits: hits)) }
    }
    return ResultTable(
      name: "threshold_sweep",
      columns: [
        Column(name: "class", values: .utf8(points.map { $0.label.map { labels[$0] } })),
        Column(name: "threshold", values: .float64(points.map(\.threshold))),
        Column(name: "precision", values: .float64(points.map { Self.rate($0.counts.tp, $0.counts.fp) })),
        Column(name: "recall", values: .float64(points.map { Self.rate($0.counts.tp, $0.counts.fn) })),
        Column(name: "f1", values: .float64(points.map { Self.f1($0.counts) })),
        Column(name: "tp", values: .int64(points.map { Int64($0.counts.tp) })),
        Column(name: "fp", values: .int64(points.map { Int64($0.counts.fp) })),
        Column(name: "fn", values: .int64(points.map { Int64($0.counts.fn) })),
      ], plot: .line)
  }

  /// The cells that are not 0, as a detector of many classes has them.
  func confusionMatrix(at confidence: Double) -> ResultTable {
    var cells: [[Int]: Int64] = [:]
    let background = labels.count
    var seen = Set<Int>()
    for detection in detections where detection.score >= confidence {
      if let truth = detection.truth, seen.insert(truth).inserted {
        cells[[truths[truth].label, detection.label], default: 0] += 1
      } else {
        cells[[background, detection.label], default: 0] += 1
      }
    }
    for index in truths.indices where !seen.contains(index) {
      cells[[truths[index].label, background], default: 0] += 1
    }
    let keys = cells.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let names = labels + ["background"]
    return ResultTable(
      name: "confusion_matrix",
      columns: [
        Column(name: "actual", values: .utf8(keys.map { names[$0[0]] })),
        Column(name: "predicted", values: .utf8(keys.map { names[$0[1]] })),
        Column(name: "count", values: .int64(keys.map { cells[$0] })),
      ], plot: .heatmap)
  }

  func frocCurve(hits: [Bool]) -> ResultTable {
    let grid = (0...steps).reversed().map { Double($0) / Double(steps) }
    let points = grid.map { (threshold: $0, counts: counts(at: $0, hits: hits)) }
    return ResultTable(
      name: "froc_curve",
      columns: [
        Column(name: "threshold", values: .float64(grid)),
        Column(
          name: "false_positives_per_image",
          values: .float64(points.map { Double($0.counts.fp) / Double(imageCount) })),
        Column(
          name: "false_positives_per_object",
          values: .float64(points.map { Double($0.counts.fp) / Double(truths.count) })),
        Column(name: "recall", values: .float64(points.map { Self.rate($0.counts.tp, $0.counts.fn) })),
      ], plot: .line)
  }

  func perImage(at confidence: Double, hits: [Bool]) -> ResultTable {
    let counts = (0..<imageCount).map { image in
      let shown = detections.indices.filter { detections[$0].image == image && detections[$0].score >= confidence }
      let tp = shown.count { hits[$0] }
      return (tp: tp, fp: shown.count - tp, fn: truths.count { $0.image == image } - tp)
    }
    return ResultTable(
      name: "per_image",
      columns: [
        Column(name: "image_id", values: .utf8((0..<imageCount).map { "\($0 * 7 + 1)" })),
        Column(name: "file_name", values: .utf8((0..<imageCount).map { "street_\($0 * 7 + 1).png" })),
        Column(name: "width", values: .int64(counts.map { _ in Int64(Self.imageWidth) })),
        Column(name: "height", values: .int64(counts.map { _ in Int64(Self.imageHeight) })),
        Column(name: "tp", values: .int64(counts.map { Int64($0.tp) })),
        Column(name: "fp", values: .int64(counts.map { Int64($0.fp) })),
        Column(name: "fn", values: .int64(counts.map { Int64($0.fn) })),
        Column(name: "precision", values: .float64(counts.map { Self.rate($0.tp, $0.fp) })),
        Column(name: "recall", values: .float64(counts.map { Self.rate($0.tp, $0.fn) })),
        Column(name: "f1", values: .float64(counts.map(Self.f1))),
      ])
  }

  func matches(at confidence: Double, hits: [Bool]) -> ResultTable {
    struct Row {
      var image: Int
      var outcome: String
      var detection: Detection?
      var truth: Int?
    }
    var rows: [Row] = []
    var met = Set<Int>()
    for index in detections.indices where detections[index].score >= confidence {
      let detection = detections[index]
      let truth = detection.truth.flatMap { met.insert($0).inserted ? $0 : nil }
      let outcome = truth == nil ? "background" : truths[truth ?? 0].label == detection.label ? "correct" : "confused"
      rows.append(Row(image: detection.image, outcome: outcome, detection: detection, truth: truth))
    }
    for index in truths.indices where !met.contains(index) {
      rows.append(Row(image: truths[index].image, outcome: "missed", truth: index))
    }
    rows.sort { $0.image < $1.image }
    let objects = rows.map { row in row.truth.map { truths[$0] } }
    func boxes(_ prefix: String, _ boxes: [Box?]) -> [Column] {
      [
        Column(name: "\(prefix)x", values: .float64(boxes.map { $0?.x })),
        Column(name: "\(prefix)y", values: .float64(boxes.map { $0?.y })),
        Column(name: "\(prefix)width", values: .float64(boxes.map { $0?.width })),
        Column(name: "\(prefix)height", values: .float64(boxes.map { $0?.height })),
      ]
    }
    let columns = [
      Column(name: "image_id", values: .utf8(rows.map { "\($0.image * 7 + 1)" })),
      Column(name: "outcome", values: .utf8(rows.map(\.outcome))),
      Column(name: "predicted", values: .utf8(rows.map { $0.detection.map { labels[$0.label] } })),
      Column(name: "score", values: .float64(rows.map { $0.detection?.score })),
      Column(name: "truth_id", values: .int64(rows.map { $0.truth.map(Int64.init) })),
      Column(name: "actual", values: .utf8(objects.map { $0.map { labels[$0.label] } })),
      Column(name: "iou", values: .float64(rows.map { $0.truth == nil ? nil : $0.detection?.iou })),
    ]
    return ResultTable(
      name: "matches",
      columns: columns + boxes("", rows.map { $0.detection?.box }) + boxes("truth_", objects.map { $0?.box }))
  }
}
