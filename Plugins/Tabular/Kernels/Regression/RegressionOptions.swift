/// What is asked of a regression evaluation.
public struct RegressionOptions: Sendable, Hashable {
  /// The quantiles of the pinball losses.
  public var quantiles = [0.1, 0.5, 0.9]
  /// How many features the model has, for `adjusted_r2`.
  public var features: Int?
  /// The metrics and tables that will be asked for; nil for all of them.
  public var only: Set<String>?

  public init() {}

  static let medianName = "median_absolute_error"

  /// Whether every error has to be kept; without it the state has one size.
  var needsErrors: Bool { only?.contains(Self.medianName) ?? true }
  var needsHistogram: Bool { only?.contains("residuals") ?? true }

  /// `pinball_0_9` for 0.9.
  static func pinballName(_ quantile: Double) -> String {
    "pinball_" + String(quantile.description.map { $0 == "." ? "_" : $0 })
  }
}
