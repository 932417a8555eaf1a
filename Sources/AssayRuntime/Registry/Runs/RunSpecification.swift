public import AssayCore
public import AssayJSON
import AssayStore

/// What somebody asks of a run that is kept: evaluators over sources, and when it passes.
///
/// It is read from the object that a request, a file or flags give, and every fault in it
/// is named before anything is stored. See the page Registry for its fields.
public struct RunSpecification: Sendable {
  /// The label of the container that the run belongs to; its logs are the side that is
  /// left out.
  public var container: String?
  public var evaluators: [RunEvaluatorChoice]
  /// Models by `NAME` or `NAME@VERSION`; the evaluators judge each of them.
  public var models: [String]
  /// What was produced; in a run of pairs the answers of a.
  public var sample: RunSource?
  /// What was expected; in a run of pairs the answers of b.
  public var groundTruth: RunSource?
  /// Whether the sides are two models' answers to the same questions, given as `a` and `b`.
  public var isOfPairs: Bool
  /// Plugins that are not installed, by their files.
  public var plugins: [String]
  /// Where the run is done, a word of the caller's; `main` unless given.
  public var environment: String
  public var metadata: JSONObject
  /// The object as it was submitted.
  public let config: JSONObject

  static let fields =
    [
      "container", "evaluators", "models", "sample", "ground_truth", "a", "b", "plugins", "environment",
      "metadata",
      // The run whose scores were taken over.
      "rescored_from",
    ] + optionFields

  /// - Throws: `registry.invalid` with the field.
  public init(json: JSONValue) throws(AssayError) {
    let fields = try RequestFields(json, kind: .run, known: Self.fields)
    config = fields.object
    container = try fields.text("container")
    plugins = try fields.texts("plugins")
    environment = try fields.text("environment") ?? "main"
    metadata = try fields.object("metadata")
    models = try fields.texts("models")
    isOfPairs = fields.value("a") != nil || fields.value("b") != nil
    let sides = isOfPairs ? Side.ofPairs : Side.ofRows
    sample = try Self.source(sides[0], fields)
    groundTruth = try Self.source(sides[1], fields)
    evaluators = []
    let given = fields.value("evaluators")
    for value in given?.arrayValue ?? given.map({ [$0] }) ?? [] {
      evaluators.append(try RunEvaluatorChoice(json: value))
    }
    let shared = try RunEvaluatorChoice.Settings(fields)
    for index in evaluators.indices { evaluators[index].settings.fill(from: shared) }
    try check(fields)
    // Parsed for its faults alone.
    _ = try request(evaluators: [], sample: DataSource("-"), groundTruth: nil)
  }

  /// What the side is called in this run.
  func named(_ side: Side) -> Side { isOfPairs ? side.asPair : side }

  private static func source(_ side: Side, _ fields: RequestFields) throws(AssayError) -> RunSource? {
    try fields.value(side.rawValue).map { (value) throws(AssayError) in
      try RunSource(json: value, side: side)
    }
  }

  private func check(_ fields: RequestFields) throws(AssayError) {
    guard !evaluators.isEmpty else {
      throw fields.missing("evaluators", "[\"churn-gate\"] or [\"tabular.binary\"]")
    }
    if isOfPairs { try checkPairs(fields) }
    guard sample != nil || groundTruth != nil else {
      throw AssayError(
        .invalidField,
        "A run needs a side at least: name \"sample\" (--sample) or \"ground_truth\" (--ground-truth); the other one may come from the container's logs.",
        details: ["field": "sample"])
    }
    if sample?.kind == "generate", groundTruth?.kind == "generate" {
      throw AssayError(
        .invalidField,
        "Both sides are generated: what a model says is evaluated against something that is known. Take one of them from a data set, a container or a file.",
        details: ["field": "ground_truth"])
    }
    if sample == nil || groundTruth == nil, let only = sample ?? groundTruth, only.kind == "generate",
      container == nil
    {
      throw AssayError(
        .invalidField, "A generated side needs another one: name it, or the container whose logs it is.",
        details: ["field": sample == nil ? "sample" : "ground_truth"])
    }
    try checkRepetitions()
  }

  /// Two models' answers are all that such a run reads.
  private func checkPairs(_ fields: RequestFields) throws(AssayError) {
    for side in Side.ofPairs where fields.value(side.rawValue) == nil {
      throw fields.missing(side.rawValue, "\"answers.jsonl\", beside \"\(side == .a ? "b" : "a")\"")
    }
    for name in ["sample", "ground_truth", "models", "unmatched"] where fields.value(name) != nil {
      throw AssayError(
        .invalidField,
        "\"\(name)\" of a run and its sides \"a\" and \"b\" exclude each other: these are two models' answers.",
        details: ["field": name])
    }
  }

  private func checkRepetitions() throws(AssayError) {
    for (index, model) in models.enumerated() where models[..<index].contains(model) {
      throw AssayError(
        .invalidField, "The model \"\(model)\" is named twice.", details: ["field": "models"])
    }
    for (index, choice) in evaluators.enumerated() where evaluators[..<index].contains(choice) {
      throw AssayError(
        .invalidField, "The evaluator \"\(choice.name)\" is named twice.", details: ["field": "evaluators"])
    }
  }
}
