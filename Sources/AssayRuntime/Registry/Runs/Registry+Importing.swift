public import AssayCore
import AssayHost
import AssayJSON
public import AssayStore

extension Registry {
  /// Stores results that were made elsewhere, as a run of the type external that is
  /// completed.
  ///
  /// Rows get the metrics of scores (`mean`, `std`, …) and are judged by the bar of the
  /// evaluator; metrics and documents are kept as they are.
  /// - Throws: `registry.invalid` with the row or the field, `registry.not-found`,
  ///   `registry.conflict` for an id that is taken, `threshold.…`, `result.…`.
  public func importRun(_ given: RunImport) throws(AssayError) -> StoredRun {
    let evaluator = try given.evaluator.map { (name) throws(AssayError) in
      try store.evaluator(name, scope: scope)
    }
    switch given.content {
    case .document(let document):
      return try keep(try imported(document, given, evaluator), [], given, evaluator)
    case .rows(let values):
      let specification = evaluator?.specification
      let bar = specification?.passThreshold.map { RowBar(value: $0, direction: .higherIsBetter) }
      let rows = try ImportedRow.rows(values, bar: bar, evaluator: specification?.name)
      return try keep(try scored(rows, given, evaluator, bar), rows, given, evaluator)
    }
  }

  private func keep(
    _ result: RunResult, _ rows: [StoredRow], _ given: RunImport, _ evaluator: StoredEvaluator?
  ) throws(AssayError) -> StoredRun {
    var draft = RunDraft(
      config: given.config,
      evaluators: result.evaluators.map { entry in
        let isOfRegistry = entry.evaluator == evaluator?.specification.name
        return RunEvaluator(
          id: isOfRegistry ? evaluator?.id : nil, version: isOfRegistry ? evaluator?.version : nil,
          name: entry.evaluator, model: entry.model,
          fingerprint: entry.fingerprint.isEmpty ? nil : entry.fingerprint)
      })
    draft.take(given.creation)
    draft.container = given.container ?? evaluator?.specification.container
    draft.kind = .external
    draft.environment = given.environment
    draft.metadata = given.metadata
    draft.totalRows = rows.isEmpty ? result.evaluators.first?.counts.total : rows.count
    draft.scope = scope
    return try make(draft) { (staged) throws(AssayError) in
      let journal = RunJournal(store, lease: staged.lease)
      for first in stride(from: 0, to: rows.count, by: 10_000) {
        try journal.record(Array(rows[first..<min(rows.count, first + 10_000)]), ofEvaluator: 0)
      }
      var result = result
      result.run.id = staged.id
      result.run.createdAt = staged.createdAt
      var ending = RunEnding(result)
      let costs = rows.map(\.cost)
      ending.spend = costs.isEmpty || costs.contains(nil) ? nil : costs.compactMap(\.self).reduce(0, +)
      return ending
    }
  }

  /// Makes a run in several steps, of which nobody sees anything before all are done: all of
  /// it, or nothing.
  ///
  /// - Parameter steps: Says how the run ended; nil for one that waits for its process.
  /// - Returns: The run, or the one that was made before for the idempotency key.
  func make(
    _ draft: RunDraft, sharingCopiesOf original: StoredRun? = nil,
    _ steps: (StagedRun) throws(AssayError) -> RunEnding?
  ) throws(AssayError) -> StoredRun {
    switch try store.stageRun(draft, sharingCopiesOf: original) {
    case .known(let run): return run
    case .staged(let staged):
      do throws(AssayError) {
        return try store.publish(staged, draft, ending: try steps(staged)).run
      } catch {
        store.discard(staged)
        throw error
      }
    }
  }

  // MARK: - Documents

  private func imported(
    _ document: JSONValue, _ given: RunImport, _ evaluator: StoredEvaluator?
  ) throws(AssayError) -> RunResult {
    if document["assay"] != nil {
      let result = try RunResult(json: document)
      guard given.thresholds.isEmpty else {
        throw AssayError(
          .invalidField, "A result document has its thresholds already.", details: ["field": "thresholds"])
      }
      return result.labelled(given.model)
    }
    guard let metrics = document["metrics"]?.objectValue, !metrics.isEmpty else {
      throw AssayError(
        .invalidField,
        "What is imported is a result document of Assay, {\"metrics\": {\"accuracy\": 0.9}}, or rows with scores as JSON lines.",
        details: ["field": "metrics"])
    }
    var entry = self.entry(given, evaluator)
    for (name, value) in metrics {
      guard value.isNull || value.doubleValue != nil else {
        throw AssayError(
          .invalidField, "The metric \"\(name)\" is a number or null, not \(value.text()).",
          details: ["field": "metrics.\(name)"])
      }
      entry.metrics.append(MetricResult(name: name, value: value.doubleValue))
    }
    entry.headline = entry.metrics.count == 1 ? entry.metrics[0].name : nil
    return try judged(entry, given, scoresRows: false, bar: evaluator?.specification.passThreshold)
  }

  // MARK: - Rows

  private func scored(
    _ rows: [StoredRow], _ given: RunImport, _ evaluator: StoredEvaluator?, _ bar: RowBar?
  ) throws(AssayError) -> RunResult {
    var entry = self.entry(given, evaluator)
    entry.headline = "mean"
    for row in rows { entry.counts.add(row.outcome) }
    let summary = ScoreSummary(rows.compactMap(\.score))
    let hasBar = bar != nil || entry.counts.passed + entry.counts.failed > 0
    entry.metrics = summary.metrics(passRate: hasBar ? entry.counts : nil, level: nil).map { reported in
      MetricResult(name: reported.name, value: reported.value, reason: reported.reason)
    }
    let limit = 20
    entry.problems = rows.filter { !$0.outcome.hasScore }.prefix(limit).map { row in
      RowProblem(
        row: row.row, key: row.key, outcome: row.outcome.rawValue, cause: row.cause ?? .evaluator,
        message: row.explanation ?? "there is no score")
    }
    return try judged(entry, given, scoresRows: true, bar: bar?.value)
  }

  private func entry(_ given: RunImport, _ evaluator: StoredEvaluator?) -> EvaluatorResult {
    EvaluatorResult(
      evaluator: evaluator?.specification.name ?? given.evaluator ?? "external",
      version: evaluator.map { String($0.version) } ?? "", kind: .external,
      mode: evaluator?.specification.mode ?? .pointwise, task: .other, model: given.model,
      fingerprint: evaluator?.fingerprint ?? "")
  }

  private func judged(
    _ entry: EvaluatorResult, _ given: RunImport, scoresRows: Bool, bar: Double?
  ) throws(AssayError) -> RunResult {
    var expressions: [ThresholdExpression] = []
    for text in given.thresholds { expressions.append(try ThresholdExpression(parsing: text)) }
    let names = entry.metrics.map(\.name)
    let subject = GateSubject(
      name: entry.evaluator, headline: entry.headline, metricNames: names,
      declaration: { name in
        guard names.contains(name) else { return nil }
        return name == "pass_rate"
          ? MetricDeclaration(direction: .higherIsBetter, range: MetricRange(lower: 0, upper: 1))
          : MetricDeclaration(direction: .higherIsBetter)
      }, scoresRows: scoresRows, passThreshold: bar)
    let gate = try GatePlan(expressions, for: [subject])
    var entry = entry
    let judge = Judge(result: entry, baseline: nil, intervalLevel: nil)
    entry.thresholds = gate.thresholds[0].map(judge.judge)
    let conclusion = Conclusion(
      [(entry.thresholds.map(\.verdict), entry.counts.total > 0 ? entry.counts : .one)], policy: GatePolicy())
    entry.verdict = conclusion.evaluators[0]
    return RunResult(
      run: RunInformation(
        id: "", createdAt: "", status: conclusion.isIncomplete ? .incomplete : .completed,
        durationSeconds: 0, seed: 0),
      sources: [], evaluators: [entry], verdict: conclusion.verdict, exitCode: conclusion.exitCode)
  }
}

extension Counts {
  /// Of metrics without rows: nothing is missing.
  fileprivate static var one: Counts {
    var counts = Counts()
    counts.total = 1
    counts.scored = 1
    return counts
  }
}
