public import AssayJSON

/// One execution of evaluators over sources, as the store keeps it: its facts, which are
/// members of it, and its documents.
@dynamicMemberLookup
public struct StoredRun: Sendable, Hashable {
  public var facts: RunFacts
  /// The request as it was submitted.
  public var config: JSONObject
  /// What the sources turned out to be; null before that is known.
  public var sources: JSONValue
  /// The result document, or null; of a run that is done again, the one from before until there
  /// is another.
  public var result: JSONValue
  /// Metrics that the caller has set, by name.
  public var callerMetrics: JSONObject

  /// Where a run's scores come from.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Evaluated here.
    case assay
    /// Stored from elsewhere.
    case external
  }

  public subscript<Value>(dynamicMember path: WritableKeyPath<RunFacts, Value>) -> Value {
    get { facts[keyPath: path] }
    set { facts[keyPath: path] = newValue }
  }

  public subscript<Value>(dynamicMember path: KeyPath<RunFacts, Value>) -> Value { facts[keyPath: path] }

  /// The bare object that create and get print; `result` is the result document.
  public var json: JSONObject {
    var object = facts.summary
    object["config"] = .object(config)
    object["sources"] = sources
    object["metrics"] = .object(callerMetrics)
    object["result"] = result
    return object
  }
}
