import AssayCore
public import AssayJSON
import AssayHost
import AssayStore

/// What differs when a run is scored again.
public struct RunRescoring: Sendable {
  /// Other evaluators, as `evaluators` of a run has them; nil takes those of the run, at
  /// their latest versions.
  public var evaluators: JSONValue?
  /// Another bar for all of them.
  public var passThreshold: Double?
  /// Other thresholds.
  public var thresholds: [String]?
  /// Under which id the new run is made.
  public var creation = RunCreation()
  /// Whether the evaluators have nothing to do with those of the old run, so that only its
  /// sources are taken, and what is said of its columns.
  var isByOthers = false

  public init() {}

  /// The request of the new run.
  func config(from old: StoredRun) -> JSONObject {
    var config = old.config
    if let evaluators { config["evaluators"] = evaluators }
    if let passThreshold {
      config["pass_threshold"] = .number(passThreshold)
      // What an evaluator was told on its own would go before.
      config["evaluators"] = .array(
        (config["evaluators"]?.arrayValue ?? []).map { value in
          guard var object = value.objectValue else { return value }
          object["pass_threshold"] = nil
          return .object(object)
        })
    }
    if let thresholds { config["thresholds"] = .array(thresholds.map { .string($0) }) }
    if isByOthers {
      for field in ["thresholds", "baseline", "pass_threshold", "parameters", "only", "slices", "fold"] {
        config[field] = nil
      }
    }
    config["rescored_from"] = .string(old.id)
    return config
  }
}
