import AssayCore
import AssayData
import AssayHost

extension RunPlan {
  /// Refuses two files of answers for an evaluator that does not compare them.
  ///
  /// - Throws: `usage.invalid`.
  static func checkPairs(_ opened: [OpenedEvaluator], _ request: RunRequest) throws(AssayError) {
    guard request.isOfPairs else { return }
    for opened in opened where !opened.evaluator.definition.comparesPairs {
      let name = opened.evaluator.name
      throw AssayError(
        .usage,
        "\(name) looks at one output at a time and cannot be asked which of two is better. To compare "
          + "its metrics over two files: assay compare --a FILE --b FILE -e \(name).",
        details: ["evaluator": name])
    }
  }

  /// Whether a binding is for a role: by its name, `a_output` for `a.output`, and over
  /// two files of answers also `output` for that of both.
  func matches(_ binding: ColumnBinding, _ role: String) -> Bool {
    if binding.role == role { return true }
    guard let pair = PairRole(role: role), isPairwise(role) else { return false }
    return binding.role == pair.parameter || request.isOfPairs && binding.role == pair.name
  }

  private func isPairwise(_ role: String) -> Bool {
    opened.contains { $0.evaluator.definition.comparesPairs && $0.evaluator.definition.input(role) != nil }
  }

  /// The column behind a role of an evaluator that compares pairs; nil for an optional
  /// role that has none.
  ///
  /// A role of one answer takes a column of that answer's file, where there are two:
  /// `a.output` the column `output` of a. In one file it takes `a.output` or `a_output`.
  ///
  /// - Parameter bindings: Of the evaluator and of the run; the last one counts.
  /// - Throws: `data.missing-column`.
  func pairColumn(
    of role: InputDefinition, _ bindings: [ColumnBinding], _ lookup: ColumnLookup
  ) throws(AssayError) -> RoleColumn? {
    let pair = PairRole(role: role.role)
    let side = request.isOfPairs ? pair.map { $0.answer == .a ? Side.sample : .groundTruth } : nil
    let bound = bindings.last { $0.role == role.role || $0.role == pair?.parameter }
      ?? bindings.last { matches($0, role.role) }
    if let bound {
      let found = try lookup.column(bound.column, side: bound.side ?? side, role: role.role)
      return RoleColumn(input: role, found: found, isByName: false)
    }
    guard !role.isOptional || role.takesName else { return nil }
    if let pair, let side {
      guard !role.isOptional || lookup.hasColumn(pair.name) else { return nil }
      return RoleColumn(
        input: role, found: try lookup.column(pair.name, side: side, role: role.role), isByName: true)
    }
    for name in [role.role, pair?.parameter] {
      guard let name, lookup.hasColumn(name) else { continue }
      return RoleColumn(input: role, found: try lookup.unbound(role: name), isByName: true)
    }
    guard !role.isOptional else { return nil }
    return RoleColumn(
      input: role, found: try lookup.unbound(role: pair?.parameter ?? role.role), isByName: true)
  }

  /// Refuses a role of one answer without that of the other, whose place it would take.
  func checkCounterparts(_ columns: [RoleColumn], of evaluator: Evaluator) throws(AssayError) {
    guard evaluator.definition.comparesPairs else { return }
    let bound = Set(columns.map(\.input.role))
    for column in columns {
      guard let counterpart = PairRole(role: column.input.role)?.counterpart.role,
        !bound.contains(counterpart)
      else { continue }
      throw AssayError(
        .usage,
        "\(evaluator.name): \"\(column.input.role)\" has a column and \"\(counterpart)\" has none. The two "
          + "change places, so bind both or neither: --bind \(counterpart)=COLUMN.",
        details: ["role": counterpart])
    }
  }
}
