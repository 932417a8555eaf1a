/// What is asked of a binary evaluation.
public struct BinaryOptions: Sendable, Hashable {
  /// A row is predicted positive from this score on.
  public var threshold = 0.5
  /// How many bins of equal width the calibration has.
  public var bins = 15
  /// How often recall counts against precision in `f_beta`.
  public var beta = 2.0
  /// Whether scores are probabilities; otherwise any number is a score, and the
  /// metrics that need probabilities are undefined.
  public var scoresAreProbabilities = true
  /// The most points of a curve, about; 0 for all.
  public var curvePoints = 10_000
  /// The metrics and tables that will be asked for; nil for all of them.
  public var only: Set<String>?

  public init() {}

  static let rankingNames: Set<String> = [
    "roc_auc", "average_precision", "ks", "optimal_threshold", "optimal_f1", "roc_curve",
    "pr_curve", "threshold_sweep",
  ]
  static let logLossName = "log_loss"

  /// Whether scores have to be kept and sorted; without it the state has one size.
  var needsRanking: Bool { only.map { !$0.isDisjoint(with: Self.rankingNames) } ?? true }

  var needsLogLoss: Bool { scoresAreProbabilities && only?.contains(Self.logLossName) ?? true }
}
