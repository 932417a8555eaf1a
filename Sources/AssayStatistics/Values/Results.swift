/// Which departures from the null hypothesis a test looks for.
public enum Alternative: String, Sendable, Hashable, CaseIterable {
  case twoSided = "two-sided"
  case greater
  case less
}

/// What a test found.
public struct TestResult: Sendable, Hashable {
  /// In the units of the test, which names them.
  public var statistic: Double
  /// From 0 to 1.
  public var pValue: Double
  /// How the p-value came about, such as `exact`.
  public var method: String

  init(statistic: Double, pValue: Double, method: String) {
    self.statistic = statistic
    self.pValue = min(1, max(0, pValue))
    self.method = method
  }
}

/// An estimate with what is known of its error.
public struct Estimate: Sendable, Hashable {
  public var value: Double
  /// At least 0.
  public var standardError: Double
  public var interval: Bounds
  /// Of the interval, such as 0.95.
  public var level: Double
}
