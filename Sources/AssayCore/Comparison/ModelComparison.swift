/// The evidence of one comparison: everything else is a rendering of it.
public struct ModelComparison: Sendable, Hashable {
  public var comparison: ComparisonInformation
  /// What was compared; the baseline is one of them.
  public var sides: [ComparedSide]
  /// The name of the side that the others are compared with.
  public var baseline: String
  public var items: ComparedItems
  /// The settings in which the sides differ.
  public var configuration: [ConfigurationDifference]
  /// One entry per evaluator.
  public var evaluators: [ComparedEvaluator]
  /// The verdict over all thresholds; nil where none was set.
  public var verdict: Verdict?
  public var exitCode: ExitCode
  /// What the user should know and what does not change the verdict.
  public var warnings: [String]

  public init(
    comparison: ComparisonInformation, sides: [ComparedSide], baseline: String,
    items: ComparedItems, configuration: [ConfigurationDifference] = [],
    evaluators: [ComparedEvaluator], verdict: Verdict?, exitCode: ExitCode, warnings: [String] = []
  ) {
    self.comparison = comparison
    self.sides = sides
    self.baseline = baseline
    self.items = items
    self.configuration = configuration
    self.evaluators = evaluators
    self.verdict = verdict
    self.exitCode = exitCode
    self.warnings = warnings
  }
}

/// How and when a comparison was made.
public struct ComparisonInformation: Sendable, Hashable {
  public var id: String
  /// RFC 3339, in UTC.
  public var createdAt: String
  public var durationSeconds: Double
  public var seed: UInt64
  /// Of all intervals, such as 0.95; differences are told from 0 at 1 - level.
  public var level: Double
  /// How p-values were raised to make up for their number: `holm`, `bh` or `none`.
  public var adjustment: String
  /// With which probability the minimum detectable effects would be found.
  public var power: Double

  public init(
    id: String, createdAt: String, durationSeconds: Double, seed: UInt64, level: Double,
    adjustment: String, power: Double
  ) {
    self.id = id
    self.createdAt = createdAt
    self.durationSeconds = durationSeconds
    self.seed = seed
    self.level = level
    self.adjustment = adjustment
    self.power = power
  }
}

/// One of the things that are compared.
public struct ComparedSide: Sendable, Hashable {
  public var name: String
  /// The run of the registry that it is; nil for a file and for data.
  public var run: String?
  /// The model that was judged, where the run names one.
  public var model: String?
  /// Where its rows came from.
  public var sources: [SourceInformation]
  /// How many items it has.
  public var items: Int
  /// How many of them some other side lacks, or has no value for.
  public var unmatched: Int
  /// The keys of the first of those that another side lacks.
  public var firstUnmatched: [String]

  public init(
    name: String, sources: [SourceInformation], items: Int, unmatched: Int = 0,
    firstUnmatched: [String] = []
  ) {
    self.name = name
    self.sources = sources
    self.items = items
    self.unmatched = unmatched
    self.firstUnmatched = firstUnmatched
  }
}

/// The items that all sides have.
public struct ComparedItems: Sendable, Hashable {
  /// How many items were compared; of independent samples those of all sides together.
  public var compared: Int
  /// The smallest share of a side's items that was compared; nil without any item.
  public var coverage: Double?
  /// Items that all sides have and that were left out because a value is missing on one.
  public var skipped: Int
  /// How many groups of items were drawn together; nil where each is on its own.
  public var clusters: Int?
  /// Whether the sides have the same items; else they are independent samples.
  public var isPaired: Bool

  public init(
    compared: Int, coverage: Double?, skipped: Int = 0, clusters: Int? = nil, isPaired: Bool = true
  ) {
    self.compared = compared
    self.coverage = coverage
    self.skipped = skipped
    self.clusters = clusters
    self.isPaired = isPaired
  }
}

/// A setting in which the sides differ.
public struct ConfigurationDifference: Sendable, Hashable {
  /// Such as `bind.score` or `param.threshold`.
  public var setting: String
  /// By side, in the order of the sides; nil for a side that does not have it.
  public var values: [String?]

  public init(setting: String, values: [String?]) {
    self.setting = setting
    self.values = values
  }
}
