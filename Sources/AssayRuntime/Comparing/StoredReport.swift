import AssayCore

/// What is known of the items of stored runs.
struct StoredReport {
  private(set) var sides: [ComparedSide]
  private(set) var items = ComparedItems(compared: 0, coverage: nil)
  private(set) var warnings: [String] = []
  let configuration: [ConfigurationDifference]

  init(_ request: ComparisonRequest, _ runs: [(name: String, run: FinishedRun)]) {
    sides = zip(request.sides, runs).map { asked, side in
      var known = ComparedSide(name: side.name, sources: side.run.result.sources, items: 0)
      known.run = asked.origin.run
      known.model = asked.origin.model
      return known
    }
    var settings: [ConfigurationDifference] = []
    func add(_ setting: String, _ values: [String?]) {
      if Set(values).count > 1 { settings.append(ConfigurationDifference(setting: setting, values: values)) }
    }
    for evaluator in runs[0].run.result.evaluators {
      let entries = runs.map { side in
        side.run.result.evaluators.first { $0.evaluator == evaluator.evaluator }
      }
      add("\(evaluator.evaluator).version", entries.map { $0?.version })
      add("\(evaluator.evaluator).fingerprint", entries.map { $0?.fingerprint })
      for role in evaluator.bindings.map(\.role) {
        add("\(evaluator.evaluator).bind.\(role)", entries.map { entry in
          entry?.bindings.first { $0.role == role }.map { "\($0.side.rawValue).\($0.column)" }
        })
      }
    }
    for name in request.sides.settingNames {
      add(name, request.sides.map { side in side.origin.settings.first { $0.name == name }?.value })
    }
    configuration = settings
  }

  /// Notes how the rows met.
  ///
  /// - Parameter samples: One with all sides, or one for each where they are independent.
  /// - Throws: `compare.different-items`, `compare.different-targets`.
  mutating func add(_ samples: [StoredItems], _ request: ComparisonRequest) throws(AssayError) {
    let counts = samples.flatMap(\.counts)
    let most = counts.max() ?? 0
    let compared = samples.reduce(0) { $0 + $1.compared }
    items = ComparedItems(
      compared: compared, coverage: request.isPaired && most > 0 ? Double(compared) / Double(most) : nil,
      isPaired: request.isPaired)
    for index in sides.indices { sides[index].items = counts[index] }
    guard request.isPaired, let found = samples.first else { return }
    for index in sides.indices {
      sides[index].unmatched = found.counts[index] - compared
      sides[index].firstUnmatched = found.firstUnmatched[index]
    }
    let apart = sides.filter { $0.unmatched > 0 }.map { side in
      "\(side.unmatched) of the \(side.items) items of side \(side.name) are not on every side "
        + "(\(side.firstUnmatched.joined(separator: ", ")))"
    }
    guard compared > 0, items.coverage ?? 0 >= request.shared.gate.minimumCoverage else {
      throw Self.different(apart.joined(separator: "; "), compared: compared)
    }
    for sentence in apart where !warnings.contains("\(sentence), which count on no side.") {
      warnings.append("\(sentence), which count on no side.")
    }
    try checkTargets(found, request)
  }

  private func checkTargets(_ found: StoredItems, _ request: ComparisonRequest) throws(AssayError) {
    guard !request.allowsDifferent else { return }
    for index in sides.indices.dropFirst() {
      let apart = (0..<found.compared).filter { item in
        let (mine, theirs) = (found.rows[0][item].expected, found.rows[index][item].expected)
        return mine != nil && theirs != nil && mine != theirs
      }
      guard let first = apart.first else { continue }
      throw AssayError(
        .comparisonTargets,
        "The runs of sides \(sides[0].name) and \(sides[index].name) expect different things of "
          + "\(apart.count) of \(found.compared) items, first of \(found.name(ofItem: first)): "
          + "\(found.rows[0][first].expected ?? "") and \(found.rows[index][first].expected ?? ""). Are both "
          + "of the same data? Insist with --allow-different.",
        details: ["side": sides[index].name, "items": String(apart.count)])
    }
    if !found.isKeyed { try checkDigests() }
  }

  /// Notes how many rows each run had, where they were not kept.
  ///
  /// - Throws: `compare.different-items` where these numbers differ, `compare.different-targets`
  ///   where the ground truths do.
  mutating func add(_ totals: [Int], _ request: ComparisonRequest) throws(AssayError) {
    for index in sides.indices { sides[index].items = totals[index] }
    let compared = request.isPaired ? totals.min() ?? 0 : totals.reduce(0, +)
    items = ComparedItems(compared: compared, coverage: nil, isPaired: request.isPaired)
    guard request.isPaired else { return }
    let note = "The items of the runs were not kept: differences are taken as of independent data. "
      + "Keep them with --rows beside the result, under its name with .jsonl."
    if !warnings.contains(note) { warnings.append(note) }
    guard !request.allowsDifferent else { return }
    if Set(totals).count > 1 {
      let counts = sides.map { "\($0.items) of side \($0.name)" }.joined(separator: " and ")
      throw Self.different("the runs are over \(counts)", compared: 0)
    }
    try checkDigests()
  }

  private func checkDigests() throws(AssayError) {
    let truths = Set(sides.compactMap { side in side.sources.first { $0.side == .groundTruth }?.sha256 })
    guard truths.count > 1 else { return }
    throw AssayError(
      .comparisonTargets,
      "The runs have different ground truths: their files' digests differ. Are both of the same data? Insist "
        + "with --allow-different.")
  }

  private static func different(_ what: String, compared: Int) -> AssayError {
    AssayError(
      .comparisonItems,
      "The runs have different items: \(what)."
        + (compared > 0 ? " Compare the \(compared) that all have with a lower --min-coverage." : "")
        + " Runs that are meant to have other items are compared with --unpaired.",
      details: ["compared": String(compared)])
  }
}

extension [ComparisonRequest.Side] {
  /// The names of what is known of their runs, each once.
  fileprivate var settingNames: [String] {
    var names: [String] = []
    for setting in flatMap(\.origin.settings) where !names.contains(setting.name) { names.append(setting.name) }
    return names
  }
}
