public import AssayCore

extension AssayError.Code {
  /// The text is not JSON, names a member twice, or nests too deep.
  public static let jsonSyntax = Self(rawValue: "json.syntax")
  /// A JSON Schema uses a keyword that is not understood, or contradicts itself.
  public static let jsonSchema = Self(rawValue: "json.schema")
  /// A parameter does not fit its schema.
  public static let parameterInvalid = Self(rawValue: "parameter.invalid")
  /// There is no parameter of that name.
  public static let parameterUnknown = Self(rawValue: "parameter.unknown")
  /// A parameter that must be given is not.
  public static let parameterMissing = Self(rawValue: "parameter.missing")
  /// The document is not a result of a run; `details["path"]` says where it departs.
  public static let notAResult = Self(rawValue: "report.not-a-result")
  /// The document is a result in a version that this Assay does not know.
  public static let unknownResultVersion = Self(rawValue: "report.unknown-version")
}
