public import AssayArrow
public import AssayCore

/// What an evaluator said at the end of its rows.
public struct Findings: Sendable, Hashable {
  /// In the order in which the plugin reported them.
  public var metrics: [ReportedMetric] = []
  public var tables: [ResultTable] = []

  public init() {}
}

/// A metric as a plugin reported it.
public struct ReportedMetric: Sendable, Hashable {
  public var name: String
  /// Finite, or nil where the metric is undefined.
  public var value: Double?
  /// Why there is no value.
  public var reason: String?
  public var detail: MetricDetail

  public init(name: String, value: Double?, reason: String? = nil, detail: MetricDetail = MetricDetail()) {
    self.name = name
    self.value = value
    self.reason = reason
    self.detail = detail
  }
}

/// What stands behind a metric's value; nil is "not given".
public struct MetricDetail: Sendable, Hashable {
  /// The two parts of a rate.
  public var numerator: Double?
  public var denominator: Double?
  public var support: Int?
  public var skipped: Int?
  public var standardError: Double?
  /// The ends of the plugin's own interval, at the level that it was asked for.
  public var low: Double?
  public var high: Double?
  /// How the standard error or the interval came about.
  public var method: String?
  /// What the field's reference implementation answers where it answers otherwise.
  public var conventional: Double?

  public init() {}
}

/// Which metrics and tables a plugin may report: what its manifest declares.
public struct FindingsContract: Sendable {
  /// A declared table.
  public struct Table: Sendable, Hashable {
    public var name: String
    /// In order; only `bool`, `int64`, `float64` and `utf8`.
    public var columns: [Field]
    public var plot: ResultTable.Plot?

    public init(name: String, columns: [Field], plot: ResultTable.Plot? = nil) {
      self.name = name
      self.columns = columns
      self.plot = plot
    }
  }

  /// The declared names, which may be patterns, for messages.
  public var metricNames: [String]
  public var tableNames: [String]
  /// Whether a metric of that name is declared.
  public var declaresMetric: @Sendable (String) -> Bool
  /// The declaration of the table of that name.
  public var table: @Sendable (String) -> Table?

  public init(
    metricNames: [String], tableNames: [String],
    declaresMetric: @escaping @Sendable (String) -> Bool,
    table: @escaping @Sendable (String) -> Table?
  ) {
    self.metricNames = metricNames
    self.tableNames = tableNames
    self.declaresMetric = declaresMetric
    self.table = table
  }
}
