public import AssayCore
import AssayHost
public import AssayJSON

/// An evaluator as its manifest describes it.
public struct EvaluatorSummary: Sendable, Hashable {
  public var name: String
  public var summary: String?
  public var mode: Mode
  public var task: TaskKind?
  /// The metric that a bare threshold means.
  public var headline: String?
  /// How often its function is called: `row`, `column`, `reduction` or `stateful`.
  public var shape: String
  public var roles: [Role]
  /// The column by which the two sides are joined where a run does not say; nil for none.
  public var key: String?
  /// The reader that opens `.json` files and folders for it.
  public var reader: String?
  /// The JSON Schema of the parameters; null without any.
  public var parameters: JSONValue
  /// By name; `{…}` in a name stands for what the data or the parameters put there.
  public var metrics: [Metric]
  public var tables: [Table]
  /// The C prototypes, by the part that they play: `call`, `update`, …
  public var functions: [Function]
  /// How many known answers the manifest holds.
  public var exampleCount: Int

  /// A column that the evaluator takes.
  public struct Role: Sendable, Hashable {
    public var name: String
    /// The exact types that it may have, such as `float64`.
    public var types: [String]
    public var range: MetricRange
    public var isOptional: Bool
    /// Whether an optional role takes the column of its own name.
    public var takesName: Bool
    public var summary: String?
  }

  public struct Metric: Sendable, Hashable {
    public var name: String
    public var declaration: MetricDeclaration
  }

  public struct Table: Sendable, Hashable {
    public var name: String
    public var columns: [Column]
    public var plot: ResultTable.Plot?
    public var summary: String?

    public struct Column: Sendable, Hashable {
      public var name: String
      public var type: String
    }
  }

  public struct Function: Sendable, Hashable {
    public var part: String
    public var prototype: String
  }
}

extension EvaluatorSummary {
  init(_ definition: EvaluatorDefinition) {
    name = definition.name
    summary = definition.summary
    mode = definition.mode
    task = definition.task
    headline = definition.headline
    shape = definition.shape.rawValue
    key = definition.row.key
    reader = definition.reader
    roles = definition.inputs.map { input in
      Role(
        name: input.role, types: input.types.map(\.name), range: input.range,
        isOptional: input.isOptional, takesName: input.takesName, summary: input.summary)
    }
    parameters = definition.parametersSource
    metrics = definition.metrics.map { Metric(name: $0.name.text, declaration: $0.declaration) }
    tables = definition.tables.map { table in
      Table(
        name: table.name.text,
        columns: table.columns.map { Table.Column(name: $0.name, type: $0.type.name) },
        plot: table.plot, summary: table.summary)
    }
    functions = Self.functions(of: definition)
    exampleCount = definition.examples.count
  }

  private static func functions(of definition: EvaluatorDefinition) -> [Function] {
    if let call = definition.call {
      return [Function(part: "call", prototype: call.prototype.description)]
    }
    return EvaluatorDefinition.Role.allCases.compactMap { role in
      definition.functions[role].map {
        Function(part: role.rawValue, prototype: $0.prototype.description)
      }
    }
  }
}

extension PluginSummary {
  init(_ plugin: InstalledPlugin) {
    name = plugin.name
    version = plugin.version
    summary = plugin.manifest.summary
    library = plugin.library
    manifest = plugin.manifestPath
    isShipped = plugin.isShipped
    evaluators = plugin.manifest.evaluators.map { EvaluatorSummary($0) }
    readers = plugin.manifest.readers.map { ReaderSummary(name: $0.name, extensions: $0.extensions) }
  }
}
