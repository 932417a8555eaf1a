import AssayCore
public import AssayJSON

/// One evaluator of a run, with its parameters.
public struct EvaluatorRequest: Sendable {
  /// Where the evaluator comes from.
  public enum Origin: Sendable, Hashable {
    /// `NAME` or `NAME@VERSION`, of a plugin that is installed or was loaded.
    case named(String)
    /// A function that is described by its prototype, without a manifest.
    case function(DescribedFunction)
  }

  public var origin: Origin
  /// Checked against the evaluator's own declaration before the run.
  public var parameters: JSONObject
  /// The bar for the headline metric; of an evaluator that scores rows, for each row.
  public var passThreshold: Double?

  public init(_ name: String, parameters: JSONObject = [:], passThreshold: Double? = nil) {
    origin = .named(name)
    self.parameters = parameters
    self.passThreshold = passThreshold
  }

  public init(
    _ function: DescribedFunction, parameters: JSONObject = [:], passThreshold: Double? = nil
  ) {
    origin = .function(function)
    self.parameters = parameters
    self.passThreshold = passThreshold
  }
}

/// A C function of a library that knows nothing of Assay.
public struct DescribedFunction: Sendable, Hashable {
  /// What the function's return value is.
  public enum Return: String, Sendable, Hashable, CaseIterable {
    case score, status, ignore
  }

  /// A path, or the soname of a system library such as `libm.so.6`.
  public var library: String
  /// Such as `double fabs(double x)`.
  public var prototype: String
  /// By parameter: `out:score`, `const:3`, `param:NAME=default`, `batch.length`, or
  /// a role with an accessor. What is left out binds by its name and type.
  public var bind: [String: String]
  public var returns: Return?

  public init(
    library: String, prototype: String, bind: [String: String] = [:], returns: Return? = nil
  ) {
    self.library = library
    self.prototype = prototype
    self.bind = bind
    self.returns = returns
  }
}
