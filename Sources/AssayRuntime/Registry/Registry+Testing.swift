public import AssayCore
import AssayHost
public import AssayJSON
import AssayStore

extension AssayError.Code {
  /// An evaluator of a type that this version keeps and does not execute.
  public static let notExecutable = Self(rawValue: "registry.not-executable")
}

extension Registry {
  /// Scores one row, and stores nothing.
  ///
  /// - Parameters:
  ///   - row: The values of the row by column, as text or JSON. A role takes the column
  ///     that it is bound to, else the one of its name. `output` and `expected` also stand
  ///     for what the evaluator calls otherwise, such as `score` and `target`; `a.output` and
  ///     `b.output` for the answers of an evaluator that says which is better, which is asked
  ///     in both orders. A list goes to a role that takes lists.
  ///   - onLog: Receives what the evaluator logs.
  /// - Throws: `registry.not-found`; `registry.not-executable` for another type than
  ///   `plugin`; `usage.invalid` for values that do not fit, with the roles.
  public func test(
    _ reference: String, row: JSONObject, onLog: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(AssayError) -> EvaluatorTrial {
    let registered = try evaluator(reference)
    let (content, threshold) = try plugin(of: registered)
    let request = EvaluatorRequest(
      content.evaluator, parameters: content.parameters, passThreshold: threshold)
    let opened = try assay.host.open(request, hasFolds: false)
    return try TrialMaker(evaluator: registered, opened: opened, content: content, onLog: onLog).trial(of: row)
  }

  private func plugin(
    of evaluator: RegisteredEvaluator
  ) throws(AssayError) -> (EvaluatorSpecification.PluginContent, threshold: Double?) {
    switch evaluator {
    case .builtIn(let summary, _, _): return (.init(evaluator: summary.name), nil)
    case .stored(let stored):
      guard case .plugin(let content) = stored.specification.content else {
        let kind = stored.specification.kind.rawValue
        throw AssayError(
          .notExecutable,
          "\(evaluator.name) is of type \(kind), which this version keeps and does not execute.",
          details: ["evaluator": evaluator.name, "type": kind])
      }
      return (content, stored.specification.passThreshold)
    }
  }
}
