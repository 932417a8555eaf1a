import AssayArrow
import AssayCore
import AssayData
import AssayHost

/// How the executor goes over the items: every evaluator once for each side, on the same rows.
///
/// So a row has one number on all sides, and draws the same weight in every replicate.
struct ComparisonPass {
  let plan: PassPlan
  let items: ComparableItems.Plan
  /// Where the scores of items go; nil where no evaluator scores items.
  let scores: ItemScores?
  private let sides: Int

  /// What a role is called that says what is expected of an item, and so is no side's own.
  private static let expectedRoles: Set<String> = ["target", "expected", "reference", "weight"]

  init(
    _ plans: [SidePlan], _ rows: [RunRows], _ join: ItemJoin, request: ComparisonRequest, jobs: Int
  ) throws(AssayError) {
    sides = plans.count
    var passes: [PassPlan] = []
    for (side, rows) in zip(plans, rows) {
      passes.append(try side.columns.passPlan(side.plan, side.evaluators, rows, jobs: jobs))
    }
    var plan = PassPlan(evaluators: [], jobs: jobs)
    var items = ComparableItems.Plan()
    items.split = passes[0].split
    items.key = join.key
    items.cluster = passes[0].cluster
    // The first side's columns come first, where they stand in its own rows too.
    plan.slices = passes[0].slices
    items.slices = plan.slices
    plan.key = join.key
    plan.cluster = passes[0].cluster
    plan.problemLimit = request.shared.problemLimit
    for index in passes[0].evaluators.indices {
      var expected: [String: [Int]] = [:]
      for side in plans.indices {
        var evaluator = passes[side].evaluators[index]
        evaluator.name = Self.name(evaluator: index, side: side)
        for input in evaluator.inputs.indices {
          evaluator.inputs[input].position += join.offsets[side]
          evaluator.inputs[input].column += "\" of side \"\(plans[side].name)"
          if Self.expectedRoles.contains(evaluator.inputs[input].role) {
            expected[evaluator.inputs[input].role, default: []].append(evaluator.inputs[input].position)
          }
        }
        if plans[side].evaluators[index].describesItems { evaluator.keepsRows = true }
        items.inputs += evaluator.inputs
        plan.evaluators.append(evaluator)
      }
      for (role, positions) in expected.sorted(by: { $0.key < $1.key }) where positions.count == plans.count {
        items.expected.append((role, positions))
      }
    }
    scores = plan.evaluators.contains { $0.engine.isOfRows } ? ItemScores() : nil
    self.plan = plan
    self.items = items
  }

  /// How the plan of an evaluator for a side is called.
  static func name(evaluator: Int, side: Int) -> String { "\(evaluator)/\(side)" }

  /// Where the part of an evaluator for a side stands.
  func place(evaluator: Int, side: Int) -> Int { evaluator * sides + side }
}

extension LoadedEvaluator {
  /// Whether it says what single items add to its metrics, and items count once each.
  var describesItems: Bool {
    guard case .stateful(let maker) = Engine(prepared) else { return false }
    return maker.rows != nil && !hasWeights
  }
}
