import AssayCore
import AssayHost
import AssayJSON
import AssayStore

/// Makes sides of runs: to be scored again in one pass where that is possible, else from
/// what was kept of them.
struct RunSideFinder {
  let registry: Registry
  let comparison: RunComparison

  func find() async throws(AssayError) -> ComparableRuns {
    var registered: [RunSide?] = []
    var notes: [String] = []
    for place in comparison.places { registered += try await sides(of: place, &notes) }
    var sides = Self.named(registered.compactMap(\.self))
    let missing = MissingEvaluators(registry: registry, comparison: comparison)
    notes += try await missing.fill(&sides)
    let evaluators = try missing.shared(by: sides, &notes)
    sides = sides.map { $0.narrowed(to: evaluators) }
    let mayBeScored = !sides.isEmpty && sides.count == registered.count
    var runs: ComparableRuns
    switch mayBeScored ? scoredAgain(sides) : .kept(reason: nil) {
    case .ready(let found): runs = found
    case .kept(let reason):
      var narrowed = sides[...]
      runs = try kept(registered.map { $0.flatMap { _ in narrowed.popFirst() } }, evaluators, reason)
    }
    runs.notes += notes
    return runs
  }

  /// Whether the sides can be scored in one pass.
  private enum Attempt {
    case ready(ComparableRuns)
    /// - Parameter reason: nil where the kept rows say as much.
    case kept(reason: String?)
  }

  /// nil for a result that is no run of the registry.
  private func sides(
    of place: RunComparison.Place, _ notes: inout [String]
  ) async throws(AssayError) -> [RunSide?] {
    switch place {
    case .finished: return [nil]
    case .newest(let name, let model, let dataset):
      let found = try await RunSearch(registry: registry, comparison: comparison)
        .side(named: name, model: model, dataset: dataset)
      notes += [found.note].compactMap(\.self)
      return [found.side]
    case .registered(let reference):
      let parts = reference.split(separator: "/", maxSplits: 1).map(String.init)
      let run = try registry.store.run(parts.first ?? reference, scope: registry.scope)
      return try RunSide.sides(of: run, model: parts.count > 1 ? parts[1] : nil)
    }
  }

  /// A model's name alone says enough where no other side has it.
  private static func named(_ sides: [RunSide]) -> [RunSide] {
    let models = sides.compactMap(\.model)
    return sides.map { side in
      var side = side
      if side.name.contains("/"), let model = side.model, models.count(where: { $0 == model }) == 1 {
        side.name = model
      }
      if side.name == "baseline" { side.name = "run:baseline" }
      return side
    }
  }

  // MARK: - From what was kept

  /// - Parameter reason: Why the sources are not scored again.
  private func kept(
    _ sides: [RunSide?], _ evaluators: [String], _ reason: String?
  ) throws(AssayError) -> ComparableRuns {
    var found = ComparableRuns(sides: [])
    var finished = comparison.places.compactMap { place in
      if case .finished(let name, let run) = place { (name: name, run: run) } else { nil }
    }[...]
    for side in sides {
      if let side {
        var known = ComparisonRequest.Side(name: side.name, run: try side.finished(registry.store))
        known.origin = try side.origin()
        known.origin.fallback = reason
        found.sides.append(known)
      } else if let place = finished.popFirst() {
        var run = place.run
        if !evaluators.isEmpty {
          run.result.evaluators = evaluators.compactMap { name in
            run.result.evaluators.first { $0.evaluator == name }
          }
        }
        found.sides.append(ComparisonRequest.Side(name: place.name, run: run))
      }
    }
    return found
  }

  // MARK: - From the sources

  /// The sides as requests over their own sources; not where rows say as much, where a source
  /// or an evaluator is not what it was, and for runs that were imported.
  private func scoredAgain(_ sides: [RunSide]) -> Attempt {
    var found = ComparableRuns(sides: [])
    do throws(AssayError) {
      var evaluators: [[ResolvedEvaluator]] = []
      for side in sides { evaluators.append(try resolved(side)) }
      if try hasAllScores(sides, evaluators) { return .kept(reason: nil) }
      for (side, resolved) in zip(sides, evaluators) {
        var known = ComparisonRequest.Side(name: side.name, evaluating: try request(of: side, resolved))
        known.origin = try side.origin()
        for (entry, evaluator) in zip(side.entries, resolved) {
          guard let bar = evaluator.request.passThreshold else { continue }
          known.origin.settings.append(
            RunOrigin.Setting(name: "\(entry.evaluator.name).pass_threshold", value: shortText(bar)))
        }
        found.sides.append(known)
      }
      found.evaluators = evaluators[0].map(\.request)
      found.joinKey = sides.compactMap { $0.run.config["join_on"]?.stringValue }.first
      return .ready(found)
    } catch {
      return .kept(reason: error.message)
    }
  }

  private func resolved(_ side: RunSide) throws(AssayError) -> [ResolvedEvaluator] {
    guard side.run.kind == .assay else {
      throw AssayError(.conflict, "The run \(side.run.id) was imported and has no sources to score again.")
    }
    var evaluators: [ResolvedEvaluator] = []
    for entry in side.entries {
      let specification = try RunSpecification(json: .object(entry.run.config))
      for plugin in specification.plugins { _ = try registry.assay.catalog.load(plugin) }
      let choice = specification.evaluators[entry.position % specification.evaluators.count]
      evaluators.append(try registry.resolve(choice, pinned: entry.evaluator))
    }
    return evaluators
  }

  /// Whether every evaluator only scores rows, and the scores of all were kept.
  private func hasAllScores(
    _ sides: [RunSide], _ evaluators: [[ResolvedEvaluator]]
  ) throws(AssayError) -> Bool {
    for (side, resolved) in zip(sides, evaluators) {
      for (entry, evaluator) in zip(side.entries, resolved) {
        guard try registry.assay.host.open(evaluator.request, hasFolds: false).scoresRows,
          try RunJournal(reading: registry.store, run: entry.run.number).hasRows(ofEvaluator: entry.position)
        else { return false }
      }
    }
    return true
  }

  private func request(
    of side: RunSide, _ evaluators: [ResolvedEvaluator]
  ) throws(AssayError) -> RunRequest {
    guard let part = try ResolvedPart.parts(side.run.sources).first(where: { $0.model == side.model }) else {
      throw AssayError(.storeCorrupt, "The sources of the run \(side.run.id) are not to be read.")
    }
    try part.sample.verify()
    try part.groundTruth?.verify()
    return try part.request(RunSpecification(json: .object(side.run.config)), evaluators)
  }
}

extension Registry {
  /// Finds runs that are to be compared.
  ///
  /// Where their sources are what they were, they are scored again in one pass, so that every
  /// metric is compared as of data; where all evaluators score rows, their kept scores say as
  /// much. Else what was kept of them is compared, and the result says why.
  /// - Throws: `registry.not-found`, `compare.unfinished-run`, `compare.missing-evaluator`, and
  ///   what running a missing evaluator throws.
  public func comparableRuns(_ comparison: RunComparison) async throws(AssayError) -> ComparableRuns {
    try await RunSideFinder(registry: self, comparison: comparison).find()
  }
}
