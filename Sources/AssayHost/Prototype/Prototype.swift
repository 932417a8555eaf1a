/// The declaration of a C function: all that is needed to call it.
public struct Prototype: Sendable, Hashable {
  /// The function's name, which is its symbol; empty for a function pointer.
  public var name: String
  public var result: CType
  public var parameters: [Parameter]

  /// The most parameters that a function may have.
  public static let parameterLimit = 32

  public init(name: String, result: CType, parameters: [Parameter]) {
    self.name = name
    self.result = result
    self.parameters = parameters
  }

  /// A parameter of a function.
  public struct Parameter: Sendable, Hashable {
    /// Never empty, except in a function pointer's parameters.
    public var name: String
    public var type: CType
    /// What stood between the brackets of `double x[n]`.
    public var extent: Extent?

    public init(name: String, type: CType, extent: Extent? = nil) {
      self.name = name
      self.type = type
      self.extent = extent
    }
  }

  /// How many elements a parameter written as an array has.
  public enum Extent: Sendable, Hashable {
    /// As many as the parameter of this name says.
    case parameter(String)
    case constant(Int)
  }

  /// The position of the parameter of that name.
  public func index(of parameter: String) -> Int? {
    parameters.firstIndex { $0.name == parameter }
  }
}
