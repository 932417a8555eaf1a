public import AssayJSON

/// Where the value of one parameter comes from.
public enum ArgumentSource: Sendable, Hashable {
  /// A role's value in this row, or its whole column.
  case input(role: String, Accessor)
  /// The number of rows in the batch.
  case batchLength
  /// The batch as a `struct ArrowArray`, a child per role.
  case batchArrow
  /// The batch's `struct ArrowSchema`.
  case schemaArrow
  /// A parameter of the evaluator, with what it is where it is not given.
  case parameter(name: String, defaultValue: JSONValue?)
  /// Always the same value.
  case constant(JSONValue)
  /// A null pointer.
  case null
  /// Where the function writes the score, or the scores of the batch.
  case outScore
  /// Where the function says which scores there are: a bitmap, as in Arrow.
  case outScoreValidity
  /// All parameters as JSON text.
  case parameters(Text)
  case state
  /// Where `create` and `load` put the state.
  case outState
  case into
  case from
  case sink
  /// The sinks of several replicates, one after another in memory.
  case sinks
  case writer
  /// A saved state.
  case saved(Text)
  /// A `struct assay_error` for the function to fill.
  case error
  /// A `struct assay_services`.
  case services
  /// A function pointer through which the host serves.
  case service(Service)
  /// A function pointer that calls another evaluator.
  case evaluator(String)
  /// The seed of a bootstrap.
  case seed
  /// The first replicate.
  case first
  /// The number of replicates.
  case count
  /// Where `evaluate` puts its results.
  case outArray
  case outSchema
  /// The file that a reader or writer is for.
  case uri(Text)
  /// A reader's or writer's options as JSON text.
  case options(Text)
  /// The `struct ArrowArrayStream` that a reader fills and a writer empties.
  case stream

  /// How a function gets at a role's values.
  public enum Accessor: String, Sendable, Hashable, CaseIterable {
    /// The number of this row.
    case value
    /// The first byte or element of this row's text or list.
    case pointer = "ptr"
    /// The bytes or elements of this row's text or list.
    case length = "len"
    /// This row's text, with a zero byte behind it.
    case terminated = "cstr"
    /// The column's values.
    case values
    /// The column's validity bitmap, as in Arrow; null where there are no nulls.
    case validity
    /// The column's offsets, as in Arrow.
    case offsets
  }

  /// How a function gets at a text.
  public enum Text: String, Sendable, Hashable, CaseIterable {
    case pointer = "ptr"
    case length = "len"
    case terminated = "cstr"
  }

  /// What a function pointer may ask of the host.
  public enum Service: String, Sendable, Hashable, CaseIterable {
    case log
    case progress
    case cancelled
  }
}

/// A function and where each of its arguments comes from.
public struct BoundFunction: Sendable, Hashable {
  public var prototype: Prototype
  /// One source per parameter, in order.
  public var arguments: [ArgumentSource]

  public init(prototype: Prototype, arguments: [ArgumentSource]) {
    self.prototype = prototype
    self.arguments = arguments
  }

  /// Whether any argument is a whole column, so that the function sees a batch.
  public var takesColumns: Bool {
    arguments.contains { source in
      switch source {
      case .input(_, .values), .input(_, .validity), .input(_, .offsets): true
      case .batchLength, .batchArrow, .schemaArrow: true
      default: false
      }
    }
  }
}

extension ArgumentSource: CustomStringConvertible {
  /// The right-hand side of a binding that means this.
  public var description: String {
    switch self {
    case .input(let role, .value): role
    case .input(let role, let accessor): "\(role).\(accessor.rawValue)"
    case .batchLength: "batch.length"
    case .batchArrow: "batch.arrow"
    case .schemaArrow: "schema.arrow"
    case .parameter(let name, nil): "param:\(name)"
    case .parameter(let name, let value?): "param:\(name)=\(value.text())"
    case .constant(let value): "const:\(value.text())"
    case .null: "null"
    case .outScore: "out:score"
    case .outScoreValidity: "out:score.validity"
    case .parameters(let text): "parameters.\(text.rawValue)"
    case .state: "state"
    case .outState: "out:state"
    case .into: "into"
    case .from: "from"
    case .sink: "sink"
    case .sinks: "sinks"
    case .writer: "writer"
    case .saved(let text): "saved.\(text.rawValue)"
    case .error: "error"
    case .services: "services"
    case .service(let service): "service:\(service.rawValue)"
    case .evaluator(let name): "evaluator:\(name)"
    case .seed: "seed"
    case .first: "first"
    case .count: "count"
    case .outArray: "out:array"
    case .outSchema: "out:schema"
    case .uri(let text): "uri.\(text.rawValue)"
    case .options(let text): "options.\(text.rawValue)"
    case .stream: "stream"
    }
  }
}
