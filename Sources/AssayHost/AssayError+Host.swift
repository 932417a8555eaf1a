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

  /// The right-hand side of a binding says nothing that is understood.
  public static let bindingSyntax = Self(rawValue: "binding.syntax")
  /// A parameter of a function gets no value.
  public static let bindingUnbound = Self(rawValue: "binding.unbound")
  /// A binding names a parameter that the function does not have.
  public static let bindingUnknownParameter = Self(rawValue: "binding.unknown-parameter")
  /// A binding names a role that the evaluator does not declare.
  public static let bindingUnknownRole = Self(rawValue: "binding.unknown-role")
  /// Two parameters, or two rules, want the same thing.
  public static let bindingTwice = Self(rawValue: "binding.twice")
  /// A parameter's type does not take what is bound to it.
  public static let bindingType = Self(rawValue: "binding.type")
  /// What is bound to does not exist in this kind of function.
  public static let bindingOutOfPlace = Self(rawValue: "binding.out-of-place")
  /// A function does without something that its role cannot do without.
  public static let bindingMissing = Self(rawValue: "binding.missing")

  /// The manifest is not JSON, or a key or a value of it makes no sense.
  public static let manifestInvalid = Self(rawValue: "manifest.invalid")
  /// A key that the manifest format does not have.
  public static let manifestUnknownKey = Self(rawValue: "manifest.unknown-key")
  /// A key that must be there is not.
  public static let manifestMissingKey = Self(rawValue: "manifest.missing-key")
  /// The manifest is written in a newer format.
  public static let manifestVersion = Self(rawValue: "manifest.version")
  /// Two things of a manifest have one name.
  public static let manifestDuplicate = Self(rawValue: "manifest.duplicate")
  /// The plugin was written against a contract that this host does not keep.
  public static let pluginABI = Self(rawValue: "plugin.abi-mismatch")
  /// A file that should be a shared object is something else.
  public static let pluginNotASharedObject = Self(rawValue: "plugin.not-a-shared-object")
  /// A shared object was built for another kind of machine.
  public static let pluginWrongMachine = Self(rawValue: "plugin.wrong-machine")
  /// A shared object's tables point outside the file.
  public static let pluginDamaged = Self(rawValue: "plugin.damaged-file")

  /// The system gives fewer threads than a run asks for.
  public static let threadsUnavailable = Self(rawValue: "run.no-threads")
}
