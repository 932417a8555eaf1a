import AssayArrow
import AssayCore
import AssayData
import AssayHost

/// One run, from its request to its result.
struct Run: Sendable {
  let request: RunRequest
  let host: PluginHost
  let threads: PluginThreads
  let jobs: Int
  let control: RunControl
  let services: HostServices
  /// Knows what is done already, of a run that is kept.
  var journal: (any PassJournal)?

  func execute() throws(AssayError) -> RunResult {
    let clock = RunClock()
    let plan = try RunPlan(request, host: host)
    try plan.checkBindings()
    let sources = try RunSources(plan, host: host)
    let columns = try RunColumns(plan, sources.lookup)
    let evaluators = try load(plan, columns, sources.parameters)
    let baselines = try baselines(evaluators)
    try control.check()

    let digests = SourceDigests(sides, control: control)
    let rows = try sources.read(columns.needed)
    var pass = try columns.passPlan(plan, evaluators, rows, jobs: jobs)
    pass.keepsValues = journal != nil
    let parts: [Result<Part?, AssayError>]
    do throws(AssayError) {
      parts = try Pass(
        pass, control: control, threads: threads, sink: request.rows, journal: journal
      ).run(rows.stream)
    } catch {
      throw refused(columns).located(error)
    }
    try checkNotEmpty(rows, parts, allowsEmptySample: sources.allowsEmptySample)

    var results: [EvaluatorResult] = []
    for (index, part) in parts.enumerated() {
      let reporter = EvaluatorReporter(
        plan: plan, index: index, loaded: evaluators[index],
        bindings: columns.roles[index].map { $0.binding(in: request) }, slices: pass.slices, rows: rows,
        measurer: evaluators[index].measurer(
          MeasuringOptions(request), wants: plan.wants(ofEvaluator: index), threads: threads, control: control),
        threads: threads)
      var result = try reporter.report(part)
      let judge = Judge(
        result: result, baseline: baselines[index], intervalLevel: request.intervalLevel?.value)
      result.thresholds = plan.gate.thresholds[index].map(judge.judge)
      results.append(result)
    }
    try control.check()
    return try conclude(
      results, rows, digests, clock, plan.unusedColumns(sources.lookup) + unheardClusters(evaluators))
  }

  /// Finds out whether the run can begin: everything is checked that needs no row.
  ///
  /// - Throws: As `execute`.
  func check() throws(AssayError) {
    let plan = try RunPlan(request, host: host)
    try plan.checkBindings()
    let sources = try RunSources(plan, host: host)
    _ = try load(plan, RunColumns(plan, sources.lookup), sources.parameters)
  }

  private var sides: [(side: Side, source: DataSource)] {
    [(.sample, request.sample)] + (request.groundTruth.map { [(.groundTruth, $0)] } ?? [])
  }

  private func load(
    _ plan: RunPlan, _ columns: RunColumns, _ given: [ReaderParameters]
  ) throws(AssayError) -> [LoadedEvaluator] {
    var loaded: [LoadedEvaluator] = []
    for (index, opened) in plan.opened.enumerated() {
      loaded.append(
        try LoadedEvaluator(
          opened, parameters: try plan.parameters(ofEvaluator: index, given: given),
          roles: columns.roles[index].map(\.input.role),
          intervalLevel: plan.intervalLevel(ofEvaluator: index), services: services))
    }
    return loaded
  }

  /// The entries of the baseline, by evaluator.
  ///
  /// - Throws: ``AssayError/Code/thresholdFingerprint`` where a score could have
  ///   changed for another reason than the data.
  private func baselines(_ evaluators: [LoadedEvaluator]) throws(AssayError) -> [EvaluatorResult?] {
    var found: [EvaluatorResult?] = []
    for loaded in evaluators {
      let name = loaded.opened.name
      let entry = request.baseline?.evaluators.first { $0.evaluator == name }
      if let entry, !request.ignoresFingerprints, entry.fingerprint != fingerprint(of: loaded.prepared) {
        throw AssayError(
          .thresholdFingerprint,
          "The baseline was made by another \(name): its version or its parameters differ. Make it "
            + "again, or insist with --ignore-fingerprints.",
          details: ["evaluator": name])
      }
      found.append(entry)
    }
    return found
  }

  private func refused(_ columns: RunColumns) -> RefusedData {
    RefusedData(
      bindings: columns.roles.joined().map { $0.binding(in: request) },
      names: Dictionary(uniqueKeysWithValues: sides.map { (request.named($0.side), $0.source.description) }))
  }

  private func checkNotEmpty(
    _ rows: RunRows, _ parts: [Result<Part?, AssayError>], allowsEmptySample: Bool
  ) throws(AssayError) {
    for (side, source) in sides where rows.count(of: side) == 0 {
      if side == .sample, allowsEmptySample { continue }
      let place = source.range.map { $0.lowerBound > 0 ? " from row \($0.lowerBound) on, counted from 0" : "" }
      throw AssayError(
        .noRows, "\(source.description) has no rows\(place ?? "").",
        details: ["source": source.description])
    }
    guard let split = request.split else { return }
    let counts = parts.compactMap { (try? $0.get())?.whole.counts.total }
    if !counts.isEmpty, counts.allSatisfy({ $0 == 0 }) {
      throw AssayError(
        .noRows, "No row has \"\(split)\" in the column \"split\".", details: ["split": split])
    }
  }

  private func conclude(
    _ results: [EvaluatorResult], _ rows: RunRows, _ digests: SourceDigests, _ clock: RunClock,
    _ notes: [String]
  ) throws(AssayError) -> RunResult {
    let conclusion = Conclusion(
      results.map { ($0.thresholds.map(\.verdict), $0.counts) }, policy: request.gate)
    var results = results
    for index in results.indices { results[index].verdict = conclusion.evaluators[index] }
    let information = RunInformation(
      id: clock.makeRunID(), createdAt: clock.createdAt,
      status: conclusion.isIncomplete ? .incomplete : .completed,
      durationSeconds: clock.durationSeconds, seed: request.seed)
    let sources = sides.map { side, source in
      SourceInformation(
        side: request.named(side), uri: source.description, rows: rows.count(of: side),
        sha256: digests.digest(of: side))
    }
    return RunResult(
      run: information, sources: sources, evaluators: results, verdict: conclusion.verdict,
      exitCode: conclusion.exitCode, warnings: warnings(results, rows) + notes,
      states: try request.states?.finish())
  }

  /// What to say of evaluators whose own errors know nothing of clusters.
  private func unheardClusters(_ evaluators: [LoadedEvaluator]) -> [String] {
    guard request.cluster != nil else { return [] }
    return evaluators.compactMap { loaded in
      guard case .impossible = loaded.resampling, case .stateful = Engine(loaded.prepared) else { return nil }
      return "\(loaded.opened.evaluator.name) has no replicates over clusters: the errors and intervals that it "
        + "reports itself, as in its tables, take rows as independent."
    }
  }

  private func warnings(_ results: [EvaluatorResult], _ rows: RunRows) -> [String] {
    var warnings: [String] = []
    if let report = rows.report {
      warnings += report.warnings { request.words($0) }
    }
    for result in results where result.counts.skipped > 0 {
      let rows = result.counts.skipped == 1 ? "1 row" : "\(result.counts.skipped) rows"
      warnings.append("\(result.evaluator) left out \(rows) without a value.")
    }
    for result in results where result.counts.total > 0 && result.counts.errored == result.counts.total {
      let why = result.problems.first.map { ": \($0.message)" } ?? ""
      warnings.append("\(result.evaluator) broke on every row\(why)")
    }
    return warnings
  }
}

extension JoinReport {
  /// What the user should know about rows without a partner.
  fileprivate func warnings(_ words: (Side) -> String) -> [String] {
    func warning(_ count: Int, _ one: Side, _ other: Side, _ keys: [String]) -> [String] {
      guard count > 0 else { return [] }
      let listed = keys.joined(separator: ", ") + (count > keys.count ? ", …" : "")
      let rows = count == 1 ? "1 row of \(words(one)) has" : "\(count) rows of \(words(one)) have"
      return ["\(rows) no partner in \(words(other)): \(listed)"]
    }
    if matched == 0, keptWithoutSample > 0, missing == 0 {
      return ["The sample has no rows: all \(keptWithoutSample) rows of the ground truth are empty in it."]
    }
    return warning(missingFromGroundTruth, .sample, .groundTruth, firstMissingFromGroundTruth)
      + warning(missingFromSample, .groundTruth, .sample, firstMissingFromSample)
  }
}

extension AssayError.Code {
  /// A source, or a split of it, without a row.
  static let noRows = Self(rawValue: "data.no-rows")
}
