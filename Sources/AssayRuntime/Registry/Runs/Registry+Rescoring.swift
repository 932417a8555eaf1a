public import AssayCore
import AssayHost
import AssayJSON
public import AssayStore

extension Registry {
  /// Scores what a run is about again, as a run of its own; the old one stays as it is.
  ///
  /// What an evaluator has said before is taken where nothing in it can score otherwise:
  /// its fingerprint and its columns are the same. Where that holds for all of them, as
  /// when only a threshold has changed, the new run is completed at once: old scores are
  /// judged anew, no evaluator is called and no source is read. Otherwise it waits for a
  /// process, which evaluates what is left over the very same sources.
  /// - Throws: `registry.not-found`; `registry.conflict` for a run that is not over or was
  ///   imported; as `createRun`; `run.source-changed` where a source has to be read.
  public func rescore(_ id: String, _ rescoring: RunRescoring = RunRescoring()) async throws(AssayError)
    -> StoredRun
  {
    let old = try store.run(id, scope: scope)
    guard old.status.isOver, old.kind == .assay else {
      let why = old.kind == .external ? "was imported; it has no sources" : "is \(old.status.rawValue)"
      throw AssayError(
        .conflict, "The run \(id) \(why), so that it cannot be scored again.", details: ["id": id])
    }
    let specification = try RunSpecification(json: .object(rescoring.config(from: old)))
    for plugin in specification.plugins { _ = try assay.catalog.load(plugin) }
    if let problem = specification.generated { throw problem }
    let parts = try ResolvedPart.parts(old.sources)
    let evaluators = try specification.evaluators.map { (choice) throws(AssayError) in try resolve(choice) }
    let resolved = ResolvedRun(evaluators: evaluators, parts: parts)
    let taken = try takenPositions(old, specification, resolved)

    var draft = RunDraft(config: specification.config, evaluators: resolved.runEvaluators)
    draft.take(rescoring.creation)
    draft.container = old.container
    draft.environment = old.environment
    draft.metadata = old.metadata
    draft.sources = old.sources
    draft.totalRows = old.totalRows
    draft.dataset = resolved.datasetID
    draft.scope = scope

    let isJudging = old.status == .completed && taken.allSatisfy { $0?.hasSameParts ?? false }
    let judged = isJudging ? try await judgeAgain(old, specification, resolved, taken) : nil
    if judged == nil {
      for part in parts where taken.contains(where: { $0 == nil }) {
        try part.sample.verify()
        try part.groundTruth?.verify()
      }
    }
    return try make(draft, sharingCopiesOf: old) { (staged) throws(AssayError) in
      let journal = RunJournal(store, lease: staged.lease)
      for (position, origin) in taken.enumerated() {
        guard let origin else { continue }
        let opened = try assay.host.open(evaluators[position % evaluators.count].request, hasFolds: false)
        try take(origin, of: old, to: position, of: journal, opened)
      }
      guard var judged else { return nil }
      judged.run.id = staged.id
      judged.run.createdAt = staged.createdAt
      return RunEnding(judged)
    }
  }

  /// An evaluator of the old run that would say the same again.
  private struct Origin {
    var position: Int
    var hasSameBar: Bool
    /// Whether what was saved of its chunks has all that the new thresholds need.
    var hasSameParts: Bool
  }

  /// Takes over what an evaluator has said, with the outcomes of its new bar.
  private func take(
    _ origin: Origin, of old: StoredRun, to position: Int, of journal: RunJournal, _ opened: OpenedEvaluator
  ) throws(AssayError) {
    let isSameBar = origin.hasSameBar || !opened.scoresRows
    try journal.copyRows(
      fromRun: old.number, evaluator: origin.position, to: position,
      judgedBy: isSameBar ? nil : .init(opened.bar))
    guard origin.hasSameParts else { return }
    try RunJournal(reading: store, run: old.number).eachPart(ofEvaluator: origin.position) {
      (chunk) throws(AssayError) in
      var chunk = chunk
      chunk.position = position
      if !isSameBar, let bytes = chunk.part {
        // What is saved of a chunk counts the rows that passed.
        var part = try Part(saved: bytes, states: nil)
        part.apply(opened.bar)
        chunk.part = try part.saved()
      }
      try journal.record([chunk])
    }
  }

  /// By position in the new run.
  private func takenPositions(
    _ old: StoredRun, _ specification: RunSpecification, _ resolved: ResolvedRun
  ) throws(AssayError) -> [Origin?] {
    let before = try RunSpecification(json: .object(old.config))
    var known: [ResolvedEvaluator?] = []
    for (index, choice) in before.evaluators.enumerated() {
      // What is not there any more, or has changed, is not taken.
      known.append(try? resolve(choice, pinned: old.evaluators[index]))
    }
    let hasSameSlices = try hasSameSlices(before, known, specification, resolved)
    var taken: [Origin?] = []
    for part in resolved.parts.indices {
      for evaluator in resolved.evaluators {
        let same = known.firstIndex { known in
          known?.identity.fingerprint == evaluator.identity.fingerprint
            && known?.request.bindings == evaluator.request.bindings
            && known?.request.origin == evaluator.request.origin
        }
        taken.append(
          same.map { index in
            Origin(
              position: part * before.evaluators.count + index,
              hasSameBar: known[index]?.request.passThreshold == evaluator.request.passThreshold,
              hasSameParts: hasSameSlices)
          })
      }
    }
    return taken
  }

  /// Whether the new run slices its rows as the old one did, and wants the same intervals:
  /// thresholds may ask for more of either.
  private func hasSameSlices(
    _ before: RunSpecification, _ known: [ResolvedEvaluator?], _ specification: RunSpecification,
    _ resolved: ResolvedRun
  ) throws(AssayError) -> Bool {
    guard let part = resolved.parts.first, !known.contains(where: { $0 == nil }) else { return false }
    func plan(
      _ specification: RunSpecification, _ evaluators: [ResolvedEvaluator]
    ) throws(AssayError) -> RunPlan {
      var request = try part.request(specification, evaluators)
      request.baseline = try baseline(of: specification)
      return try RunPlan(request, host: assay.host)
    }
    let old = try plan(before, known.compactMap(\.self))
    let new = try plan(specification, resolved.evaluators)
    func hadIntervals(_ index: Int) -> Bool {
      old.opened.indices.contains(index) && old.intervalLevel(ofEvaluator: index) != nil
    }
    return old.slices == new.slices
      && new.opened.indices.allSatisfy { new.intervalLevel(ofEvaluator: $0) == nil || hadIntervals($0) }
  }

  /// The result of old scores under new thresholds; nil where something is missing for it.
  private func judgeAgain(
    _ old: StoredRun, _ specification: RunSpecification, _ resolved: ResolvedRun, _ taken: [Origin?]
  ) async throws(AssayError) -> RunResult? {
    guard let result = try? RunResult(json: old.result) else { return nil }
    let count = resolved.evaluators.count
    var entries: [EvaluatorResult] = []
    var policy = GatePolicy()
    for (index, part) in resolved.parts.enumerated() {
      var request = try part.request(specification, resolved.evaluators)
      request.baseline = try baseline(of: specification)
      policy = request.gate
      let judging = Rejudging(
        plan: try RunPlan(request, host: assay.host), journal: RunJournal(reading: store, run: old.number))
      for evaluator in 0..<count {
        guard let origin = taken[index * count + evaluator],
          result.evaluators.indices.contains(origin.position)
        else { return nil }
        guard
          let entry = try judging.judge(
            result.evaluators[origin.position], evaluator: evaluator, position: origin.position,
            hasSameBar: origin.hasSameBar)
        else { return nil }
        entries.append(entry)
      }
    }
    return result.judged(entries, policy)
  }
}

extension RunResult {
  /// The result with other entries, and the verdict over them.
  fileprivate func judged(_ entries: [EvaluatorResult], _ policy: GatePolicy) -> RunResult {
    let conclusion = Conclusion(entries.map { ($0.thresholds.map(\.verdict), $0.counts) }, policy: policy)
    var result = self
    result.evaluators = entries
    for index in entries.indices { result.evaluators[index].verdict = conclusion.evaluators[index] }
    result.run.status = conclusion.isIncomplete ? .incomplete : .completed
    result.verdict = conclusion.verdict
    result.exitCode = conclusion.exitCode
    return result
  }
}

extension RunJournal.Bar {
  init(_ bar: RowBar?) {
    guard let bar else {
      self = .none
      return
    }
    self =
      switch bar.direction {
      case .higherIsBetter, .none: .atLeast(bar.value)
      case .lowerIsBetter: .atMost(bar.value)
      case .zeroIsBest: .within(bar.value)
      }
  }
}
