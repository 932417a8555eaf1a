/// Everything that a run can be told, by one name on both ways in.
///
/// The key of a configuration is the flag's name with `_` for `-`: `--join-on` is
/// `join_on`. `Registry/schema/config.schema.json` describes the same keys; a test
/// holds the two and the flags together.
enum SettingKey: String, CaseIterable {
  case evaluator, plugin, library, call, result
  case sample, groundTruth = "ground_truth"
  case a, b
  case sampleRange = "sample_range", groundTruthRange = "ground_truth_range"
  case joinOn = "join_on"
  case unmatched, bind, param
  case threshold, passThreshold = "pass_threshold"
  case baseline, ignoreFingerprints = "ignore_fingerprints"
  case slice, fold, split
  case ci, cluster, seed
  case only, also, nulls, nullText = "null_text", undefined, cast
  case minCoverage = "min_coverage", onInconclusive = "on_inconclusive"
  case gateExitCode = "gate_exit_code"
  case jobs
  case curvePoints = "curve_points"
  case rows, format, output, images
  case noStates = "no_states"
  case save
  case quiet, noProgress = "no_progress"

  /// What a value of the key looks like.
  enum Shape {
    case one
    /// One value, or a list of them.
    case several
    /// Values by name.
    case named
    case flag
  }

  var shape: Shape {
    switch self {
    case .evaluator, .plugin, .threshold, .slice, .only, .also, .nullText, .output: .several
    case .bind, .param: .named
    case .quiet, .noProgress, .noStates, .save, .ignoreFingerprints: .flag
    default: .one
    }
  }

  /// The flag of the same meaning.
  var flag: String { "--" + String(rawValue.map { $0 == "_" ? "-" : $0 }) }
}
