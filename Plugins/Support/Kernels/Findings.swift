/// What a kernel found: metrics and tables, in the order of their declaration.
public struct Findings: Sendable, Hashable {
  public var metrics: [Finding] = []
  public var tables: [FoundTable] = []

  public init() {}

  /// The metric of that name.
  public subscript(name: String) -> Finding? { metrics.first { $0.name == name } }

  /// The table of that name.
  public func table(_ name: String) -> FoundTable? { tables.first { $0.name == name } }
}

/// A metric with a value, or without one and the reason.
public struct Finding: Sendable, Hashable {
  public var name: String
  /// Always finite; nil where the metric is undefined.
  public var value: Double?
  /// Why there is no value.
  public var reason: String?
  /// The two parts of a rate over rows that all count once.
  public var numerator: Double?
  public var denominator: Double?
  /// How many rows stand behind the value.
  public var support: Int?
  /// How many rows the definition left out.
  public var skipped: Int?
  public var standardError: Double?
  /// How the standard error came about.
  public var method: String?
  /// What scikit-learn answers where it answers something else.
  public var conventional: Double?

  /// A value; where arithmetic left the range of numbers it becomes undefined.
  public init(_ name: String, _ value: Double, support: Int? = nil) {
    self.name = name
    self.support = support
    if value.isFinite {
      self.value = value
    } else {
      reason = "The value is too large for a number."
    }
  }

  /// No value, and why.
  ///
  /// - Parameter conventional: What the field's reference answers instead.
  public init(_ name: String, undefined reason: String, conventional: Double? = nil) {
    self.name = name
    self.reason = reason
    self.conventional = conventional
  }

  /// A part of a whole, undefined where the whole is nothing.
  ///
  /// - Parameter isCount: Whether both are numbers of rows, so that an interval
  ///   for a rate applies.
  public static func rate(
    _ name: String, _ part: Double, of whole: Double, isCount: Bool, ifNone reason: String,
    conventional: Double? = nil
  ) -> Finding {
    guard whole > 0 else { return Finding(name, undefined: reason, conventional: conventional) }
    var finding = Finding(name, part / whole, support: isCount ? Int(whole) : nil)
    if isCount {
      finding.numerator = part
      finding.denominator = whole
    }
    return finding
  }
}

/// A table with named columns of one length.
public struct FoundTable: Sendable, Hashable {
  public enum Values: Sendable, Hashable {
    case numbers([Double?])
    case counts([Int])
    case optionalCounts([Int?])
    case texts([String?])
  }

  public struct Column: Sendable, Hashable {
    public var name: String
    public var values: Values
  }

  public var name: String
  public var columns: [Column]

  /// A table of columns of one length, in order.
  public init(_ name: String, _ columns: KeyValuePairs<String, Values>) {
    self.name = name
    self.columns = columns.map { Column(name: $0.key, values: $0.value) }
  }

  /// The texts of a column; empty where it holds something else.
  public func texts(_ name: String) -> [String?] {
    guard case .texts(let values) = columns.first(where: { $0.name == name })?.values else { return [] }
    return values
  }

  /// The numbers of a column; empty where it holds something else.
  public func numbers(_ name: String) -> [Double?] {
    switch columns.first(where: { $0.name == name })?.values {
    case .numbers(let values): values
    case .counts(let values): values.map(Double.init)
    case .optionalCounts(let values): values.map { $0.map(Double.init) }
    default: []
    }
  }
}

/// What a run asks of a state.
public struct Request {
  /// Whether the metric or table of a name is wanted.
  public var wants: (String) -> Bool
  /// The level of the intervals; 0 where none are wanted.
  public var intervalLevel: Double

  public init(intervalLevel: Double = 0, wants: @escaping (String) -> Bool = { _ in true }) {
    self.wants = wants
    self.intervalLevel = intervalLevel
  }

  /// Whether any of the names is wanted.
  public func wantsAny(_ names: [String]) -> Bool { names.contains(where: wants) }
}
