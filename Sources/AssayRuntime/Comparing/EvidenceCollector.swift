import AssayArrow
import AssayCore
import AssayHost
import AssayStatistics

/// Turns what the executor left of each side into evidence.
struct EvidenceCollector {
  let plans: [SidePlan]
  let pass: ComparisonPass
  let parts: [Result<Part?, AssayError>]
  /// By what each item is drawn where items come in clusters; empty else.
  let identities: [UInt64]
  let items: Int
  let threads: PluginThreads
  let control: RunControl

  /// The evidence of one evaluator, by side.
  ///
  /// - Parameter slice: The only items that count; nil for all.
  /// - Throws: What the evaluator threw on a side, with the side in front.
  func evidence(
    ofEvaluator index: Int, in slice: ItemSlices.Slice? = nil
  ) throws(AssayError) -> [SideEvidence] {
    let engine = Engine(plans[0].evaluators[index].prepared)
    if case .rows = engine { return try scored(index, slice) }
    var evidence: [SideEvidence] = []
    for (side, plan) in plans.enumerated() {
      do throws(AssayError) {
        var known = try measured(index, side, slice)
        if case .pairs = engine { try addPairs(to: &known, index, side, slice) }
        evidence.append(known)
      } catch {
        throw AssayError(
          error.code, "Side \(plan.name): \(error.message)", details: error.details)
      }
    }
    return evidence
  }

  private func measurer(_ index: Int, _ side: Int) -> Measurer {
    let (plan, loaded) = (plans[side].plan, plans[side].evaluators[index])
    let wants = plan.wants(ofEvaluator: index)
    let opened = loaded.opened
    return loaded.measurer(
      MeasuringOptions(plan.request), wants: { wants($0) && opened.declaration($0) != nil }, threads: threads,
      control: control)
  }

  // MARK: - States

  private func measured(
    _ index: Int, _ side: Int, _ slice: ItemSlices.Slice?
  ) throws(AssayError) -> SideEvidence {
    let loaded = plans[side].evaluators[index]
    var evidence = SideEvidence(name: plans[side].name)
    let part = try parts[pass.place(evaluator: index, side: side)].get()
    guard let part, let tally = slice.map({ part.slices[$0.key] }) ?? part.whole else { return evidence }
    evidence.counts = tally.counts
    let clusters = slice.map { $0.members(of: identities) } ?? identities
    evidence.clusters = clusters.isEmpty ? nil : Clusters(clusters)
    let measured = try measurer(index, side).measure(tally)
    evidence.metrics = measured.metrics.ordered(by: loaded.opened.metricNames)
    evidence.replicates = measured.replicates
    if case .impossible(let reason) = loaded.resampling { evidence.replicatesReason = reason }
    if loaded.describesItems { try describe(tally, by: loaded, in: &evidence) }
    return evidence
  }

  /// Asks the evaluator what single items add to its metrics.
  private func describe(
    _ tally: Tally, by loaded: LoadedEvaluator, in evidence: inout SideEvidence
  ) throws(AssayError) {
    let chunks = tally.kept.sorted { $0.chunk < $1.chunk }
    let control = control
    let described = try threads.map(count: chunks.count, isCancelled: { control.isCancelled }) {
      (chunk) throws(AssayError) in
      try loaded.prepared.describeRows(chunks[chunk].batch)
    }.compactMap { $0 }
    guard let first = described.first else { return }
    var columns: [String: [Double]] = [:]
    for name in first.schema.fields.map(\.name) {
      var values: [Double] = []
      for batch in described {
        guard let column = batch.column(named: name) else { return }
        for row in 0..<batch.rowCount { values.append(column.part(at: row)) }
      }
      columns[name] = values
    }
    if let labels = columns["positive"], let scores = columns["ranking"] {
      evidence.ranking = RankedItems(labels: labels.map { $0 == 1 }, scores: scores)
    }
    evidence.parts = columns.filter { loaded.opened.declaration($0.key) != nil }
    evidence.verify()
  }

  // MARK: - Scores

  /// Items that some side gave no score are left out on all sides.
  private func scored(_ index: Int, _ slice: ItemSlices.Slice?) throws(AssayError) -> [SideEvidence] {
    for side in plans.indices { _ = try parts[pass.place(evaluator: index, side: side)].get() }
    let all = plans.indices.map { side in
      var items = pass.scores?.items(of: ComparisonPass.name(evaluator: index, side: side)) ?? ItemScores.Items()
      if let slice, let tally = try? parts[pass.place(evaluator: index, side: side)].get()?.slices[slice.key] {
        items.counts = tally.counts
      }
      return items
    }
    var isKept = slice?.isMember(among: items) ?? [Bool](repeating: true, count: items)
    for side in all {
      for (item, score) in side.scores.enumerated() where score.isNaN { isKept[item] = false }
    }
    let names = identities.isEmpty ? (0..<UInt64(items)).map { $0 } : identities
    let kept = zip(names, isKept).filter(\.1).map(\.0)
    var evidence: [SideEvidence] = []
    for side in plans.indices {
      evidence.append(try scored(all[side].filtered(isKept), kept, index, side))
    }
    return evidence
  }

  private func scored(
    _ items: ItemScores.Items, _ identities: [UInt64], _ index: Int, _ side: Int
  ) throws(AssayError) -> SideEvidence {
    var evidence = SideEvidence(name: plans[side].name)
    evidence.counts = items.counts
    evidence.clusters = self.identities.isEmpty ? nil : Clusters(identities)
    var counts = Counts()
    counts.passed = items.passed.count { $0 == 1 }
    counts.failed = items.passed.count { $0 == 0 }
    counts.scored = items.scores.count
    counts.total = counts.scored
    let clusters = self.identities.isEmpty ? nil : ClusterSums(items, identities)
    let summary = ScoreSummary(items.scores, clusters: clusters)
    evidence.metrics = try measurer(index, side)
      .measure(Tally(counts: counts, content: .scores(summary))).metrics
    evidence.parts["mean"] = items.scores
    if counts.passed + counts.failed > 0 { evidence.parts["pass_rate"] = items.passed }
    evidence.replicatesReason = "the bootstrap says nothing about the ends of a sample"
    if !items.scores.isEmpty {
      evidence.replicates = try ScoreReplicates(
        identities: identities, seed: plans[side].plan.request.seed, threads: threads,
        control: control).replicates(of: items.scores)
    }
    evidence.verify()
    return evidence
  }
}

extension EvidenceCollector {
  /// Adds what each pair of answers adds to the rates over pairs.
  private func addPairs(
    to evidence: inout SideEvidence, _ index: Int, _ side: Int, _ slice: ItemSlices.Slice?
  ) throws(AssayError) {
    guard var items = pass.scores?.items(of: ComparisonPass.name(evaluator: index, side: side)) else { return }
    if let slice { items = items.filtered(slice.isMember(among: self.items)) }
    guard !items.wins.isEmpty, items.wins.count == items.scores.count else { return }
    evidence.parts = ["win_rate": items.wins, "position_consistency": items.agreements]
    evidence.verify()
    let names = identities.isEmpty ? (0..<UInt64(self.items)).map { $0 } : identities
    evidence.replicates = try ScoreReplicates(
      identities: slice.map { $0.members(of: names) } ?? names, seed: plans[side].plan.request.seed,
      threads: threads, control: control
    ).replicates(ofMeans: evidence.parts)
  }
}

extension ClusterSums {
  fileprivate init(_ items: ItemScores.Items, _ clusters: [UInt64]) {
    self.init()
    for (row, cluster) in clusters.enumerated() {
      add(items.scores[row], passed: items.passed[row] == 1, cluster: cluster)
    }
  }
}

extension Column {
  /// The number of a row, 1 and 0 for a truth value; NaN for null.
  fileprivate func part(at row: Int) -> Double {
    guard isValid(row) else { return .nan }
    return type == .bool ? (bool(at: row) ? 1 : 0) : number(at: row) ?? .nan
  }
}

extension [MetricResult] {
  /// In the order of the declarations; those with a pattern's name stay where they are.
  fileprivate func ordered(by names: [String]) -> [MetricResult] {
    enumerated().sorted { a, b in
      let places = (names.firstIndex(of: a.element.name) ?? names.count, names.firstIndex(of: b.element.name) ?? names.count)
      return places.0 == places.1 ? a.offset < b.offset : places.0 < places.1
    }.map(\.element)
  }
}
