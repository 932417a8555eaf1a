public import AssayCore

extension AssayError.Code {
  /// A threshold that does not parse; a caret shows where.
  public static let thresholdSyntax = Self(rawValue: "threshold.syntax")
  /// A threshold on a metric that no evaluator of the run has.
  public static let thresholdUnknownMetric = Self(rawValue: "threshold.unknown-metric")
  /// A threshold for an evaluator that is not part of the run.
  public static let thresholdUnknownEvaluator = Self(rawValue: "threshold.unknown-evaluator")
  /// A threshold that the metric can never meet, or always meets.
  public static let thresholdOutOfRange = Self(rawValue: "threshold.out-of-range")
  /// A bare number for a headline metric of which neither end is better, or for
  /// an evaluator without one.
  public static let thresholdNoDirection = Self(rawValue: "threshold.no-direction")
  /// `pass_rate` of an evaluator without a bar for its rows.
  public static let thresholdNoBar = Self(rawValue: "threshold.no-bar")
  /// `delta(…)` without a baseline, or with one that lacks the evaluator.
  public static let thresholdNoBaseline = Self(rawValue: "threshold.no-baseline")
  /// A baseline that was made by another version of the evaluator.
  public static let thresholdFingerprint = Self(rawValue: "threshold.fingerprint-differs")
}
