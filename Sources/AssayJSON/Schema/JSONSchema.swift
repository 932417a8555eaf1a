/// What a JSON value must look like: the part of JSON Schema that manifests use.
///
/// Understood are `type`, `enum`, `minimum`, `maximum`, `properties`,
/// `required`, `items`, `default`, `additionalProperties` and
/// `patternProperties` (patterns of the form `^prefix`); `title`, `description`,
/// `examples`, `$schema` and `$id` are kept for readers; `x-stage` says when a
/// parameter is looked at. Every other keyword is
/// refused, since a rule that is not enforced would be a promise not kept.
public struct JSONSchema: Sendable, Hashable {
  /// The types that are allowed, in JSON Schema's words; empty allows all.
  public internal(set) var types: [String] = []
  /// The only values that are allowed; nil allows all.
  public internal(set) var allowed: [JSONValue]?
  public internal(set) var minimum: Double?
  public internal(set) var maximum: Double?
  /// The members of an object, in the order in which they were written.
  public internal(set) var properties: [Property] = []
  /// The names of the members that must be there.
  public internal(set) var required: [String] = []
  /// What is taken where a member is left out.
  public internal(set) var defaultValue: JSONValue?
  /// What the schema says about itself.
  public internal(set) var summary: String?
  /// When a parameter is looked at, `x-stage`: `finish` where rows that were seen with
  /// another value serve as well; nil where it says nothing.
  public internal(set) var stage: Stage?

  var itemSchemas: [JSONSchema] = []
  var prefixes: [Property] = []
  var additional: Additional = .allowed

  /// A named member of an object.
  public struct Property: Sendable, Hashable {
    public let name: String
    public let schema: JSONSchema
  }

  /// A part of an evaluator's work.
  public enum Stage: String, Sendable, Hashable, CaseIterable {
    case finish
  }

  enum Additional: Sendable, Hashable {
    case allowed
    case refused
    indirect case matching(JSONSchema)
  }

  init() {}

  /// What the elements of an array must look like; nil where anything goes.
  public var items: JSONSchema? { itemSchemas.first }

  /// The schema of the member of that name.
  public subscript(_ name: String) -> JSONSchema? {
    properties.first { $0.name == name }?.schema
  }
}
