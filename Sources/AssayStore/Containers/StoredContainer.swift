public import AssayCore
public import AssayJSON

/// A labelled task of the user's system: it owns evaluators and collects task logs.
public struct StoredContainer: Sendable, Hashable {
  public var id: String
  public var scope: Scope
  /// The name that the user's code knows the task by; it never changes.
  public var label: String
  public var description: String?
  public var metadata: JSONObject
  /// From 1, one more with every update.
  public var revision: Int
  /// How many log entries it has.
  public var logCount: Int
  public var createdAt: String
  public var updatedAt: String

  /// The bare object that create, get and update print.
  public var json: JSONObject {
    [
      "object": "container", "id": .string(id), "name": .string(label), "label": .string(label),
      "description": JSONValue(description), "metadata": .object(metadata),
      "log_entries": JSONValue(logCount), "revision": JSONValue(revision),
      "project": .string(scope.project), "owner": .string(scope.owner),
      "created_at": .string(createdAt), "updated_at": .string(updatedAt),
    ]
  }
}

/// What somebody says of a container.
public struct ContainerSpecification: Sendable, Hashable {
  public var label: String
  public var description: String?
  public var metadata: JSONObject

  public init(label: String, description: String? = nil, metadata: JSONObject = [:]) {
    self.label = label
    self.description = description
    self.metadata = metadata
  }

  /// - Throws: `registry.invalid`.
  public init(json: JSONValue) throws(AssayError) {
    let fields = try RequestFields(
      json, kind: .container, known: ["label", "name", "description", "metadata", "log_entries"])
    let name = try fields.text("name")
    guard let label = try fields.text("label", otherwise: name) else {
      throw fields.missing("label", "\"churn\"")
    }
    try check(name: label, field: "label", of: .container)
    self.init(
      label: label, description: try fields.text("description"), metadata: try fields.object("metadata"))
  }
}
