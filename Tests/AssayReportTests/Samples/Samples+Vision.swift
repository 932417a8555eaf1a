import AssayCore

extension Samples {
  /// A detector of some classes over some images, with all that its reports draw.
  static var detection: RunResult { detection(classes: 24, images: 40, steps: 20) }

  static func detection(classes: Int, images: Int, steps: Int) -> RunResult {
    let sample = VisionSample(classes: classes, images: images, steps: steps)
    var counts = Counts()
    counts.total = images
    counts.scored = images
    let evaluation = VisionEvaluation(sample)
    let map = evaluation.mean(\.ap) ?? 0
    let evaluator = EvaluatorResult(
      evaluator: "vision.detection", version: "1.0.0", mode: .reference, task: .detection,
      fingerprint: "sha256:5d0e", headline: "map",
      bindings: [
        BoundColumn(role: "truth_boxes", side: .groundTruth, column: "truth_boxes", isByName: true),
        BoundColumn(role: "boxes", side: .sample, column: "boxes", isByName: true),
      ],
      metrics: evaluation.metrics, tables: evaluation.tables, counts: counts,
      thresholds: [ThresholdResult(expression: "map >= 0.5", observed: map, verdict: map >= 0.5 ? .pass : .fail)],
      verdict: map >= 0.5 ? .pass : .fail)
    return RunResult(
      run: RunInformation(
        id: "run_01k9x7q8", createdAt: "2026-03-04T05:06:13Z", status: .completed,
        durationSeconds: 0.2312, seed: 0),
      sources: [
        SourceInformation(side: .sample, uri: "detections.json", rows: images, sha256: nil),
        SourceInformation(side: .groundTruth, uri: "instances_val.json", rows: images, sha256: nil),
      ],
      evaluators: [evaluator], verdict: map >= 0.5 ? .pass : .fail, exitCode: map >= 0.5 ? .success : .gateFailed)
  }
}

/// Metrics and tables of a sample.
private struct VisionEvaluation {
  struct Row {
    var label: Int
    var ap: Double?
    var at50: Double?
    var at75: Double?
    /// Small, medium, large.
    var bySize: [Double?]
  }

  private static let sizes = [("small", 0..<1024.0), ("medium", 1024..<9216.0), ("large", 9216..<1e9)]

  let sample: VisionSample
  private let hits: [Bool]
  private let rows: [Row]
  private let confidence: Double

  init(_ sample: VisionSample) {
    self.sample = sample
    let hits = (0..<10).map { sample.hits(iou: 0.5 + 0.05 * Double($0)) }
    self.hits = hits[0]
    rows = sample.labels.indices.map { label in
      func ap(_ hits: [Bool], _ areas: Range<Double>? = nil) -> Double? {
        sample.curve(of: label, hits: hits, in: areas)?.mean
      }
      return Row(
        label: label, ap: hits.compactMap { ap($0) }.mean, at50: ap(hits[0]), at75: ap(hits[5]),
        bySize: Self.sizes.map { ap(hits[2], $0.1) })
    }
    confidence = sample.bestConfidence(of: nil, hits: hits[0])
  }

  func mean(_ value: (Row) -> Double?) -> Double? { rows.compactMap(value).mean }

  var metrics: [MetricResult] {
    let at = sample.counts(at: confidence, hits: hits)
    let recall = VisionSample.rate(at.tp, at.fn) ?? 0
    var values: [(String, Double?)] = [
      ("map", mean(\.ap)), ("map_50", mean(\.at50)), ("map_75", mean(\.at75)),
    ]
    for (index, size) in Self.sizes.enumerated() { values.append(("map_\(size.0)", mean { $0.bySize[index] })) }
    values += [("mar_1", recall * 0.55), ("mar_10", recall * 0.83), ("mar_100", recall * 0.86)]
    for (index, size) in Self.sizes.enumerated() {
      values.append(("mar_\(size.0)", recall * (0.6 + 0.13 * Double(index))))
    }
    values += [
      ("confidence", confidence), ("precision", VisionSample.rate(at.tp, at.fp)),
      ("recall", VisionSample.rate(at.tp, at.fn)), ("f1", VisionSample.f1(at)),
      ("optimal_threshold", confidence), ("optimal_f1", VisionSample.f1(at)),
    ]
    return values.map { name, value in
      var metric = MetricResult(
        name: name, value: value, direction: ["confidence", "optimal_threshold"].contains(name) ? .none : .higherIsBetter,
        range: MetricRange(lower: 0, upper: 1))
      if name == "precision" { (metric.numerator, metric.denominator) = (Double(at.tp), Double(at.tp + at.fp)) }
      return metric
    }
  }

  var tables: [ResultTable] {
    let strict = sample.hits(iou: 0.75)
    let classCurves = sample.labels.indices.compactMap { label in
      sample.curve(of: label, hits: hits).map { (label: Optional(label), iou: Optional(0.5), values: $0) }
    }
    let overall = [(0.5, hits), (0.75, strict)].map { iou, hits in
      let curves = sample.labels.indices.compactMap { sample.curve(of: $0, hits: hits) }
      let values = (0...sample.steps).map { step in curves.map { $0[step] }.mean ?? 0 }
      return (label: Int?.none, iou: Optional(iou), values: values)
    }
    return [
      sample.prCurve(overall + classCurves), sample.thresholdSweep(hits: hits),
      sample.confusionMatrix(at: confidence), perClass, sample.frocCurve(hits: hits),
      sample.perImage(at: confidence, hits: hits), sample.matches(at: confidence, hits: hits),
    ]
  }

  private var perClass: ResultTable {
    let bests = rows.map { sample.bestConfidence(of: $0.label, hits: hits) }
    let counts = rows.map { sample.counts(at: confidence, of: $0.label, hits: hits) }
    func column(_ name: String, _ values: [Double?]) -> ResultTable.Column {
      ResultTable.Column(name: name, values: .float64(values))
    }
    return ResultTable(
      name: "per_class",
      columns: [
        .init(name: "class", values: .utf8(sample.labels)),
        .init(name: "support", values: .int64(counts.map { Int64($0.tp + $0.fn) })),
        .init(name: "predicted", values: .int64(counts.map { Int64($0.tp + $0.fp) })),
        column("ap", rows.map(\.ap)), column("ap_50", rows.map(\.at50)), column("ap_75", rows.map(\.at75)),
        column("ap_small", rows.map { $0.bySize[0] }), column("ap_medium", rows.map { $0.bySize[1] }),
        column("ap_large", rows.map { $0.bySize[2] }),
        column("precision", counts.map { VisionSample.rate($0.tp, $0.fp) }),
        column("recall", counts.map { VisionSample.rate($0.tp, $0.fn) }),
        column("f1", counts.map(VisionSample.f1)), column("optimal_threshold", bests),
      ], plot: .bars)
  }
}
