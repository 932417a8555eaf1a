public import AssayCore
import AssayData
public import AssayJSON

/// A run that was made before, as one side of a comparison.
public struct FinishedRun: Sendable {
  public var result: RunResult
  /// What its evaluators said about every row; nil where that was not kept, so that
  /// metrics are compared without their items.
  public var rows: [ScoredRow]?
  /// Where it is kept, such as a file.
  public var place: String

  public init(result: RunResult, rows: [ScoredRow]? = nil, place: String) {
    self.result = result
    self.rows = rows
    self.place = place
  }

  /// The parts of a run over several models, each with its model; a run of one model, or of
  /// none, is one part.
  ///
  /// Rows do not say whose they are, so that those of several models are left out.
  public var models: [(model: String?, run: FinishedRun)] {
    var models: [String?] = []
    for evaluator in result.evaluators where !models.contains(evaluator.model) { models.append(evaluator.model) }
    guard models.count > 1 else { return [(nil, self)] }
    return models.map { model in
      var part = self
      part.rows = nil
      part.result.evaluators = result.evaluators.filter { $0.model == model }
      return (model, part)
    }
  }
}

extension ScoredRow {
  /// A row as ``json`` writes it.
  ///
  /// - Throws: `data.invalid-row`, naming the member.
  public init(json: JSONValue) throws(AssayError) {
    func invalid(_ member: String) -> AssayError {
      AssayError(
        .rowInvalid, "This is not a row of a run: its member \"\(member)\" is missing or of another kind.",
        details: ["member": member])
    }
    guard let evaluator = json["evaluator"]?.stringValue else { throw invalid("evaluator") }
    guard let row = json["row"]?.integerValue.flatMap({ Int(exactly: $0) }), row >= 0 else { throw invalid("row") }
    guard let outcome = json["outcome"]?.stringValue.flatMap(Outcome.init) else { throw invalid("outcome") }
    guard let score = json["score"], score.isNull || score.doubleValue != nil else { throw invalid("score") }
    self.init(
      evaluator: evaluator, row: row, key: json["key"]?.stringValue, score: score.doubleValue, outcome: outcome,
      cause: json["cause"]?.stringValue.flatMap(Cause.init), message: json["message"]?.stringValue)
    split = json["split"]?.stringValue
    output = json["output"]?.stringValue
    expected = json["expected"]?.stringValue
  }
}
