import AssayArrow
import AssayCore

/// What is known of a row whatever its score.
struct RowDescriber {
  private let evaluator: String
  private let firstRow: Int
  private let key: SliceColumn?
  private let split: SliceColumn?
  private let output: KeptValue?
  private let expected: KeptValue?
  /// By position in the batch.
  let messages: [Int: String]

  init(_ evaluator: EvaluatorPlan, _ chunk: Chunk, _ plan: PassPlan, messages: [Int: String] = [:]) {
    func column(_ position: Int?) -> SliceColumn? { position.map { SliceColumn(chunk.batch.columns[$0]) } }
    self.evaluator = evaluator.name
    self.messages = messages
    firstRow = chunk.firstRow
    key = column(plan.key)
    split = column(plan.splitLabel)
    output = plan.keepsValues ? KeptValue(.output, of: evaluator, chunk) : nil
    expected = plan.keepsValues ? KeptValue(.expected, of: evaluator, chunk) : nil
  }

  /// A row without a score.
  func row(_ row: Int) -> ScoredRow {
    var described = ScoredRow(
      evaluator: evaluator, row: firstRow + row, key: key?.text(at: row), split: split?.text(at: row),
      score: nil, outcome: .skipped, cause: .subject)
    described.output = output?.text(at: row)
    described.expected = expected?.text(at: row)
    return described
  }

  /// A row that the evaluator did not see.
  func leftOut(_ row: Int, _ fate: BoundRows.Fate) -> ScoredRow {
    var left = self.row(row)
    if fate == .missing { left.outcome = .unscored }
    left.message = "a value is null or NaN"
    return left
  }
}

/// What rows keep of what was produced, or of what was expected: the value of the one role
/// that means it, or an object of the values of several.
private enum KeptValue {
  case plain(SliceColumn)
  case composed(Column)
  case several([(name: String, column: Column)])

  /// nil where no role of the evaluator means it.
  init?(_ meaning: PlannedInput.Meaning, of evaluator: EvaluatorPlan, _ chunk: Chunk) {
    let columns = evaluator.inputs.filter { $0.meaning == meaning }.map {
      (name: $0.role, column: chunk.batch.columns[$0.position])
    }
    guard let first = columns.first?.column else { return nil }
    if columns.count > 1 {
      self = .several(columns)
    } else {
      self = first.type.isComposed ? .composed(first) : .plain(SliceColumn(first))
    }
  }

  /// nil for null.
  func text(at row: Int) -> String? {
    switch self {
    case .plain(let column): column.textOrNil(at: row)
    case .composed(let column): ValueText.text(of: column, at: row)
    case .several(let columns): ValueText.text(of: columns, at: row)
    }
  }
}

extension EvaluatorPlan {
  /// The rows of a chunk for an evaluator that says nothing of single ones: they took part,
  /// or were left out.
  func takenRows(of chunk: Chunk, in plan: PassPlan) throws(AssayError) -> [ScoredRow] {
    let bound = try bind(chunk, cluster: plan.cluster)
    let describer = RowDescriber(self, chunk, plan)
    return (chunk.selected ?? chunk.batch.rowNumbers).map { number in
      let fate = bound.fates?[Int(number)] ?? .kept
      guard fate == .kept else { return describer.leftOut(Int(number), fate) }
      var row = describer.row(Int(number))
      row.outcome = .scored
      row.cause = nil
      return row
    }
  }
}
