public import AssayJSON

/// What is known of a run without its documents, as lists show it.
public struct RunFacts: Sendable, Hashable {
  /// What its rows and metrics are kept under: one revision's, and never another's.
  public var number: Int64
  public var id: String
  /// From 1; an id that is used again is a later revision.
  public var revision: Int
  public var scope: Scope
  public var container: String?
  public var kind: StoredRun.Kind
  /// `failed` for a run whose process is gone.
  public var status: RunStatus
  public var message: String?
  public var environment: String
  public var processID: Int?
  /// What the models have cost; nil where the price of any call is unknown.
  public var spend: Double?
  public var metadata: JSONObject
  public var totalRows: Int?
  public var doneRows: Int
  public var evaluators: [RunEvaluator]
  public var createdAt: String
  public var queuedAt: String?
  public var startedAt: String?
  public var finishedAt: String?
  /// `{"code": …, "message": …}`, or null.
  public var error: JSONValue
  public var errorAt: String?
  public var verdict: String?
  public var exitCode: Int?
  /// For how many seconds it has been running, or ran.
  public var seconds: Double?
  /// The value of the metric that a list is sorted by.
  public var metric: Double?

  /// Whether its process went away before the run was over.
  public var isInterrupted: Bool { status == .failed && error["code"] == "run.interrupted" }

  /// From 0 to 100; nil before the number of rows is known.
  public var percentCompleted: Double? {
    if status == .completed { return 100 }
    guard let totalRows, totalRows > 0 else { return nil }
    return min(100, Double(doneRows) / Double(totalRows) * 100)
  }

  /// The seconds that a row has taken on average; nil before the first.
  public var meanSecondsPerRow: Double? {
    guard let seconds, doneRows > 0 else { return nil }
    return seconds / Double(doneRows)
  }

  /// In how many seconds it is expected to end; nil unless it runs.
  public var estimatedSecondsLeft: Double? {
    guard status == .running, let mean = meanSecondsPerRow, let totalRows else { return nil }
    return mean * Double(max(0, totalRows - doneRows))
  }

  /// The object without its documents, as lists show it.
  public var summary: JSONObject {
    [
      "object": "run", "id": .string(id), "revision": JSONValue(revision), "type": .string(kind.rawValue),
      "status": .string(status.rawValue), "message": JSONValue(message),
      "verdict": JSONValue(verdict), "exit_code": exitCode.map { JSONValue($0) } ?? .null,
      "container": JSONValue(container),
      "evaluators": .array(evaluators.map { .object($0.json) }),
      "percent_completed": JSONValue(percentCompleted),
      "rows": ["done": JSONValue(doneRows), "total": totalRows.map { JSONValue($0) } ?? .null],
      "mean_seconds_per_row": JSONValue(meanSecondsPerRow),
      "estimated_seconds_left": JSONValue(estimatedSecondsLeft),
      "environment": .string(environment), "process_id": processID.map { JSONValue($0) } ?? .null,
      "spend": JSONValue(spend), "metadata": .object(metadata), "project": .string(scope.project),
      "owner": .string(scope.owner), "created_at": .string(createdAt), "queued_at": JSONValue(queuedAt),
      "started_at": JSONValue(startedAt), "finished_at": JSONValue(finishedAt), "error": error,
      "error_at": JSONValue(errorAt),
    ]
  }
}

extension RunEvaluator {
  var json: JSONObject {
    [
      "id": JSONValue(id), "name": .string(name), "version": version.map { JSONValue($0) } ?? .null,
      "model": JSONValue(model), "fingerprint": JSONValue(fingerprint),
    ]
  }
}
