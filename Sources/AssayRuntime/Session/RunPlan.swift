import AssayArrow
import AssayCore
import AssayData
import AssayHost

/// Everything that is decided before the first row is read.
struct RunPlan {
  let request: RunRequest
  let opened: [OpenedEvaluator]
  let gate: GatePlan
  /// By which columns rows are sliced, the request's first, then folds, then what
  /// thresholds need.
  let slices: [[String]]

  /// Finds the evaluators and checks the thresholds.
  ///
  /// - Throws: `usage.invalid`, `plugin.…` and `threshold.…`.
  init(_ request: RunRequest, host: PluginHost) throws(AssayError) {
    guard !request.evaluators.isEmpty else {
      throw AssayError(.usage, "The run has no evaluator; name one with -e.")
    }
    var opened: [OpenedEvaluator] = []
    for evaluator in request.evaluators {
      let found = try host.open(evaluator, hasFolds: request.fold != nil)
      try HostParameter.check(evaluator, for: found.evaluator)
      opened.append(found)
    }
    self.opened = opened
    self.request = request
    try Self.checkPairs(opened, request)
    var gate = try GatePlan(request.thresholds, for: opened.map(\.subject))
    if let fold = request.fold { gate.rename(column: fold, to: Self.foldKey) }
    self.gate = gate
    if let other = gate.thresholds.joined().first(where: { $0.reference != nil }) {
      throw AssayError(
        .thresholdNoBaseline,
        "The threshold \"\(other.text)\" compares with \"\(other.reference ?? "")\"; a run has no sides, "
          + "only the result of --baseline. Write \"vs baseline\", or use assay compare.",
        details: ["threshold": other.text])
    }
    if gate.needsBaseline, request.baseline == nil {
      throw AssayError(
        .thresholdNoBaseline,
        "A threshold on delta(…) needs a result to compare with; give one with --baseline.")
    }
    var slices = request.slices
    if let fold = request.fold, !slices.contains([fold]) { slices.append([fold]) }
    for named in gate.slices {
      let columns = named.map { $0 == Self.foldKey ? request.fold ?? $0 : $0 }
      let wanted = Set(columns.map(withoutSide))
      guard !slices.contains(where: { Set($0.map(withoutSide)) == wanted }) else { continue }
      slices.append(columns)
    }
    self.slices = slices
    for name in request.only.union(request.also).sorted() { try checkExists(name) }
    try checkRows()
  }

  /// Refuses a metric or table that no evaluator has: nothing would be computed.
  private func checkExists(_ name: String) throws(AssayError) {
    let isKnown = opened.contains {
      $0.declaration(name) != nil || $0.hasTable(name)
    }
    guard !isKnown else { return }
    let known = opened.flatMap { evaluator in
      evaluator.metricNames + evaluator.tableNames
    }
    let names = opened.map(\.evaluator.name).joined(separator: ", ")
    let near = suggestion(for: name, in: known)
    throw AssayError(
      .usage,
      "\(names) has no metric or table \"\(name)\", which is asked for by name."
        + (near.isEmpty ? " There are \(known.joined(separator: ", "))." : near),
      details: ["only": name])
  }

  /// What results call the column of the folds.
  static let foldKey = "fold"

  /// The level of an evaluator's intervals; nil for none.
  func intervalLevel(ofEvaluator index: Int) -> Double? {
    if let level = request.intervalLevel { return level.value }
    return gate.needsIntervals(ofEvaluator: index) ? ConfidenceLevel.standard.value : nil
  }

  /// Which metrics and tables of an evaluator are computed.
  func wants(ofEvaluator index: Int) -> @Sendable (String) -> Bool {
    let names = wantedNames(ofEvaluator: index)
    return { names?.contains($0) ?? true }
  }

  /// The names of the metrics and tables that are computed; nil for all.
  func wantedNames(ofEvaluator index: Int) -> Set<String>? {
    guard !request.only.isEmpty else { return nil }
    var names = request.only.union(request.also)
    for metric in gate.metrics(ofEvaluator: index) {
      names.insert(metric)
      if let (base, _) = FoldMetrics.base(of: metric) { names.insert(base) }
    }
    return names
  }
}

extension RunPlan {
  /// Refuses to write rows where no evaluator scores any.
  private func checkRows() throws(AssayError) {
    guard request.rows != nil, !opened.contains(where: \.givesRows) else { return }
    let names = opened.map(\.evaluator.name).joined(separator: ", ")
    throw AssayError(
      .usage,
      "\(names) gives metrics over all rows and no scores of single rows, so there is nothing "
        + "to write for --rows. Leave it out.")
  }

  /// The roles of an evaluator with the columns behind them.
  ///
  /// A role that the evaluator needs takes the column of its own name where nobody
  /// bound it; an optional one, such as a weight, is used only where it was bound, so
  /// that no column changes a result by its name, unless the manifest says that it
  /// takes its name (the parts of a format that always belong together). The row number is the host's to
  /// give, and no column.
  func columns(
    of opened: OpenedEvaluator, _ lookup: ColumnLookup
  ) throws(AssayError) -> [RoleColumn] {
    let evaluator = opened.evaluator
    let bindings = bindings(of: opened)
    var columns: [RoleColumn] = []
    for role in evaluator.roles where role.role != Self.identityRole {
      if evaluator.definition.comparesPairs {
        if let column = try pairColumn(of: role, bindings, lookup) { columns.append(column) }
      } else if let binding = bindings.last(where: { $0.role == role.role }) {
        let found = try lookup.column(binding.column, side: binding.side, role: role.role)
        columns.append(RoleColumn(input: role, found: found, isByName: false))
      } else if !role.isOptional || role.takesName && lookup.hasColumn(role.role) {
        let found = try lookup.unbound(role: role.role, on: role.side)
        columns.append(RoleColumn(input: role, found: found, isByName: true))
      }
    }
    try checkCounterparts(columns, of: evaluator)
    return columns
  }

  /// The evaluator's own bindings, then those of the run, which go first.
  private func bindings(of opened: OpenedEvaluator) -> [ColumnBinding] {
    opened.request.bindings + request.bindings
  }

  /// What to say of optional roles that were not bound although a column of their
  /// name is there.
  func unusedColumns(_ lookup: ColumnLookup) -> [String] {
    opened.flatMap { opened in
      opened.evaluator.roles.filter { role in
        role.isOptional && !role.takesName && role.role != Self.identityRole && lookup.hasColumn(role.role)
          && !bindings(of: opened).contains { matches($0, role.role) }
      }.map { role in
        "There is a column \"\(role.role)\", which \(opened.evaluator.name) does not use unless it "
          + "is told to: --bind \(role.role)=\(role.role)."
      }
    }
  }

  /// Refuses bindings for roles that no evaluator has.
  func checkBindings() throws(AssayError) {
    let known = opened.flatMap { $0.evaluator.roles.map(\.role) }
    for binding in request.bindings where !known.contains(where: { matches(binding, $0) }) {
      throw AssayError(
        .usage,
        "No evaluator of this run has a role \"\(binding.role)\".\(suggestion(for: binding.role, in: known)) "
          + "The roles are \(known.joined(separator: ", ")).",
        details: ["role": binding.role])
    }
  }

  /// The role that receives the row number, or the hash of the cluster.
  static let identityRole = "row_id"
}

extension InputDefinition {
  /// What the executor does with the role's column.
  func planned(at position: Int, column: FoundColumn, request: RunRequest) -> PlannedInput {
    let name = column.field.name
    let mode: CastMode = request.casts == .exact ? .exact : .round
    let rule: PlannedInput.NullRule =
      switch nulls {
      case .pass: .pass
      case .missing: .missing
      case .error: request.nulls == .skip ? .skip : .error
      }
    return PlannedInput(role: role, position: position, column: name, nulls: rule, range: range) {
      [types] (column, firstRow) throws(AssayError) in
      let target = column.type.castTarget(among: types) ?? types.first ?? column.type
      return try column.cast(to: target, mode: mode, named: name, firstRow: firstRow)
    }
  }
}
