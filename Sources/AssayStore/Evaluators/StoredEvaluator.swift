public import AssayJSON

/// An evaluator as the registry keeps it, at one of its versions.
public struct StoredEvaluator: Sendable, Hashable {
  public var id: String
  public var scope: Scope
  public var specification: EvaluatorSpecification
  /// From 1; every update makes one, and a name never has the same one twice.
  public var version: Int
  /// The hash over all that can change a score; the threshold is not in it.
  public var fingerprint: String
  /// RFC 3339, UTC; `updatedAt` is the time of this version.
  public var createdAt: String
  public var updatedAt: String
  public var deletedAt: String?

  /// The bare object that create, get and update print.
  public var json: JSONObject {
    var object: JSONObject = ["object": "evaluator", "id": .string(id)]
    for (key, value) in specification.json { object[key] = value }
    object["version"] = JSONValue(version)
    object["fingerprint"] = .string(fingerprint)
    object["project"] = .string(scope.project)
    object["owner"] = .string(scope.owner)
    object["created_at"] = .string(createdAt)
    object["updated_at"] = .string(updatedAt)
    if let deletedAt { object["deleted_at"] = .string(deletedAt) }
    return object
  }
}

/// Which evaluators a list shows.
public struct EvaluatorFilter: Sendable, Hashable {
  /// The label of a container.
  public var container: String?
  public var kind: String?

  public init(container: String? = nil, kind: String? = nil) {
    self.container = container
    self.kind = kind
  }
}
