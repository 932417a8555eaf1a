import AssayCore
public import AssayJSON
import AssayStore

/// Results that were made elsewhere.
public struct RunImport: Sendable {
  /// What there is of them.
  public enum Content: Sendable {
    /// A result document of Assay, or `{"metrics": {NAME: NUMBER, …}}`.
    case document(JSONValue)
    /// What was said of rows: objects with `score`, and with `key`, `output`, `expected`,
    /// `explanation`, `outcome`, … where they are known.
    case rows([JSONValue])
  }

  public var content: Content
  /// The evaluator of the registry that the scores are of; its bar judges them.
  public var evaluator: String?
  /// What was evaluated.
  public var model: String?
  public var container: String?
  public var thresholds: [String] = []
  public var metadata = JSONObject()
  public var environment = "main"
  public var creation = RunCreation()

  public init(_ content: Content) { self.content = content }

  /// What makes it another import than any other, for the run and its idempotency key.
  var config: JSONObject {
    var config: JSONObject = [:]
    switch content {
    case .document(let document):
      config["imported"] = "result"
      config["sha256"] = .string(sha256(document.canonical.text().utf8))
    case .rows(let rows):
      config["imported"] = "rows"
      config["sha256"] = .string(sha256(JSONValue.array(rows).canonical.text().utf8))
    }
    config["evaluator"] = evaluator.map { .string($0) }
    config["model"] = model.map { .string($0) }
    config["container"] = container.map { .string($0) }
    if !thresholds.isEmpty { config["thresholds"] = .array(thresholds.map { .string($0) }) }
    if !metadata.isEmpty { config["metadata"] = .object(metadata) }
    config["environment"] = .string(environment)
    return config
  }
}
