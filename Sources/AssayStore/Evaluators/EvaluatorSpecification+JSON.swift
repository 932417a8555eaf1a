public import AssayCore
public import AssayJSON

extension EvaluatorSpecification {
  private static let commonFields = [
    "name", "description", "type", "container", "mode", "pass_threshold", "api", "metadata",
  ]

  /// The fields of each type.
  static func fields(of kind: EvaluatorKind) -> [String] {
    switch kind {
    case .plugin: commonFields + ["evaluator", "parameters", "bindings"]
    case .judge: commonFields + ["model", "prompt", "inference_parameters"]
    case .code: commonFields + ["source", "language", "requirements"]
    case .external: commonFields
    }
  }

  /// Reads the object that a request, a file or flags give.
  ///
  /// Members that a stored evaluator shows, such as `id` and `version`, are read past,
  /// so that what was got can be applied again.
  /// - Throws: `registry.invalid` for a missing, unknown or unfit field.
  public init(json: JSONValue) throws(AssayError) {
    let every = Set(EvaluatorKind.allCases.flatMap(Self.fields)).sorted()
    let kind =
      try RequestFields(json, kind: .evaluator, known: every).word("type", as: EvaluatorKind.self)
    guard let kind else {
      throw AssayError(
        .invalidField,
        "An evaluator needs the field \"type\": \(EvaluatorKind.allCases.map(\.rawValue).joined(separator: ", ")).",
        details: ["field": "type"])
    }
    let fields = try RequestFields(json, kind: .evaluator, known: Self.fields(of: kind))
    let name = try fields.requiredText("name", example: "\"churn-gate\"")
    try check(name: name, field: "name", of: .evaluator)
    self.init(
      name: name, description: try fields.text("description"),
      mode: try fields.word("mode", as: Mode.self) ?? .pointwise,
      container: try fields.text("container"), passThreshold: try fields.number("pass_threshold"),
      api: try fields.text("api"), metadata: try fields.object("metadata"),
      content: try Self.content(kind, fields))
  }

  private static func content(
    _ kind: EvaluatorKind, _ fields: RequestFields
  ) throws(AssayError) -> Content {
    switch kind {
    case .plugin:
      .plugin(
        PluginContent(
          evaluator: try fields.requiredText("evaluator", example: "\"tabular.binary\""),
          parameters: try fields.object("parameters"), bindings: try fields.object("bindings")))
    case .judge:
      .judge(
        JudgeContent(
          model: try fields.requiredText("model", example: "\"gpt-4.1-mini\""),
          prompt: try fields.requiredText("prompt", example: "\"Is {output} polite?\""),
          inferenceParameters: try fields.object("inference_parameters")))
    case .code:
      .code(
        CodeContent(
          source: try fields.requiredText("source", example: "a Python function"),
          language: try fields.text("language") ?? "python",
          requirements: try fields.texts("requirements")))
    case .external: .external
    }
  }

  /// The fields as a response shows them; what was not said is null.
  public var json: JSONObject {
    var object: JSONObject = [
      "name": .string(name), "description": JSONValue(description), "type": .string(kind.rawValue),
      "container": JSONValue(container), "mode": .string(mode.rawValue),
      "pass_threshold": JSONValue(passThreshold), "api": JSONValue(api),
    ]
    switch content {
    case .plugin(let plugin):
      object["evaluator"] = .string(plugin.evaluator)
      object["parameters"] = .object(plugin.parameters)
      object["bindings"] = .object(plugin.bindings)
    case .judge(let judge):
      object["model"] = .string(judge.model)
      object["prompt"] = .string(judge.prompt)
      object["inference_parameters"] = .object(judge.inferenceParameters)
    case .code(let code):
      object["source"] = .string(code.source)
      object["language"] = .string(code.language)
      object["requirements"] = .array(code.requirements.map { .string($0) })
    case .external: break
    }
    object["metadata"] = .object(metadata)
    return object
  }
}
