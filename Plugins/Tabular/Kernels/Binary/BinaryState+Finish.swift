public import KernelSupport

extension BinaryState {
  static let noRows = "There are no rows with a weight."

  /// The metrics and tables of the rows so far.
  ///
  /// - Complexity: O(*n* log *k*) for *k* chunks where a ranking is wanted, else O(1).
  public func finish(_ request: Request) -> Findings {
    var findings = Findings()
    if request.wantsAny(Array(BinaryOptions.rankingNames)) { addRanking(request, to: &findings) }
    addProbabilityMetrics(to: &findings)
    addThresholdMetrics(to: &findings)
    findings.tables.append(confusionTable)
    if options.scoresAreProbabilities { findings.tables.append(calibrationTable) }
    findings.metrics.removeAll { !request.wants($0.name) }
    findings.tables.removeAll { !request.wants($0.name) }
    return findings
  }

  /// The cells of the bins for an actual and a predicted class; nil for both.
  private func cells(actual: Int?, predicted: Int?) -> [Int] {
    (0..<cellCount).filter {
      (actual ?? $0 / 2 % 2) == $0 / 2 % 2 && (predicted ?? $0 % 2) == $0 % 2
    }
  }

  private func rows(_ cells: [Int]) -> Int { cells.reduce(0) { $0 + counts[$1] } }

  func weight(actual: Int? = nil, predicted: Int? = nil) -> Double {
    weight(cells(actual: actual, predicted: predicted))
  }

  private func weight(_ cells: [Int]) -> Double {
    weightSums?.value(ofSums: cells) ?? Double(rows(cells))
  }

  private func preciseWeight(_ cells: [Int]) -> TwoDouble {
    weightSums?.precise(ofSums: cells) ?? TwoDouble(Double(rows(cells)))
  }

  var confusion: ConfusionCounts {
    ConfusionCounts(
      tp: weight(actual: 1, predicted: 1), fp: weight(actual: 0, predicted: 1),
      fn: weight(actual: 1, predicted: 0), tn: weight(actual: 0, predicted: 0),
      isCount: !isWeighted)
  }
}

// MARK: - Metrics

extension BinaryState {
  private func addThresholdMetrics(to findings: inout Findings) {
    findings.metrics += confusion.metrics(beta: options.beta)
  }

  private func addProbabilityMetrics(to findings: inout Findings) {
    let names = ["log_loss", "brier", "ece"]
    let total = weight()
    guard options.scoresAreProbabilities, total > 0 else {
      let reason = total > 0 ? "The scores are not probabilities." : Self.noRows
      findings.metrics += names.map { Finding($0, undefined: reason) }
      return
    }
    let count = rowCount
    if options.needsLogLoss {
      findings.metrics.append(Finding("log_loss", sums.value(logLossIndex) / total, support: count))
    }
    findings.metrics.append(Finding("brier", sums.value(brierIndex) / total, support: count))
    findings.metrics.append(Finding("ece", calibrationError(total), support: count))
  }

  /// The mean distance between what was predicted and what happened, by bin.
  private func calibrationError(_ total: Double) -> Double {
    var distance = TwoDouble()
    for bin in 0..<options.bins {
      let cells = Array(4 * bin..<4 * bin + 4)
      var gap = preciseWeight([4 * bin + 2, 4 * bin + 3])
      gap.negate()
      gap.add(sums.precise(ofSums: cells))
      distance.add(abs(gap.value))
    }
    return distance.value / total
  }

  private func addRanking(_ request: Request, to findings: inout Findings) {
    let (positives, negatives) = (weight(actual: 1), weight(actual: 0))
    guard positives > 0, negatives > 0 else {
      addOneClass(positives: positives, negatives: negatives, to: &findings)
      return
    }
    let wantsError = request.intervalLevel > 0 && request.wants("roc_auc") && !isWeighted
    var report = RankingReport(
      summary: RankingSummary(positives: positives, negatives: negatives, wantsError: wantsError),
      curves: request.wantsAny(["roc_curve", "pr_curve"])
        ? RankingCurves(
          positives: positives, negatives: negatives, limit: options.curvePoints,
          wantsROC: request.wants("roc_curve"), wantsPR: request.wants("pr_curve")) : nil,
      sweep: request.wants("threshold_sweep")
        ? ThresholdSweep(positives: positives, isCount: !isWeighted) : nil)
    guard walk(&report) else { return }
    addRanking(report, rowCounts: (rows(cells(actual: 1, predicted: nil)), rowCount), to: &findings)
  }

  private func addRanking(
    _ report: RankingReport, rowCounts: (positive: Int, all: Int), to findings: inout Findings
  ) {
    let summary = report.summary
    var area = Finding("roc_auc", summary.areaUnderROC, support: rowCounts.all)
    area.standardError = summary.standardError
    area.method = area.standardError == nil ? nil : "delong"
    findings.metrics += [
      area,
      Finding("average_precision", summary.averagePrecision, support: rowCounts.positive),
      Finding("ks", summary.kolmogorovSmirnov, support: rowCounts.all),
    ]
    if let best = summary.best {
      findings.metrics.append(
        best.threshold.isFinite
          ? Finding("optimal_threshold", best.threshold)
          : Finding("optimal_threshold", undefined: "The best threshold is an infinite score."))
      findings.metrics.append(Finding("optimal_f1", best.f1))
    }
    findings.tables += report.curves?.tables ?? []
    if let sweep = report.sweep {
      findings.tables.append(sweep.table(with: summary.best.map { ($0.threshold, $0.at) }))
    }
  }

  private func addOneClass(positives: Double, negatives: Double, to findings: inout Findings) {
    guard positives + negatives > 0 else {
      for name in ["roc_auc", "average_precision", "ks", "optimal_threshold", "optimal_f1"] {
        findings.metrics.append(Finding(name, undefined: Self.noRows))
      }
      return
    }
    let reason = positives > 0 ? "No row is negative." : "No row is positive."
    findings.metrics.append(Finding("roc_auc", undefined: reason))
    findings.metrics.append(
      positives > 0
        ? Finding("average_precision", 1, support: rowCount)
        : Finding("average_precision", undefined: reason, conventional: 0))
    findings.metrics.append(Finding("ks", undefined: reason))
    var report = RankingReport(
      summary: RankingSummary(positives: positives, negatives: negatives, wantsError: false),
      sweep: ThresholdSweep(positives: positives, isCount: !isWeighted))
    guard walk(&report) else { return }
    let best = report.summary.best
    findings.metrics.append(
      best.map { Finding("optimal_threshold", $0.threshold) }
        ?? Finding("optimal_threshold", undefined: reason))
    findings.metrics.append(
      best.map { Finding("optimal_f1", $0.f1) }
        ?? Finding("optimal_f1", undefined: reason, conventional: 0))
    if let sweep = report.sweep {
      findings.tables.append(sweep.table(with: best.map { ($0.threshold, $0.at) }))
    }
  }

  /// Walks over the sorted scores; false where none were kept.
  func walk(_ visitor: inout some RankingVisitor) -> Bool {
    switch ranking {
    case .none: return false
    case .plain(let runs): runs.walk(&visitor)
    case .weighted(let runs): runs.walk(&visitor)
    case .tracked(let runs): runs.walk(&visitor)
    }
    return true
  }
}

/// All that one walk is for.
private struct RankingReport: RankingVisitor {
  var summary: RankingSummary
  var curves: RankingCurves?
  var sweep: ThresholdSweep?

  mutating func block<Item>(_ block: RankedBlock<Item>, from position: RankingPosition) {
    sweep?.block(block, from: position)
  }

  @inline(__always)
  mutating func negatives(_ weight: Double, count: Int, lowest: Double, after: RankingPosition) {
    summary.negatives(weight, count: count, lowest: lowest, after: after)
    curves?.negatives(weight, count: count, lowest: lowest, after: after)
    sweep?.negatives(weight, count: count, lowest: lowest, after: after)
  }

  @inline(__always)
  mutating func group(_ group: RankedGroup) {
    summary.group(group)
    curves?.group(group)
    sweep?.group(group)
  }
}

// MARK: - Tables

extension BinaryState {
  /// Cells by actual and predicted class, 0 for negative and 1 for positive; the
  /// plugin puts the labels' names in their place.
  private var confusionTable: FoundTable {
    let order = [(1, 1), (1, 0), (0, 1), (0, 0)]
    let found = order.map { cells(actual: $0.0, predicted: $0.1) }
    let means = found.map { cells -> Double? in
      let weight = weight(cells)
      guard options.scoresAreProbabilities, weight > 0 else { return nil }
      return sums.value(ofSums: cells) / weight
    }
    return FoundTable(
      "confusion_matrix",
      [
        "actual": .counts(order.map(\.0)), "predicted": .counts(order.map(\.1)),
        "count": .counts(found.map(rows)), "weight": .numbers(found.map { weight($0) }),
        "mean_probability": .numbers(means),
      ])
  }

  private var calibrationTable: FoundTable {
    let bins = (0..<options.bins).map { bin in Array(4 * bin..<4 * bin + 4) }
    return FoundTable(
      "calibration",
      [
        "low": .numbers(edges.dropLast().map(\.self)), "high": .numbers(edges.dropFirst().map(\.self)),
        "count": .counts(bins.map(rows)),
        "mean_score": .numbers(bins.map { share(sums.value(ofSums: $0), of: weight($0)) }),
        "fraction_positive": .numbers(bins.map { share(weight(Array($0[2...])), of: weight($0)) }),
      ])
  }

  private func share(_ part: Double, of whole: Double) -> Double? {
    whole > 0 ? part / whole : nil
  }
}
