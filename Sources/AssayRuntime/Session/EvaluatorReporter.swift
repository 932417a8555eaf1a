import AssayCore
import AssayData
import AssayHost

/// Makes the result of one evaluator, without its verdict.
struct EvaluatorReporter {
  let plan: RunPlan
  let index: Int
  let loaded: LoadedEvaluator
  /// The columns behind the evaluator's roles.
  let bindings: [BoundColumn]
  let slices: [SliceColumns]
  let rows: RunRows
  let measurer: Measurer
  let threads: PluginThreads

  private var request: RunRequest { plan.request }

  /// - Throws: What ends the run; an evaluator that broke is reported instead.
  func report(_ part: Result<Part?, AssayError>) throws(AssayError) -> EvaluatorResult {
    var result = empty
    do throws(AssayError) {
      guard let part = try part.get() else {
        addMissing(to: &result)
        return result
      }
      result.counts = part.whole.counts
      result.problems = part.problems
      let slices = part.slices.sorted { $0.key.precedes($1.key) }
      try keep(part.whole, slices.map(\.value))
      let measured = try measurer.measure(part.whole)
      result.metrics = loaded.opened.ordered(measured.metrics)
      result.tables = measured.tables
      result.slices = try measure(slices)
      addFolds(to: &result)
    } catch where error.isFaultOfEvaluator {
      result = broken(error)
    } catch {
      throw error
    }
    addMissing(to: &result)
    return result
  }

  private var empty: EvaluatorResult {
    let evaluator = loaded.opened.evaluator
    return EvaluatorResult(
      evaluator: loaded.opened.name, version: loaded.opened.version, mode: evaluator.definition.mode,
      task: evaluator.definition.task ?? .other, implementation: loaded.opened.implementation, fingerprint: fingerprint(of: loaded.prepared),
      headline: loaded.opened.headline, bindings: bindings)
  }

  /// An evaluator that broke has scored no row.
  private func broken(_ error: AssayError) -> EvaluatorResult {
    var result = empty
    result.counts.total = rows.report?.rows ?? rows.count(of: .sample)
    result.counts.errored = result.counts.total
    // Errors count rows from 1.
    let row = error.details["row"].flatMap { Int($0) }.map { $0 - 1 }
    result.problems = [
      RowProblem(
        row: row, outcome: Outcome.errored.rawValue, cause: .evaluator, message: error.message)
    ]
    return result
  }

  /// Rows without a partner are missing: they count, and are listed.
  private func addMissing(to result: inout EvaluatorResult) {
    guard let report = rows.report else { return }
    result.counts.missing += report.missing
    result.counts.total += report.missing
    let keys = report.firstMissingFromGroundTruth.map { ($0, request.words(.groundTruth)) }
      + report.firstMissingFromSample.map { ($0, request.words(.sample)) }
    for (key, side) in keys where result.problems.count < request.problemLimit {
      result.problems.append(
        RowProblem(
          row: nil, key: key, outcome: "missing", cause: .subject,
          message: "\(side) has no row with this key"))
    }
  }

  /// Writes what the evaluator knows, before it is used up.
  private func keep(_ whole: Tally, _ slices: [Tally]) throws(AssayError) {
    guard let file = request.states, loaded.keepsStates else { return }
    var description = KeptState(
      evaluator: index, parameters: loaded.prepared.parameters, roles: bindings.map(\.role),
      wanted: plan.wantedNames(ofEvaluator: index)?.sorted(), intervalLevel: loaded.intervalLevel,
      settings: KeptSettings(request))
    for (number, tally) in ([whole] + slices).enumerated() {
      guard case .state(let state) = tally.content, let state = state as? EvaluatorState else { continue }
      description.slice = number == 0 ? nil : number - 1
      try file.add(description.json, try state.save())
    }
  }

  // MARK: - Slices and folds

  private func measure(
    _ sorted: [(key: SliceKey, value: Tally)]
  ) throws(AssayError) -> [SliceResult] {
    let measurer = measurer
    let measured = try threads.map(count: sorted.count) { (index) throws(AssayError) in
      try measurer.measure(sorted[index].value)
    }
    return zip(sorted, measured).map { entry, measured in
      SliceResult(
        by: zip(slices[entry.key.columns].names, entry.key.values).map {
          SliceResult.Key(column: $0, value: $1)
        },
        rows: entry.value.counts.total, metrics: loaded.opened.ordered(measured.metrics),
        tables: measured.tables, counts: entry.value.counts)
    }
  }

  private func addFolds(to result: inout EvaluatorResult) {
    guard let fold = request.fold else { return }
    for slice in result.slices.indices {
      for key in result.slices[slice].by.indices
      where withoutSide(result.slices[slice].by[key].column) == withoutSide(fold) {
        result.slices[slice].by[key].column = RunPlan.foldKey
      }
    }
    let folds = result.slices.filter { $0.by.map(\.column) == [RunPlan.foldKey] }
    result.metrics += FoldMetrics.metrics(over: folds)
  }
}
