/// Which values of a metric are the good ones.
public enum Direction: String, Sendable, Hashable, CaseIterable {
  case higherIsBetter = "higher_is_better"
  case lowerIsBetter = "lower_is_better"
  /// Nearness to zero counts, as for a mean error.
  case zeroIsBest = "zero_is_best"
  /// Neither is better, as for a prevalence.
  case none
}

/// The values that a metric can take; an end that is nil is open.
public struct MetricRange: Sendable, Hashable {
  public var lower: Double?
  public var upper: Double?

  public init(lower: Double? = nil, upper: Double? = nil) {
    self.lower = lower
    self.upper = upper
  }

  /// Whether a metric of this range can take the value.
  public func contains(_ value: Double) -> Bool {
    if let lower, value < lower { return false }
    if let upper, value > upper { return false }
    return true
  }
}

/// What a metric declares about itself in its plugin's manifest.
public struct MetricDeclaration: Sendable, Hashable {
  public var direction: Direction
  public var range: MetricRange
  /// Whether its bits do not depend on how the rows were split.
  public var isExact: Bool
  /// Whether it is the largest or the smallest of something: its error cannot be told from
  /// the rows, since a sample says nothing of what lies beyond it.
  public var isExtreme: Bool
  /// A unit for display, such as `seconds`.
  public var unit: String?
  /// A sentence that says what the metric means.
  public var summary: String?
  /// What its support and what it left out are counted in.
  public var basis: MetricBasis

  public init(
    direction: Direction = .none, range: MetricRange = MetricRange(), isExact: Bool = false,
    isExtreme: Bool = false, unit: String? = nil, summary: String? = nil, basis: MetricBasis = .rows
  ) {
    self.direction = direction
    self.range = range
    self.isExact = isExact
    self.isExtreme = isExtreme
    self.unit = unit
    self.summary = summary
    self.basis = basis
  }
}

/// What a metric is made of: the mean over classes has classes behind it, and leaves
/// classes out.
public enum MetricBasis: String, Sendable, Hashable, CaseIterable {
  case rows, classes, images, queries
}
