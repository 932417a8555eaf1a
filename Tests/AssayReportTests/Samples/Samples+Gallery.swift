import AssayCore

extension Samples {
  /// Every kind of drawing that binary and regression do not have, and folds.
  static var gallery: RunResult {
    var counts = Counts()
    counts.total = 10_123_456
    counts.scored = 10_123_450
    counts.passed = 9_000_000
    counts.failed = 1_123_450
    counts.skipped = 6
    let labels = ["airplane", "bicycle", "bird", "boat", "cat", "dog", "horse", "person", "train", "truck"]
    let folds = (0..<5).map { fold in
      var counts = Counts()
      counts.total = 90
      counts.scored = 90
      return SliceResult(
        by: [.init(column: "fold", value: String(fold))], rows: 90,
        metrics: [
          MetricResult(
            name: "accuracy", value: 0.91 + 0.013 * Double((fold * 3) % 5), direction: .higherIsBetter,
            range: MetricRange(lower: 0, upper: 1))
        ], counts: counts)
    }
    return RunResult(
      run: RunInformation(
        id: "run_01k9x7q5", createdAt: "2026-03-04T05:06:11Z", status: .completed,
        durationSeconds: 3725, seed: 3),
      sources: [
        SourceInformation(side: .sample, uri: "digits.parquet", rows: 10_123_456, sha256: nil)
      ],
      evaluators: [
        EvaluatorResult(
          evaluator: "tabular.multiclass", version: "1.0.0", mode: .reference, task: .multiclass,
          model: "resnet-18", fingerprint: "sha256:33cc", headline: "accuracy",
          metrics: [
            MetricResult(
              name: "accuracy", value: 0.9361, direction: .higherIsBetter,
              range: MetricRange(lower: 0, upper: 1))
          ],
          tables: [
            matrix(of: labels), perClass(labels), learning, correlation, classSweep,
            ResultTable(
              name: "recommendations",
              columns: [
                .init(name: "kind", values: .utf8(["confusion", "few rows"])),
                .init(name: "class", values: .utf8(["cat", "boat"])),
                .init(name: "value", values: .float64([0.12, nil])),
                .init(name: "sure", values: .bool([true, nil])),
              ]),
          ],
          counts: counts, slices: folds,
          thresholds: [
            ThresholdResult(expression: "accuracy >= 0.94", observed: 0.93999999, verdict: .inconclusive)
          ], verdict: .inconclusive)
      ], verdict: .inconclusive, exitCode: .inconclusive)
  }

  private static func matrix(of labels: [String]) -> ResultTable {
    let pairs = labels.indices.flatMap { i in labels.indices.map { (i, $0) } }
    let counts = pairs.map { pair -> Int64 in
      let (i, j) = pair
      if i == j { return Int64(80 + 7 * i % 23) }
      return i == 4 && j == 5 ? 14 : Int64((i * 7 + j * 3) % 11 / 8 * 3)
    }
    return ResultTable(
      name: "confusion_matrix",
      columns: [
        .init(name: "actual", values: .utf8(pairs.map { labels[$0.0] })),
        .init(name: "predicted", values: .utf8(pairs.map { labels[$0.1] })),
        .init(name: "count", values: .int64(counts)),
      ], plot: .heatmap)
  }

  private static func perClass(_ labels: [String]) -> ResultTable {
    ResultTable(
      name: "per_class",
      columns: [
        .init(name: "class", values: .utf8(labels)),
        .init(name: "recall", values: .float64(labels.indices.map { 0.99 - 0.021 * Double($0 * 3 % 10) })),
      ], plot: .bars)
  }

  private static var learning: ResultTable {
    ResultTable(
      name: "error_by_size",
      columns: [
        .init(name: "rows", values: .int64([1000, 2000, 4000, 8000, 16000, 32000])),
        .init(name: "train", values: .float64([0.02, 0.031, 0.038, 0.041, 0.0433, 0.044])),
        .init(name: "test", values: .float64([0.21, 0.15, 0.11, nil, 0.071, 0.064])),
      ], plot: .line)
  }

  private static var correlation: ResultTable {
    let names = ["mae", "rmse", "r2", "mape"]
    let pairs = names.indices.flatMap { i in names.indices.map { (i, $0) } }
    return ResultTable(
      name: "correlation",
      columns: [
        .init(name: "first", values: .utf8(pairs.map { names[$0.0] })),
        .init(name: "second", values: .utf8(pairs.map { names[$0.1] })),
        .init(name: "value", values: .float64(pairs.map { 1 - 0.41 * Double(abs($0.0 - $0.1)) })),
      ], plot: .heatmap)
  }

  private static var classSweep: ResultTable {
    let names = ["cat", "dog", "horse"]
    let points = names.indices.flatMap { c in (0...20).map { (c, Double($0) / 20) } }
    return ResultTable(
      name: "threshold_sweep",
      columns: [
        .init(name: "class", values: .utf8(points.map { names[$0.0] })),
        .init(name: "threshold", values: .float64(points.map(\.1))),
        .init(
          name: "f1",
          values: .float64(points.map { 0.95 - 0.1 * Double($0.0) - ($0.1 - 0.45) * ($0.1 - 0.45) * 2 })),
      ], plot: .line)
  }
}
