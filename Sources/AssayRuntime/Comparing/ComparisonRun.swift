import AssayCore
import AssayData
import AssayHost
import AssayStatistics

/// One comparison, from its request to its result.
struct ComparisonRun: Sendable {
  let request: ComparisonRequest
  let host: PluginHost
  let threads: PluginThreads
  let jobs: Int
  let control: RunControl
  let services: HostServices

  func execute() throws(AssayError) -> ModelComparison {
    let clock = RunClock()
    let gate = try ComparisonGate(request, host: host)
    var plans: [SidePlan] = []
    for side in request.sides {
      let run = request.run(of: side, metrics: gate.metrics)
      plans.append(try SidePlan(side, run, host: host, services: services))
    }
    try checkEvaluators(plans)
    try control.check()

    let digests = plans.map { SourceDigests($0.sides, control: control) }
    // Independent samples are gone over one after the other.
    let groups = request.isPaired ? [plans] : plans.map { [$0] }
    var samples: [ComparedSample] = []
    for group in groups { samples.append(try sample(of: group)) }
    let report = ItemReport(samples.map(\.report), isPaired: request.isPaired)
    try report.check(request)

    let maker = DifferenceMaker(
      level: request.level, power: request.power, seed: request.shared.seed, isPaired: request.isPaired)
    var evaluators: [ComparedEvaluator] = []
    for (index, loaded) in plans[0].evaluators.enumerated() {
      var evidence: [SideEvidence] = []
      for sample in samples { evidence += try sample.collector.evidence(ofEvaluator: index) }
      let summary = EvaluatorComparison(
        request: request, maker: maker, evidence: evidence,
        evaluator: ComparedEvaluatorFacts(loaded.opened), threads: threads, control: control)
      var result = try summary.result(
        fingerprints: plans.map { fingerprint(of: $0.evaluators[index].prepared) })
      result.slices = try slices(of: samples, evaluator: index, loaded, maker)
      result.thresholds = gate.judged(
        evaluator: index, evidence, maker: maker, baseline: request.baseline)
      evaluators.append(result)
      try control.check()
    }
    evaluators.adjust(request.adjustment, level: request.level)
    return conclude(evaluators, plans, digests, report, clock)
  }

  /// The differences over parts of the items; of independent samples over the slices that all
  /// of them have.
  private func slices(
    of samples: [ComparedSample], evaluator index: Int, _ loaded: LoadedEvaluator, _ maker: DifferenceMaker
  ) throws(AssayError) -> [ComparedSlice] {
    var found: [ComparedSlice] = []
    for slice in samples[0].slices {
      let own = samples.compactMap { sample in sample.slices.first { $0.key == slice.key } }
      guard own.count == samples.count else { continue }
      var evidence: [SideEvidence] = []
      for (sample, slice) in zip(samples, own) {
        evidence += try sample.collector.evidence(ofEvaluator: index, in: slice)
      }
      let summary = EvaluatorComparison(
        request: request, maker: maker, evidence: evidence,
        evaluator: ComparedEvaluatorFacts(loaded.opened), threads: threads, control: control)
      let names = samples[0].collector.pass.plan.slices[slice.key.columns].names
      found.append(
        try summary.slice(
          by: zip(names, slice.key.values).map { SliceResult.Key(column: $0, value: $1) }))
      try control.check()
    }
    return found
  }

  /// Goes over the items that some sides share.
  private func sample(of plans: [SidePlan]) throws(AssayError) -> ComparedSample {
    var rows: [RunRows] = []
    for plan in plans { rows.append(try plan.read()) }
    let join = try ItemJoin(Array(zip(plans.map(\.name), rows)), key: request.shared.joinKey)
    let pass = try ComparisonPass(plans, rows, join, request: request, jobs: jobs)
    let items = ComparableItems(join, pass.items, sides: plans.count)
    let parts = try Pass(pass.plan, control: control, threads: threads, sink: pass.scores).run(items)
    return ComparedSample(
      report: ItemReport(plans, rows, join, items),
      collector: EvidenceCollector(
        plans: plans, pass: pass, parts: parts, identities: items.clusters, items: items.compared,
        threads: threads, control: control), slices: items.slices.all)
  }

  /// - Throws: `compare.different-evaluators` with what differs.
  private func checkEvaluators(_ plans: [SidePlan]) throws(AssayError) {
    guard !request.allowsDifferent else { return }
    for index in plans[0].evaluators.indices {
      let prints = plans.map { fingerprint(of: $0.evaluators[index].prepared) }
      guard let other = prints.firstIndex(where: { $0 != prints[0] }) else { continue }
      let name = plans[0].evaluators[index].opened.name
      let differing = [plans[0], plans[other]].configurationDifferences
        .filter { $0.setting.contains("param.") }
        .map { "\($0.setting) is \($0.values.map { $0 ?? "not set" }.joined(separator: " and "))" }
      throw AssayError(
        .comparisonEvaluators,
        "Sides \(plans[0].name) and \(plans[other].name) are scored by different \(name)s: "
          + "\(differing.isEmpty ? "their fingerprints differ" : differing.joined(separator: "; ")). "
          + "Such numbers are not of one kind; insist with --allow-different.",
        details: ["evaluator": name, "side": plans[other].name])
    }
  }

  private func conclude(
    _ evaluators: [ComparedEvaluator], _ plans: [SidePlan], _ digests: [SourceDigests],
    _ report: ItemReport, _ clock: RunClock
  ) -> ModelComparison {
    let conclusion = Conclusion(
      evaluators.map { ($0.thresholds.map(\.result.verdict), $0.counts.leastCovered) },
      policy: request.shared.gate)
    var evaluators = evaluators
    for index in evaluators.indices { evaluators[index].verdict = conclusion.evaluators[index] }
    var sides = report.sides
    for (index, plan) in plans.enumerated() {
      sides[index].run = plan.origin.run
      sides[index].model = plan.origin.model
      sides[index].sources = plan.sides.map { side, source in
        SourceInformation(
          side: side, uri: source.description, rows: report.rows(index, side),
          sha256: digests[index].digest(of: side))
      }
    }
    return ModelComparison(
      comparison: ComparisonInformation(
        id: clock.makeID("cmp"), createdAt: clock.createdAt, durationSeconds: clock.durationSeconds,
        seed: request.shared.seed, level: request.level, adjustment: request.adjustment.rawValue,
        power: request.power),
      sides: sides, baseline: request.sides[request.baseline].name, items: report.items,
      configuration: plans.configurationDifferences, evaluators: evaluators,
      verdict: conclusion.verdict, exitCode: conclusion.exitCode,
      warnings: request.notes + report.warnings + plans[0].unusedColumns)
  }
}

/// Items that some sides share, gone over.
private struct ComparedSample {
  let report: ItemReport
  let collector: EvidenceCollector
  let slices: [ItemSlices.Slice]
}

extension [Counts] {
  /// The counts of the side with the smallest share of scored items.
  var leastCovered: Counts {
    self.min { ($0.coverage ?? 0) < ($1.coverage ?? 0) } ?? Counts()
  }
}
