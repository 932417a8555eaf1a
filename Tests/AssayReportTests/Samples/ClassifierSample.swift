import AssayCore

/// Rows of an invented classifier, always the same ones, and the curves over them.
struct ClassifierSample {
  struct Row {
    var score: Double
    var isPositive: Bool
    var site: String
  }

  var rows: [Row]

  init(count: Int, seed: UInt64 = 7, separation: Double = 1.55) {
    var random = Generator(state: seed)
    rows = (0..<count).map { index in
      let isPositive = random.next() < 0.42
      // The sum of four uniform numbers is bell-shaped enough.
      let noise = (0..<4).reduce(-2.0) { sum, _ in sum + random.next() }
      let logit = (isPositive ? separation : -separation) + 1.6 * noise
      let score = 1 / (1 + exponential(-logit))
      return Row(score: score, isPositive: isPositive, site: ["a", "b", "c"][index % 3])
    }
  }

  /// A sequence that is the same on every machine.
  struct Generator {
    var state: UInt64

    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(UInt64(1) << 31)
    }
  }

  private var positives: Double { Double(rows.count { $0.isPositive }) }
  private var negatives: Double { Double(rows.count { !$0.isPositive }) }

  /// The counts at a threshold.
  func matrix(at threshold: Double) -> (tp: Int, fp: Int, fn: Int, tn: Int) {
    var matrix = (tp: 0, fp: 0, fn: 0, tn: 0)
    for row in rows {
      switch (row.score >= threshold, row.isPositive) {
      case (true, true): matrix.tp += 1
      case (true, false): matrix.fp += 1
      case (false, true): matrix.fn += 1
      case (false, false): matrix.tn += 1
      }
    }
    return matrix
  }

  /// The corners of the ROC curve, from no row called positive to all.
  private var steps: [(threshold: Double, tp: Double, fp: Double)] {
    var tp = 0.0
    var fp = 0.0
    var steps = [(threshold: Double.infinity, tp: 0.0, fp: 0.0)]
    for row in rows.sorted(by: { $0.score > $1.score }) {
      if row.isPositive { tp += 1 } else { fp += 1 }
      steps.append((row.score, tp, fp))
    }
    return steps
  }

  var areaUnderCurve: Double {
    let (steps, positives, negatives) = (steps, positives, negatives)
    return zip(steps, steps.dropFirst()).reduce(0) { area, pair in
      area + (pair.1.fp - pair.0.fp) * (pair.0.tp + pair.1.tp) / 2
    } / (positives * negatives)
  }

  var rocCurve: ResultTable {
    let (steps, positives, negatives) = (steps, positives, negatives)
    return ResultTable(
      name: "roc_curve",
      columns: [
        .init(name: "fpr", values: .float64(steps.map { $0.fp / negatives })),
        .init(name: "tpr", values: .float64(steps.map { $0.tp / positives })),
        .init(
          name: "threshold",
          values: .float64(steps.map { $0.threshold.isFinite ? $0.threshold : nil })),
      ], plot: .line)
  }

  var prCurve: ResultTable {
    // From the lowest threshold to none, as scikit-learn has it.
    let (steps, positives) = (steps.dropFirst().reversed(), positives)
    return ResultTable(
      name: "pr_curve",
      columns: [
        .init(name: "precision", values: .float64(steps.map { $0.tp / ($0.tp + $0.fp) } + [1])),
        .init(name: "recall", values: .float64(steps.map { $0.tp / positives } + [0])),
        .init(name: "threshold", values: .float64(steps.map { $0.threshold } + [nil])),
      ], plot: .line)
  }

  var thresholdSweep: ResultTable {
    let thresholds = (0...100).map { Double($0) / 100 }
    let at = thresholds.map { matrix(at: $0) }
    func ratio(_ a: Int, _ b: Int) -> Double? { b == 0 ? nil : Double(a) / Double(b) }
    return ResultTable(
      name: "threshold_sweep",
      columns: [
        .init(name: "threshold", values: .float64(thresholds)),
        .init(name: "precision", values: .float64(at.map { ratio($0.tp, $0.tp + $0.fp) })),
        .init(name: "recall", values: .float64(at.map { ratio($0.tp, $0.tp + $0.fn) })),
        .init(name: "f1", values: .float64(at.map { ratio(2 * $0.tp, 2 * $0.tp + $0.fp + $0.fn) })),
        .init(name: "tp", values: .int64(at.map { Int64($0.tp) })),
        .init(name: "fp", values: .int64(at.map { Int64($0.fp) })),
        .init(name: "fn", values: .int64(at.map { Int64($0.fn) })),
      ], plot: .line)
  }

  var confusionMatrix: ResultTable {
    let at = matrix(at: 0.5)
    let counts = [at.tn, at.fp, at.fn, at.tp]
    return ResultTable(
      name: "confusion_matrix",
      columns: [
        .init(name: "actual", values: .utf8(["0", "0", "1", "1"])),
        .init(name: "predicted", values: .utf8(["0", "1", "0", "1"])),
        .init(name: "count", values: .int64(counts.map(Int64.init))),
        .init(name: "weight", values: .float64(counts.map(Double.init))),
        .init(name: "mean_probability", values: .float64([0.09, 0.67, 0.31, 0.9])),
      ], plot: .heatmap)
  }

  var calibration: ResultTable {
    let bins = 10
    var counts = [Int64](repeating: 0, count: bins)
    var sums = [Double](repeating: 0, count: bins)
    var positives = [Double](repeating: 0, count: bins)
    for row in rows {
      let bin = min(bins - 1, Int(row.score * Double(bins)))
      counts[bin] += 1
      sums[bin] += row.score
      positives[bin] += row.isPositive ? 1 : 0
    }
    func mean(_ sums: [Double]) -> [Double?] {
      zip(sums, counts).map { $1 == 0 ? nil : $0 / Double($1) }
    }
    return ResultTable(
      name: "calibration",
      columns: [
        .init(name: "low", values: .float64((0..<bins).map { Double($0) / Double(bins) })),
        .init(name: "high", values: .float64((1...bins).map { Double($0) / Double(bins) })),
        .init(name: "count", values: .int64(counts)),
        .init(name: "mean_score", values: .float64(mean(sums))),
        .init(name: "fraction_positive", values: .float64(mean(positives))),
      ], plot: .line)
  }

  /// The rows of one site.
  func rows(of site: String) -> ClassifierSample {
    var part = self
    part.rows = rows.filter { $0.site == site }
    return part
  }
}

/// The exponential function by its series: enough digits for a drawing, and the
/// same bits everywhere.
private func exponential(_ x: Double) -> Double {
  let halvings = 10
  let small = x / Double(1 << halvings)
  var sum = 1 + small * (1 + small / 2 * (1 + small / 3 * (1 + small / 4)))
  for _ in 0..<halvings { sum *= sum }
  return sum
}
