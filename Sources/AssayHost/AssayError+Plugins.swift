public import AssayCore

extension AssayError.Code {
  /// No plugin of that name or path is there.
  public static let pluginMissing = Self(rawValue: "plugin.missing")
  /// The library, or one that it needs, could not be loaded.
  public static let pluginNotLoadable = Self(rawValue: "plugin.not-loadable")
  /// The library needs a symbol that nothing defines.
  public static let pluginUnresolved = Self(rawValue: "plugin.unresolved-symbol")
  /// The library does not define a function that its manifest names.
  public static let pluginSymbolMissing = Self(rawValue: "plugin.missing-symbol")
  /// The function belongs to another library than the one that was named.
  public static let pluginForeignSymbol = Self(rawValue: "plugin.foreign-symbol")
  /// The plugin needs something that this host does not offer.
  public static let pluginCapability = Self(rawValue: "plugin.missing-capability")
  /// Two descriptions of one plugin contradict each other.
  public static let pluginDisagreement = Self(rawValue: "plugin.manifests-disagree")
  /// A function is described otherwise than it was compiled.
  public static let pluginMismatch = Self(rawValue: "plugin.description-mismatch")
  /// No evaluator of that name is installed.
  public static let evaluatorMissing = Self(rawValue: "plugin.unknown-evaluator")
  /// No reader for that kind of file is installed.
  public static let readerMissing = Self(rawValue: "plugin.unknown-reader")
  /// The evaluator cannot do what was asked, such as to be merged or resampled.
  public static let pluginUnsupported = Self(rawValue: "plugin.unsupported")
  /// A function of the plugin threw an exception.
  public static let pluginException = Self(rawValue: "plugin.exception")
  /// A function of the plugin returned an error.
  public static let pluginFailed = Self(rawValue: "plugin.failed")
  /// A function of the plugin refused its arguments or parameters.
  public static let pluginInvalidArgument = Self(rawValue: "plugin.invalid-argument")
  /// A function of the plugin refused a value in the data.
  public static let pluginBadData = Self(rawValue: "plugin.bad-data")
  /// The plugin ran out of memory or of another resource.
  public static let pluginResource = Self(rawValue: "plugin.resource")
  /// The state was broken by an earlier failure, or was used up.
  public static let pluginPoisoned = Self(rawValue: "plugin.poisoned-state")
  /// The plugin broke the contract: a name that it did not declare, a bad table.
  public static let pluginMisbehaved = Self(rawValue: "plugin.misbehaved")
  /// A parameter has no value, or one that the function's C type does not hold.
  public static let parameterUnset = Self(rawValue: "parameter.unfit")
  /// The library has no manifest, neither inside nor beside it.
  public static let pluginWithoutManifest = Self(rawValue: "plugin.no-manifest")
  /// A batch lacks the column of a role.
  public static let missingRoleColumn = Self(rawValue: "data.missing-column")
  /// A saved state is damaged, or belongs to something else.
  public static let pluginSavedState = Self(rawValue: "plugin.saved-state")
}
