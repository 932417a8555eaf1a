import AssayCore

/// Results as runs make them, for every report to render.
enum Samples {
  static let all: [(name: String, result: RunResult)] = [
    ("binary", binary), ("regression", regression), ("rows", rowScores), ("gallery", gallery), ("detection", detection), ("empty", empty),
    ("hostile", hostile),
  ]

  /// A classifier that fails one of its gates, by site, with intervals.
  static var binary: RunResult { binary(rows: 455) }

  static func binary(rows: Int) -> RunResult {
    let sample = ClassifierSample(count: rows)
    let at = sample.matrix(at: 0.5)
    var counts = Counts()
    counts.total = rows + 2
    counts.scored = rows
    counts.missing = 2
    let slices = ["a", "b", "c"].map { site in
      let part = sample.rows(of: site)
      var counts = Counts()
      counts.total = part.rows.count
      counts.scored = part.rows.count
      return SliceResult(
        by: [.init(column: "site", value: site)], rows: part.rows.count,
        metrics: metrics(of: part), tables: [part.rocCurve], counts: counts)
    }
    let evaluator = EvaluatorResult(
      evaluator: "tabular.binary", version: "1.0.0", mode: .reference, task: .binaryClassification,
      fingerprint: "sha256:3f0c5a9d6b1e4c7f8a2d5e6b9c0f1a3d4e7b8c9d0a1f2e3b4c5d6e7f8091a2b3",
      headline: "roc_auc",
      bindings: [
        BoundColumn(role: "target", side: .groundTruth, column: "label"),
        BoundColumn(role: "score", side: .sample, column: "p"),
        BoundColumn(role: "weight", side: .sample, column: "weight", isByName: true),
      ],
      metrics: metrics(of: sample),
      tables: [
        sample.rocCurve, sample.prCurve, sample.thresholdSweep, sample.confusionMatrix,
        sample.calibration,
      ],
      counts: counts, slices: slices,
      thresholds: [
        ThresholdResult(expression: "roc_auc >= 0.95", observed: sample.areaUnderCurve, verdict: .pass),
        ThresholdResult(
          expression: "precision >= 0.92", observed: Double(at.tp) / Double(at.tp + at.fp),
          verdict: .inconclusive, reason: "The bar lies inside the interval 0.8658 to 0.9934.",
          rowsNeeded: 1200),
        ThresholdResult(
          expression: "recall >= 0.95", observed: Double(at.tp) / Double(at.tp + at.fn), verdict: .fail),
      ],
      verdict: .fail,
      problems: [
        RowProblem(
          row: 112, key: "case-0112", outcome: "missing", cause: .subject,
          message: "No row of ground_truth has this id."),
        RowProblem(
          row: nil, key: "case-0340", outcome: "missing", cause: .subject,
          message: "No row of ground_truth has this id."),
      ])
    return RunResult(
      run: RunInformation(
        id: "run_01k9x7q2", createdAt: "2026-03-04T05:06:07Z", status: .incomplete,
        durationSeconds: 0.4127, seed: 0),
      sources: [
        SourceInformation(
          side: .sample, uri: "predictions/forest-2026-03.parquet", rows: rows + 2,
          sha256: "9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de"),
        SourceInformation(side: .groundTruth, uri: "labels.jsonl", rows: rows, sha256: nil),
      ],
      evaluators: [evaluator], verdict: .fail, exitCode: .gateFailed,
      warnings: ["2 rows of sample have no partner in ground_truth."])
  }

  private static func metrics(of sample: ClassifierSample) -> [MetricResult] {
    let at = sample.matrix(at: 0.5)
    let area = sample.areaUnderCurve
    var auc = rate("roc_auc", area)
    auc.interval = ConfidenceInterval(
      level: 0.95, low: area - 0.011, high: min(1, area + 0.009), method: "delong")
    auc.standardError = 0.0051
    var logLoss = MetricResult(
      name: "log_loss", value: 0.2514836, direction: .lowerIsBetter, range: MetricRange(lower: 0))
    logLoss.interval = ConfidenceInterval(
      level: 0.95, low: 0.2197, high: 0.2841, method: "poisson_bootstrap", replicates: 1000,
      undefinedReplicates: 0)
    var matthews = rate("mcc", 0.8120334)
    matthews.range = MetricRange(lower: -1, upper: 1)
    matthews.intervalReason = "8 % of the replicates were undefined."
    return [
      auc, rate("average_precision", area - 0.0173), logLoss,
      MetricResult(
        name: "brier", value: 0.0712345678, direction: .lowerIsBetter,
        range: MetricRange(lower: 0, upper: 1)),
      rate("accuracy", parts: at.tp + at.tn, of: sample.rows.count),
      rate("precision", parts: at.tp, of: at.tp + at.fp),
      rate("recall", parts: at.tp, of: at.tp + at.fn),
      rate("f1", parts: 2 * at.tp, of: 2 * at.tp + at.fp + at.fn),
      matthews,
      MetricResult(
        name: "adjusted_kappa", value: nil,
        reason: "The parameter \"raters\" is not set, and without it the correction is unknown.",
        direction: .higherIsBetter, range: MetricRange(upper: 1)),
    ]
  }

  private static func rate(_ name: String, _ value: Double) -> MetricResult {
    MetricResult(
      name: name, value: value, direction: .higherIsBetter, range: MetricRange(lower: 0, upper: 1))
  }

  private static func rate(_ name: String, parts: Int, of whole: Int) -> MetricResult {
    var metric = rate(name, Double(parts) / Double(whole))
    metric.numerator = Double(parts)
    metric.denominator = Double(whole)
    metric.support = whole
    let margin = 0.9 / Double(whole).squareRoot()
    let value = Double(parts) / Double(whole)
    metric.interval = ConfidenceInterval(
      level: 0.95, low: value - margin, high: min(1, value + margin), method: "wilson")
    return metric
  }

  /// A regression that passes, of two models.
  static var regression: RunResult {
    RunResult(
      run: RunInformation(
        id: "run_01k9x7q3", createdAt: "2026-03-04T05:06:08Z", status: .completed,
        durationSeconds: 12.5, seed: 42),
      sources: [SourceInformation(side: .sample, uri: "-", rows: 221, sha256: nil)],
      evaluators: [regression(model: "ridge", scale: 1), regression(model: "boosting", scale: 1.12)],
      verdict: .pass, exitCode: .success)
  }

  private static func regression(model: String, scale: Double) -> EvaluatorResult {
    var counts = Counts()
    counts.total = 221
    counts.scored = 221
    func metric(_ name: String, _ value: Double?, _ direction: Direction = .lowerIsBetter) -> MetricResult {
      MetricResult(name: name, value: value, direction: direction)
    }
    var adjusted = metric("adjusted_r2", nil, .higherIsBetter)
    adjusted.reason = "The parameter \"features\" is not set."
    let edges = (0...16).map { Double($0) * 25 - 200 }
    let counted: [Int64] = [1, 2, 4, 9, 13, 21, 30, 34, 33, 27, 19, 13, 8, 4, 2, 1]
    let residuals = ResultTable(
      name: "residuals",
      columns: [
        .init(name: "low", values: .float64(edges.dropLast().map { $0 * scale })),
        .init(name: "high", values: .float64(edges.dropFirst().map { $0 * scale })),
        .init(name: "count", values: .int64(counted)),
      ], plot: .bars)
    return EvaluatorResult(
      evaluator: "tabular.regression", version: "1.0.0", mode: .reference, task: .regression,
      model: model, fingerprint: "sha256:11aa", headline: "rmse",
      bindings: [
        BoundColumn(role: "target", side: .sample, column: "target", isByName: true),
        BoundColumn(role: "prediction", side: .sample, column: "choices.0.value"),
      ],
      metrics: [
        metric("mae", 46.138943 * scale), metric("mse", 3424.2593, .lowerIsBetter),
        metric("rmse", 53.853690 * scale), metric("mape", 0.41227),
        metric("max_error", 1_512_345.678 * scale), metric("r2", 0.3322 / scale, .higherIsBetter),
        adjusted, metric("mean_error", -0.00001234, .zeroIsBest), metric("prevalence", 12, .none),
      ],
      tables: [residuals], counts: counts,
      thresholds: [
        ThresholdResult(expression: "rmse < 75", observed: 53.853690 * scale, verdict: .pass)
      ], verdict: .pass)
  }

  /// A described C function that scores rows, without a threshold; some rows broke.
  static var rowScores: RunResult {
    var counts = Counts()
    counts.total = 100
    counts.scored = 96
    counts.unscored = 1
    counts.errored = 2
    counts.skipped = 1
    let names = ["mean", "std", "min", "max", "median", "p10", "p90"]
    let values = [0.61, 0.22, 0.0, 1.0, 0.64, 0.31, 0.93]
    return RunResult(
      run: RunInformation(
        id: "run_01k9x7q4", createdAt: "2026-03-04T05:06:09Z", status: .incomplete,
        durationSeconds: 0.003, seed: .max),
      sources: [SourceInformation(side: .sample, uri: "outputs.jsonl", rows: 100, sha256: nil)],
      evaluators: [
        EvaluatorResult(
          evaluator: "acme.similarity", version: "1.2.0", mode: .reference, task: .text,
          fingerprint: "sha256:22bb", metrics: zip(names, values).map { MetricResult(name: $0, value: $1) },
          tables: [
            ResultTable(
              name: "score_by_length",
              columns: [
                .init(name: "length", values: .int64([10, 20, 40, 80, nil])),
                .init(name: "score", values: .float64([0.9, 0.82, nil, 0.4, 0.3])),
              ], plot: .scatter)
          ],
          counts: counts,
          problems: [
            RowProblem(
              row: 17, outcome: "errored", cause: .evaluator,
              message: "std::length_error: basic_string::_M_create"),
            RowProblem(row: 18, outcome: "errored", cause: .evaluator, message: "status 5"),
            RowProblem(row: 60, outcome: "unscored", cause: .subject, message: "The output is empty."),
          ])
      ], verdict: nil, exitCode: .incomplete)
  }

  /// A run over nothing.
  static var empty: RunResult {
    RunResult(
      run: RunInformation(
        id: "run_0", createdAt: "2026-03-04T05:06:10Z", status: .completed, durationSeconds: 0, seed: 0),
      sources: [], evaluators: [], verdict: nil, exitCode: .success)
  }

  /// Every name and text tries to break out of the format that it stands in.
  static var hostile: RunResult {
    let script = "<script>alert('x')</script>"
    let tricky = "a|b`c`*d*\n# e\r\n\u{1B}[31m\u{0}\u{202E}]]>&amp;\"'%0A::error::,=1+1 \u{FFFF}"
    var counts = Counts()
    counts.total = 3
    counts.scored = 2
    counts.errored = 1
    let metric = MetricResult(name: script, value: 0.5, direction: .higherIsBetter)
    let undefined = MetricResult(name: tricky, value: nil, reason: tricky)
    let table = ResultTable(
      name: "../../\(script)",
      columns: [
        .init(name: script, values: .utf8([tricky, "b", nil])),
        .init(name: tricky, values: .float64([1, nil, 3])),
        .init(name: "ok", values: .bool([true, false, nil])),
      ], plot: .bars)
    let matrix = ResultTable(
      name: "confusion_matrix",
      columns: [
        .init(name: "actual", values: .utf8([script, tricky])),
        .init(name: "predicted", values: .utf8([tricky, script])),
        .init(name: "count", values: .int64([1, 2])),
      ], plot: .heatmap)
    return RunResult(
      run: RunInformation(
        id: script, createdAt: tricky, status: .completed, durationSeconds: 1, seed: 1),
      sources: [SourceInformation(side: .sample, uri: tricky, rows: 3, sha256: script)],
      evaluators: [
        EvaluatorResult(
          evaluator: script, version: tricky, mode: .pointwise, task: .other, model: tricky,
          fingerprint: script, headline: script, metrics: [metric, undefined],
          tables: [table, matrix], counts: counts,
          slices: [
            SliceResult(
              by: [.init(column: script, value: tricky), .init(column: tricky, value: script)], rows: 3,
              metrics: [metric, undefined], tables: [table], counts: counts)
          ],
          thresholds: [
            ThresholdResult(
              expression: "\(script) >= 1", observed: 0.5, verdict: .fail, reason: tricky)
          ],
          verdict: .fail,
          problems: [
            RowProblem(row: 1, key: script, outcome: tricky, cause: .evaluator, message: tricky)
          ])
      ], verdict: .fail, exitCode: .gateFailed, warnings: [script, tricky])
  }
}
