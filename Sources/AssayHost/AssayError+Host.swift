public import AssayCore

extension AssayError.Code {
  /// The text is not one C function declaration.
  public static let prototypeSyntax = Self(rawValue: "prototype.syntax")
  /// A result or a parameter has no type.
  public static let prototypeMissingType = Self(rawValue: "prototype.missing-type")
  /// A type that is neither C's nor described in the manifest's `types`.
  public static let prototypeUnknownType = Self(rawValue: "prototype.unknown-type")
  /// A type that cannot be passed the same way everywhere.
  public static let prototypeUnsupportedType = Self(rawValue: "prototype.unsupported-type")
  /// The function takes any number of arguments.
  public static let prototypeVariadic = Self(rawValue: "prototype.variadic")
  /// `f()` does not say what the function takes.
  public static let prototypeUnprototyped = Self(rawValue: "prototype.unprototyped")
  /// The declaration is of something else than a function.
  public static let prototypeNotAFunction = Self(rawValue: "prototype.not-a-function")
  /// A parameter has no name, so that nothing can be bound to it.
  public static let prototypeUnnamedParameter = Self(rawValue: "prototype.unnamed-parameter")
  /// Two parameters have one name.
  public static let prototypeDuplicateParameter = Self(rawValue: "prototype.duplicate-parameter")
  /// More parameters than ``Prototype/parameterLimit``.
  public static let prototypeTooManyParameters = Self(rawValue: "prototype.too-many-parameters")
  /// An attribute, a calling convention, a macro or a storage class.
  public static let prototypeAttribute = Self(rawValue: "prototype.attribute")
  /// A function pointer of a kind that cannot be filled or returned.
  public static let prototypeCallback = Self(rawValue: "prototype.callback")
}
