import AssayCore
import AssayJSON
import AssayStore

/// Finds the newest run of a model on a data set, or makes one.
struct RunSearch {
  let registry: Registry
  let comparison: RunComparison

  /// - Throws: `compare.missing-run` where there is none and none is to be made;
  ///   `registry.not-found` for a model or a data set that there is not; what making a run throws.
  func side(
    named name: String, model: String, dataset: String
  ) async throws(AssayError) -> (side: RunSide, note: String?) {
    let wanted = try self.dataset(dataset)
    _ = try registry.store.model(model, scope: registry.scope)
    if let run = try newest(of: model, on: wanted) {
      return (try side(named: name, of: run, model), nil)
    }
    guard comparison.evaluatesMissing, !comparison.evaluators.isEmpty else {
      let words = comparison.evaluators.isEmpty ? "" : " by \(comparison.evaluators.joined(separator: ", "))"
      throw AssayError(
        .comparisonRunMissing,
        "There is no completed run of \(model) on \(dataset)\(words). Make it with --evaluate-missing and -e, "
          + "or with: assay runs create --sample dataset:\(dataset) --model \(model)",
        details: ["model": model, "dataset": dataset])
    }
    let run = try await made(model, wanted)
    let note = "There was no run of \(model) on \(dataset); it was made as the run \(run.id)."
    return (try side(named: name, of: run, model), note)
  }

  /// A data set with the version and the split that are meant.
  private struct Wanted {
    var reference: String
    var dataset: StoredDataset
    var version: Int?
    var split: String?
  }

  private func dataset(_ text: String) throws(AssayError) -> Wanted {
    guard case .dataset(let name, let split) = try RunSource(parsing: "dataset:\(text)", side: .sample).place
    else { throw AssayError(.internal, "A data set was lost.") }
    let dataset = try registry.store.dataset(name, scope: registry.scope)
    return Wanted(
      reference: "dataset:\(text)", dataset: dataset,
      version: name.contains("@") ? dataset.version.number : nil, split: split)
  }

  private func newest(of model: String, on wanted: Wanted) throws(AssayError) -> StoredRun? {
    var filter = RunFilter()
    filter.status = .completed
    filter.dataset = wanted.dataset.id
    filter.model = model
    let names = comparison.evaluators.map { String($0.prefix { $0 != "@" }) }
    filter.evaluator = names.first
    var first = 0
    while true {
      let page = try registry.store.runs(filter, page: Page(limit: 100, offset: first), scope: registry.scope)
      for facts in page.elements {
        let run = try registry.store.run(number: facts.number)
        if isFit(run, model, wanted, names) { return run }
      }
      first += page.elements.count
      if page.elements.isEmpty || first >= page.total { return nil }
    }
  }

  private func isFit(_ run: StoredRun, _ model: String, _ wanted: Wanted, _ names: [String]) -> Bool {
    guard let parts = try? ResolvedPart.parts(run.sources),
      let part = parts.first(where: { $0.model.map { RunSide.isModel($0, named: model) } ?? false }),
      let source = [part.groundTruth, part.sample].compactMap({ $0 }).first(where: { $0.kind == "dataset" })
    else { return false }
    let known = run.evaluators.filter { $0.model == part.model }.map(\.name)
    return source.split == wanted.split && names.allSatisfy(known.contains)
      && (wanted.version == nil || source.origin["version"]?.integerValue == wanted.version.map(Int64.init))
  }

  private func side(named name: String, of run: StoredRun, _ model: String) throws(AssayError) -> RunSide {
    guard var side = try RunSide.sides(of: run, model: model).first else {
      throw AssayError(.internal, "A model of the run \(run.id) was lost.")
    }
    side.name = name
    return side
  }

  private func made(_ model: String, _ wanted: Wanted) async throws(AssayError) -> StoredRun {
    var config = comparison.fields
    config["evaluators"] = .array(comparison.evaluators.map { .string($0) })
    config["models"] = [.string(model)]
    config["sample"] = .string(wanted.reference)
    let waiting = try await registry.createRun(try RunSpecification(json: .object(config))).run
    let run = try await registry.executeRun(waiting)
    guard run.status == .completed else {
      let error = AssayError(ofRun: run.error) ?? AssayError(.comparisonRun, "It is \(run.status.rawValue).")
      throw AssayError(
        error.code, "The run \(run.id) of \(model) on \(wanted.reference) failed: \(error.message)",
        details: error.details)
    }
    return run
  }
}

extension AssayError.Code {
  /// There is no run of a model on a data set.
  public static let comparisonRunMissing = Self(rawValue: "compare.missing-run")
}
