public import AssayCore
public import AssayJSON

/// What somebody says of an evaluator: all that an update may change.
public struct EvaluatorSpecification: Sendable, Hashable {
  public var name: String
  public var description: String?
  public var mode: Mode
  /// The label of its container; nil for one of the whole project.
  public var container: String?
  /// The bar for the headline metric, or for every row's score.
  public var passThreshold: Double?
  /// The kind of requests whose logs it reads, such as `chat.completions`.
  public var api: String?
  public var metadata: JSONObject
  public var content: Content

  /// What scores.
  public enum Content: Sendable, Hashable {
    case plugin(PluginContent)
    case judge(JudgeContent)
    case code(CodeContent)
    /// Scores that somebody else computes and sends.
    case external
  }

  /// An evaluator of a plugin with its parameters and columns.
  public struct PluginContent: Sendable, Hashable {
    public var evaluator: String
    public var parameters: JSONObject
    /// Columns by role, a side in front where it matters.
    public var bindings: JSONObject

    public init(evaluator: String, parameters: JSONObject = [:], bindings: JSONObject = [:]) {
      self.evaluator = evaluator
      self.parameters = parameters
      self.bindings = bindings
    }
  }

  /// A model that is asked.
  public struct JudgeContent: Sendable, Hashable {
    public var model: String
    /// Its variables, such as `{output}`, are the fields of a row.
    public var prompt: String
    public var inferenceParameters: JSONObject
  }

  /// Source text that is run.
  public struct CodeContent: Sendable, Hashable {
    public var source: String
    public var language: String
    public var requirements: [String]
  }

  public var kind: EvaluatorKind {
    switch content {
    case .plugin: .plugin
    case .judge: .judge
    case .code: .code
    case .external: .external
    }
  }

  public init(
    name: String, description: String? = nil, mode: Mode = .pointwise, container: String? = nil,
    passThreshold: Double? = nil, api: String? = nil, metadata: JSONObject = [:], content: Content
  ) {
    self.name = name
    self.description = description
    self.mode = mode
    self.container = container
    self.passThreshold = passThreshold
    self.api = api
    self.metadata = metadata
    self.content = content
  }
}
