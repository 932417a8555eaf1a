/// How one function of a plugin is called: a value, so that it can be compared, kept
/// and sent to a process that makes the call.
public struct CallPlan: Sendable, Hashable {
  /// The path of the library, or its name where the loader searches for it.
  public var library: String
  public var symbol: String
  public var result: ValueType
  public var parameters: [Parameter]
  public var returns: Return
  public var undefined: Undefined
  /// Whether errno, set to 0 before and read directly after, marks an error.
  public var checksErrno: Bool

  public init(
    library: String, symbol: String, result: ValueType, parameters: [Parameter],
    returns: Return = .ignored, undefined: Undefined = .none, checksErrno: Bool = false
  ) {
    self.library = library
    self.symbol = symbol
    self.result = result
    self.parameters = parameters
    self.returns = returns
    self.undefined = undefined
    self.checksErrno = checksErrno
  }

  /// A parameter and where its value comes from.
  public struct Parameter: Sendable, Hashable {
    public var name: String
    public var type: ValueType
    public var source: Source

    public init(name: String, type: ValueType, source: Source) {
      self.name = name
      self.type = type
      self.source = source
    }
  }

  /// What the return value is.
  public enum Return: Sendable, Hashable {
    case ignored
    case score
    /// A score of 1 where it is not 0, else 0.
    case truth
    /// One of these, or the call failed.
    case status(ok: [Int64])
  }

  /// Which score says that there is none.
  public enum Undefined: UInt8, Sendable, Hashable {
    case none, nan, negative
  }

  /// Where a parameter's value comes from.
  public enum Source: Sendable, Hashable {
    /// The same bits in every call; also a null pointer.
    case constant(bits: UInt64)
    /// The address of a text that ends with a zero byte and lives as long as the plan is in use.
    case text(String)
    /// The row's value.
    case element(role: String)
    /// The row's text; or its list, of elements of this size.
    case textPointer(role: String, elementSize: Int)
    case textLength(role: String)
    case textTerminated(role: String)
    /// The column's values, of this type: booleans as bytes; nil for the bytes of texts.
    case values(role: String, element: ValueType?)
    /// The column's validity bitmap, also where all rows have a value.
    case validity(role: String)
    case offsets(role: String)
    case rowCount
    /// Where the function writes the row's score, or a score for each row.
    case score(ValueType)
    /// Where the function says which of the scores there are: a bitmap, all set before.
    case scoreValidity
    /// What the caller supplies.
    case context(Context)
    case service(Service, Callback)
    /// The header's table of services.
    case services
    /// Another evaluator as a function.
    case evaluator(name: String, Callback)
  }

  /// What differs from call to call and is not data of the rows.
  public enum Context: Sendable, Hashable, CaseIterable {
    case parameters, parametersLength
    case state, stateOut, into, from
    case schema, batch, output, outputSchema
    case sink, sinks, writer, saved, savedLength, error
    case seed, first, count
    case uri, uriLength, options, optionsLength, stream
  }

  /// A service that a function pointer can stand for.
  public enum Service: String, Sendable, Hashable, CaseIterable {
    case log, progress, cancelled
  }

  /// The prototype of a function pointer.
  public struct Callback: Sendable, Hashable {
    public struct Parameter: Sendable, Hashable {
      /// Empty where the prototype does not say.
      public var name: String
      public var type: ValueType

      public init(name: String, type: ValueType) {
        self.name = name
        self.type = type
      }
    }

    public var result: ValueType
    public var parameters: [Parameter]

    public init(result: ValueType, parameters: [Parameter]) {
      self.result = result
      self.parameters = parameters
    }
  }
}

extension CallPlan {
  /// How often the function is called for a batch.
  public enum Granularity: Sendable, Hashable {
    case row, column
  }

  /// Once per batch where a parameter sees whole columns, else once per row.
  public var granularity: Granularity {
    let seesColumns = parameters.contains { parameter in
      switch parameter.source {
      case .values, .validity, .offsets, .rowCount, .context(.batch), .context(.schema): true
      default: false
      }
    }
    return seesColumns ? .column : .row
  }

  /// The type that the function writes a score of; nil where it returns it or has none.
  public var writtenScore: ValueType? {
    for parameter in parameters {
      if case .score(let type) = parameter.source { return type }
    }
    return nil
  }
}
