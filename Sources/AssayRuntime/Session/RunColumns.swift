import AssayArrow
import AssayCore
import AssayData
import AssayHost

/// A role of an evaluator with the column behind it.
struct RoleColumn {
  let input: InputDefinition
  let found: FoundColumn
  /// Whether nobody bound the role.
  let isByName: Bool

  /// Roles for what is true, as manifests call them.
  private static let expected: Set<String> = [
    "target", "expected", "label", "truth", "reference", "ground_truth", "observed", "actual", "y_true",
  ]
  /// Roles that say nothing of what was produced: what was asked, which row it is, how much
  /// it counts.
  private static let others: Set<String> = [
    "weight", "group", "query", "time", "baseline", "input", "question", "prompt", "context", "image_id",
    "row_id", "unit", "rater",
  ]

  /// What the value is of a row that is kept; nil for what was neither produced nor expected.
  var meaning: PlannedInput.Meaning? {
    if Self.others.contains(input.role) { return nil }
    let isExpected = Self.expected.contains(input.role) || input.side == .groundTruth
    return isExpected || input.role.hasPrefix("truth_") ? .expected : .output
  }

  func binding(in request: RunRequest) -> BoundColumn {
    BoundColumn(
      role: input.role, side: request.named(found.side), column: found.field.name, isByName: isByName)
  }
}

/// The columns that a run reads, and what each is for.
struct RunColumns {
  /// By evaluator, its roles with their columns.
  let roles: [[RoleColumn]]
  private let slices: [[FoundColumn]]
  private let split: FoundColumn?
  private let cluster: FoundColumn?

  /// The column of a split.
  static let splitColumn = "split"

  /// - Throws: `data.missing-column` and `data.ambiguous-column`.
  init(_ plan: RunPlan, _ lookup: ColumnLookup) throws(AssayError) {
    var roles: [[RoleColumn]] = []
    for opened in plan.opened { roles.append(try plan.columns(of: opened, lookup)) }
    self.roles = roles
    var slices: [[FoundColumn]] = []
    for names in plan.slices {
      var columns: [FoundColumn] = []
      for name in names { columns.append(try lookup.column(name)) }
      slices.append(columns)
    }
    self.slices = slices
    let request = plan.request
    split = request.split == nil ? nil : try lookup.column(Self.splitColumn, side: request.splitSide)
    cluster = try plan.request.cluster.map { (name) throws(AssayError) in try lookup.column(name) }
  }

  /// What has to be read; roles first, as they know the types that they take.
  var needed: [NeededColumn] {
    roles.joined().map { NeededColumn(found: $0.found, accepted: $0.input.types) }
      + (Array(slices.joined()) + [split, cluster].compactMap { $0 }).map { NeededColumn(found: $0) }
  }

  func passPlan(
    _ plan: RunPlan, _ evaluators: [LoadedEvaluator], _ rows: RunRows, jobs: Int
  ) throws(AssayError) -> PassPlan {
    var pass = PassPlan(evaluators: [], jobs: jobs)
    for (loaded, roles) in zip(evaluators, roles) {
      var inputs: [PlannedInput] = []
      for role in roles {
        var input = role.input.planned(
          at: try rows.position(of: role.found), column: role.found, request: plan.request)
        input.meaning = role.meaning
        inputs.append(input)
      }
      pass.evaluators.append(loaded.plan(inputs: inputs))
    }
    for (written, columns) in zip(plan.slices, slices) {
      var positions: [Int] = []
      for column in columns { positions.append(try rows.position(of: column)) }
      pass.slices.append(SliceColumns(names: names(of: columns, written), positions: positions))
      if columns.map(\.field.name) == [Self.splitColumn] { pass.splitLabel = positions[0] }
    }
    if let split, let value = plan.request.split {
      pass.split = (try rows.position(of: split), value)
    }
    pass.cluster = try cluster.map { (column) throws(AssayError) in try rows.position(of: column) }
    pass.key = rows.keyPosition
    pass.problemLimit = plan.request.problemLimit
    return pass
  }

  /// What a result calls the columns of a slice: their own names, but as they were
  /// written where both sides' columns of one name are sliced by.
  private func names(of columns: [FoundColumn], _ written: [String]) -> [String] {
    let plain = columns.map(\.field.name)
    let isShared = slices.count { $0.map(\.field.name) == plain } > 1
    return isShared ? written : plain
  }
}
