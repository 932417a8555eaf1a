public import AssayJSON

/// A run that is to be stored.
public struct RunDraft: Sendable, Hashable {
  /// An id of the caller's choice.
  public var id: String?
  /// Whether an id that is taken makes a new revision of it.
  public var overwrites = false
  /// The same key and the same ``config`` give the same run.
  public var idempotencyKey: String?
  /// Whether this process does the run, or has it done, at once: if it ends before, the run
  /// shows as interrupted and does not wait for ever.
  public var startsAtOnce = false
  public var container: String?
  public var kind: StoredRun.Kind = .assay
  /// The request as it was submitted.
  public var config: JSONObject
  public var evaluators: [RunEvaluator]
  /// What the sources turned out to be.
  public var sources: JSONValue = .null
  /// The folder inside the store's that belongs to the run alone, with copies of sources; nil
  /// where nothing is copied. It goes away with the last run that shares it.
  public var copies: String?
  /// How many rows there will be, where that is known.
  public var totalRows: Int?
  /// The data set that the run is about.
  public var dataset: String?
  public var environment = "main"
  public var metadata = JSONObject()
  public var scope = Scope.local

  public init(config: JSONObject, evaluators: [RunEvaluator]) {
    self.config = config
    self.evaluators = evaluators
  }

  /// What an idempotency key is kept with: the same text for requests that say the same.
  var request: String { JSONValue.object(config).canonical.text() }
}

/// Which runs a list shows, and in which order.
public struct RunFilter: Sendable, Hashable {
  public var status: RunStatus?
  public var model: String?
  public var dataset: String?
  public var container: String?
  /// The name or id of an evaluator.
  public var evaluator: String?
  /// A metric to sort by; nil sorts by time, the newest first.
  public var metric: String?
  /// Whether the smallest value comes first.
  public var isAscending = false

  public init() {}
}

/// How a run ended.
public struct RunEnding: Sendable {
  public var status: RunStatus
  public var message: String?
  public var result: JSONValue = .null
  public var sources: JSONValue = .null
  public var verdict: String?
  public var exitCode: Int?
  /// `{"code": …, "message": …}` of a run that failed.
  public var error: JSONValue = .null
  public var spend: Double?
  /// By the position of an evaluator, its metrics.
  public var metrics: [(position: Int, metric: String, value: Double?)] = []

  public init(_ status: RunStatus) { self.status = status }
}
