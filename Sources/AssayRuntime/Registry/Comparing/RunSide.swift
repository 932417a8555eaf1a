import AssayCore
import AssayJSON
import AssayStore

/// One model's part of a run of the store, as a side of a comparison.
struct RunSide: Sendable {
  /// An evaluator of the side, with the run that has its scores.
  struct Entry: Sendable {
    let run: StoredRun
    /// The place of the evaluator in that run.
    let position: Int

    var evaluator: RunEvaluator { run.evaluators[position] }
  }

  var name: String
  let run: StoredRun
  let model: String?
  var entries: [Entry]

  func entry(_ evaluator: String) -> Entry? { entries.first { $0.evaluator.name == evaluator } }

  /// Only these evaluators, in this order.
  func narrowed(to evaluators: [String]) -> RunSide {
    var side = self
    side.entries = evaluators.compactMap(entry)
    return side
  }

  /// The sides that a run makes: one for each model.
  ///
  /// - Parameter model: The only one that is meant.
  /// - Throws: `compare.unfinished-run`; `registry.not-found` for a model that it does not have.
  static func sides(of run: StoredRun, model: String?) throws(AssayError) -> [RunSide] {
    guard run.status == .completed, !run.result.isNull else {
      throw AssayError(
        .comparisonRun,
        "The run \(run.id) is \(run.status.rawValue) and has no result to compare. "
          + (run.status.isOver
            ? "Go on with it: assay runs resume \(run.id)" : "Wait for it: assay runs watch \(run.id)"),
        details: ["run": run.id, "status": run.status.rawValue])
    }
    var models: [String?] = []
    for evaluator in run.evaluators where !models.contains(evaluator.model) { models.append(evaluator.model) }
    let sides = models.map { model in
      let entries = run.evaluators.indices.filter { run.evaluators[$0].model == model }
        .map { Entry(run: run, position: $0) }
      let name = models.count > 1 ? "\(run.id)/\(model ?? "")" : run.id
      return RunSide(name: name, run: run, model: model, entries: entries)
    }
    guard let model else { return sides }
    let found = sides.filter { $0.model.map { isModel($0, named: model) } ?? false }
    guard found.isEmpty else { return found }
    let known = models.compactMap(\.self)
    throw AssayError(
      .notFound,
      "The run \(run.id) has no model \"\(model)\".\(suggestion(for: model, in: known)) "
        + (known.isEmpty ? "It names none." : "It has \(known.joined(separator: ", "))."),
      details: ["run": run.id, "model": model])
  }

  /// A version is meant where it is named.
  static func isModel(_ model: String, named name: String) -> Bool {
    model == name || model.prefix { $0 != "@" } == name
  }
}

extension RunSide {
  /// What the store keeps of it: its part of the result, and its rows.
  ///
  /// Of the rows only what a comparison needs is held.
  func finished(_ store: Store) throws(AssayError) -> FinishedRun {
    var result = try RunResult(json: run.result)
    result.evaluators = []
    var rows: [ScoredRow] = []
    for entry in entries {
      let all = try RunResult(json: entry.run.result).evaluators
      guard all.indices.contains(entry.position) else {
        throw AssayError(.storeCorrupt, "The result of the run \(entry.run.id) is not to be read.")
      }
      var evaluator = all[entry.position]
      evaluator.model = nil
      result.evaluators.append(evaluator)
      try store.eachRow(ofRun: entry.run.number, RowFilter(evaluator: entry.position)) { stored in
        for row in stored {
          var kept = ScoredRow(
            evaluator: evaluator.evaluator, row: row.row, key: row.key, split: row.split, score: row.score,
            outcome: row.outcome)
          kept.expected = row.expected
          rows.append(kept)
        }
      }
    }
    return FinishedRun(result: result, rows: rows.isEmpty ? nil : rows, place: run.id)
  }

  /// What is known of it beside its numbers.
  func origin() throws(AssayError) -> RunOrigin {
    var origin = RunOrigin()
    origin.run = run.id
    origin.model = model
    func add(_ name: String, _ value: String?) {
      if let value { origin.settings.append(RunOrigin.Setting(name: name, value: value)) }
    }
    add("model", model)
    let part = try? ResolvedPart.parts(run.sources).first { $0.model == model }
    add("sample", part?.sample.name)
    add("ground_truth", part?.groundTruth?.name)
    origin.dataset = part?.dataset
    for field in RunSpecification.optionFields where !["parameters", "bindings"].contains(field) {
      add(field, run.config[field].flatMap { $0.isNull ? nil : $0.stringValue ?? $0.text() })
    }
    for entry in entries {
      add("\(entry.evaluator.name).version", entry.evaluator.version.map(String.init))
    }
    return origin
  }
}

extension ResolvedPart {
  /// The data set of the registry that it is about, with the split that was taken; nil for
  /// other sources.
  var dataset: String? {
    let sides = [groundTruth, sample].compactMap(\.self)
    guard let source = sides.first(where: { $0.origin["dataset"] != nil && $0.kind == "dataset" }),
      let name = source.origin["dataset"]?.stringValue
    else { return nil }
    return source.split.map { "dataset:\(name)/\($0)" } ?? "dataset:\(name)"
  }
}
