import AssayCore
import AssayHost
import AssayStatistics

/// A comparison of runs that were made before: from their rows where they were kept, else
/// from the metrics and intervals of their results.
struct StoredComparison: Sendable {
  let request: ComparisonRequest
  let threads: PluginThreads
  let control: RunControl

  func execute() throws(AssayError) -> ModelComparison {
    let clock = RunClock()
    guard request.shared.cluster == nil else {
      throw AssayError(
        .usage,
        "The kept rows of a run do not say which of them belong together, so --cluster cannot be heard. "
          + "Compare the data itself, with --a and --b.")
    }
    let runs = request.sides.compactMap { side in side.run.map { (name: side.name, run: $0) } }
    let entries = try evaluators(runs)
    let gate = try ComparisonGate(
      request,
      for: entries.map { entry in
        ComparedEvaluatorFacts(entry[0]).subject(metrics: entry[0].metrics.map(\.name))
      })
    let maker = DifferenceMaker(
      level: request.level, power: request.power, seed: request.shared.seed, isPaired: request.isPaired)
    var compared: [ComparedEvaluator] = []
    var report = StoredReport(request, runs)
    for (index, entry) in entries.enumerated() {
      let found = try evidence(of: entry, runs, &report)
      let evidence = found.evidence
      let summary = EvaluatorComparison(
        request: request, maker: maker, evidence: evidence,
        evaluator: ComparedEvaluatorFacts(entry[request.baseline]), threads: threads, control: control)
      var result = try summary.result(fingerprints: entry.map(\.fingerprint))
      result.basis = found.basis
      result.basisReason = found.reason
      result.thresholds = gate.judged(evaluator: index, evidence, maker: maker, baseline: request.baseline)
      compared.append(result)
    }
    compared.adjust(request.adjustment, level: request.level)
    return conclude(compared, report, clock)
  }

  /// The entries of each evaluator that the baseline has, by side.
  ///
  /// - Throws: `compare.different-evaluators` for one that a side lacks or has otherwise.
  private func evaluators(
    _ runs: [(name: String, run: FinishedRun)]
  ) throws(AssayError) -> [[EvaluatorResult]] {
    let baseline = runs[request.baseline]
    var entries: [[EvaluatorResult]] = []
    for evaluator in baseline.run.result.evaluators {
      var entry: [EvaluatorResult] = []
      for side in runs {
        guard let found = side.run.result.evaluators.first(where: { $0.evaluator == evaluator.evaluator }) else {
          throw AssayError(
            .comparisonEvaluators,
            "The run of side \(side.name) has no \(evaluator.evaluator), which that of side \(baseline.name) has.",
            details: ["evaluator": evaluator.evaluator, "side": side.name])
        }
        if found.fingerprint != evaluator.fingerprint, !request.allowsDifferent {
          let versions = found.version == evaluator.version
            ? "their parameters or definitions differ" : "versions \(evaluator.version) and \(found.version)"
          throw AssayError(
            .comparisonEvaluators,
            "Sides \(baseline.name) and \(side.name) were scored by different \(found.evaluator)s: \(versions). "
              + "Such numbers are not of one kind; make one of the runs again, or insist with --allow-different.",
            details: ["evaluator": found.evaluator, "side": side.name])
        }
        entry.append(found)
      }
      entries.append(entry)
    }
    guard !entries.isEmpty else {
      throw AssayError(.comparisonEvaluators, "The run of side \(baseline.name) has no evaluator to compare.")
    }
    return entries
  }

  /// What the sides are known by under one evaluator.
  private struct Found {
    var evidence: [SideEvidence]
    var basis: ComparisonBasis
    var reason: String?
  }

  private func evidence(
    of entry: [EvaluatorResult], _ runs: [(name: String, run: FinishedRun)], _ report: inout StoredReport
  ) throws(AssayError) -> Found {
    var evidence = zip(entry, runs).map { result, side in
      var evidence = SideEvidence(name: side.name, counts: result.counts, metrics: result.metrics)
      evidence.isStored = true
      evidence.replicatesReason = request.isPaired
        ? "the items of the runs were not kept, so they are compared as if they were not the same"
        : "the items of the runs were not kept"
      return evidence
    }
    let fallback = request.sides.compactMap(\.origin.fallback).first
    let rows = zip(entry, runs).map { result, side in
      (name: side.name, rows: side.run.rows?.filter { $0.evaluator == result.evaluator } ?? [])
    }
    guard rows.allSatisfy({ !$0.rows.isEmpty }) else {
      try report.add(entry.map(\.counts.total), request)
      return Found(evidence: evidence, basis: .results, reason: fallback ?? "the rows of the runs were not kept")
    }
    let samples = request.isPaired ? [try StoredItems(rows)] : try rows.map { (side) throws(AssayError) in
      try StoredItems([side])
    }
    try report.add(samples, request)
    var side = 0
    for sample in samples {
      for index in sample.rows.indices {
        try evidence[side].add(sample, index, seed: request.seed(of: request.sides[side]), threads, control)
        side += 1
      }
    }
    let hasScores = evidence.contains { !$0.parts.isEmpty }
    return Found(
      evidence: evidence, basis: hasScores ? .rows : .results,
      reason: fallback ?? (hasScores ? nil : "the rows of the runs have no scores"))
  }

  private func conclude(
    _ evaluators: [ComparedEvaluator], _ report: StoredReport, _ clock: RunClock
  ) -> ModelComparison {
    let conclusion = Conclusion(
      evaluators.map { ($0.thresholds.map(\.result.verdict), $0.counts.leastCovered) },
      policy: request.shared.gate)
    var evaluators = evaluators
    for index in evaluators.indices { evaluators[index].verdict = conclusion.evaluators[index] }
    return ModelComparison(
      comparison: ComparisonInformation(
        id: clock.makeID("cmp"), createdAt: clock.createdAt, durationSeconds: clock.durationSeconds,
        seed: request.shared.seed, level: request.level, adjustment: request.adjustment.rawValue,
        power: request.power),
      sides: report.sides, baseline: request.sides[request.baseline].name, items: report.items,
      configuration: report.configuration, evaluators: evaluators, verdict: conclusion.verdict,
      exitCode: conclusion.exitCode, warnings: request.notes + report.warnings)
  }
}

extension SideEvidence {
  /// Adds the scores of the shared items of one side.
  ///
  /// They are parts of whichever metric is their mean, such as an accuracy. Where not all items
  /// are shared, the mean is all that is known of the metrics of those that are.
  fileprivate mutating func add(
    _ items: StoredItems, _ side: Int, seed: UInt64, _ threads: PluginThreads, _ control: RunControl
  ) throws(AssayError) {
    let isScored = (0..<items.compared).map { item in items.rows.allSatisfy { $0[item].score != nil } }
    let rows = zip(items.rows[side], isScored).filter(\.1).map(\.0)
    // Of an evaluator that scores no rows, only the metrics say something.
    let scoresRows = items.rows[side].contains { $0.score != nil }
    replicatesReason = "the rows do not hold what this metric needs of the items"
    let isWhole = items.counts.allSatisfy { $0 == items.compared } && (!isScored.contains(false) || !scoresRows)
    let scores = rows.map { $0.score ?? .nan }
    if !isWhole {
      metrics = metrics.filter { $0.name == "mean" }
      for index in metrics.indices {
        metrics[index].value = scores.isEmpty ? nil : ScoreSummary(scores).mean
        metrics[index].interval = nil
      }
    }
    guard !rows.isEmpty else { return }
    // A median may be the mean by chance, and is none.
    for metric in metrics where metric.name == "mean" || !ScoreSummary.metricNames.contains(metric.name) {
      parts[metric.name] = scores
    }
    if rows.allSatisfy({ $0.outcome == .passed || $0.outcome == .failed }) {
      parts["pass_rate"] = rows.map { $0.outcome == .passed ? 1 : 0 }
    }
    verify()
    guard metric("median") != nil else { return }
    replicates = try ScoreReplicates(
      identities: (0..<UInt64(rows.count)).map { $0 }, seed: seed, threads: threads, control: control
    ).replicates(of: scores)
  }
}
