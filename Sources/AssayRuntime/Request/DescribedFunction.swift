public import AssayCore
import AssayHost

/// A C function of a library that knows nothing of Assay.
public struct DescribedFunction: Sendable, Hashable {
  /// A path, or the soname of a system library such as `libm.so.6`.
  public var library: String
  /// Such as `double fabs(double x)`.
  public var prototype: String
  /// By parameter: `out:score`, `const:3`, `param:NAME=default`, `batch.length`, or
  /// a role with an accessor. What is left out binds by its name and type.
  public var bind: [String: String]
  public var result: CallResult

  public init(
    library: String, prototype: String, bind: [String: String] = [:],
    result: CallResult = CallResult()
  ) {
    self.library = library
    self.prototype = prototype
    self.bind = bind
    self.result = result
  }
}

/// What the result of a described function means: what a manifest says under `result`.
public struct CallResult: Sendable, Hashable {
  /// What a function returns.
  public enum Return: String, Sendable, Hashable, CaseIterable {
    case score
    /// One of ``CallResult/okValues``, or the row errored.
    case status
    /// Nothing that matters: the score leaves through `out:score`.
    case ignore
  }

  /// Which score means that there is none.
  public enum Undefined: String, Sendable, Hashable, CaseIterable {
    case nan
    /// Every score below 0.
    case negative
    /// None: a NaN is an error of its row.
    case none
  }

  /// nil for what follows from the prototype: `score`, or beside `out:score` a status.
  public var returns: Return?
  /// The statuses that mean success.
  public var okValues: [Int64]
  /// Whether `errno` is set to 0 before each call, and another value after it means
  /// that the row errored.
  public var readsErrno: Bool
  public var undefined: Undefined
  /// The scores that are allowed; another one is an error of its row.
  public var range: MetricRange
  /// Which scores are the good ones, for a bar or a bare threshold.
  public var direction: Direction

  public init(
    returns: Return? = nil, okValues: [Int64] = [0], readsErrno: Bool = false,
    undefined: Undefined = .nan, range: MetricRange = MetricRange(), direction: Direction = .none
  ) {
    self.returns = returns
    self.okValues = okValues
    self.readsErrno = readsErrno
    self.undefined = undefined
    self.range = range
    self.direction = direction
  }
}

extension PluginHost {
  /// The evaluator that a described function is.
  func describe(_ function: DescribedFunction) throws(AssayError) -> Evaluator {
    try describe(
      library: function.library, prototype: function.prototype,
      bind: function.bind.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      result: ResultDefinition(function.result), returns: function.result.returns?.hostReturn)
  }
}

extension ResultDefinition {
  fileprivate init(_ result: CallResult) {
    let undefined: Undefined =
      switch result.undefined {
      case .nan: .nan
      case .negative: .negative
      case .none: .none
      }
    self.init(
      range: result.range, direction: result.direction, undefined: undefined,
      okValues: result.okValues, readsErrno: result.readsErrno)
  }
}

extension CallResult.Return {
  fileprivate var hostReturn: ResultDefinition.Return {
    switch self {
    case .score: .score
    case .status: .status
    case .ignore: .ignore
    }
  }
}
