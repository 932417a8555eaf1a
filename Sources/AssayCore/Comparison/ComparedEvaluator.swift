/// What one evaluator said about all sides.
public struct ComparedEvaluator: Sendable, Hashable {
  public var evaluator: String
  public var version: String
  public var mode: Mode
  public var task: TaskKind
  /// By side; all the same unless the user insisted.
  public var fingerprints: [String]
  public var headline: String?
  /// By side.
  public var counts: [Counts]
  /// In the order of the manifest.
  public var metrics: [ComparedMetric]
  public var thresholds: [ComparedThreshold]
  /// The verdict over the thresholds; nil without any.
  public var verdict: Verdict?
  /// The sides from the best to the worst; nil where no metric orders them.
  public var leaderboard: Leaderboard?
  /// Who won how many items; nil where items have no scores of their own.
  public var tournament: Tournament?
  /// The differences over parts of the items; empty where none were asked for.
  public var slices: [ComparedSlice] = []
  /// What the differences were taken from.
  public var basis = ComparisonBasis.sources
  /// Why the sources were not scored in one pass; nil where they were, and where rows say
  /// as much.
  public var basisReason: String?

  public init(
    evaluator: String, version: String, mode: Mode, task: TaskKind, fingerprints: [String],
    headline: String?, counts: [Counts] = [], metrics: [ComparedMetric] = [],
    thresholds: [ComparedThreshold] = [], verdict: Verdict? = nil, leaderboard: Leaderboard? = nil,
    tournament: Tournament? = nil
  ) {
    self.evaluator = evaluator
    self.version = version
    self.mode = mode
    self.task = task
    self.fingerprints = fingerprints
    self.headline = headline
    self.counts = counts
    self.metrics = metrics
    self.thresholds = thresholds
    self.verdict = verdict
    self.leaderboard = leaderboard
    self.tournament = tournament
  }

  /// The metric of that name.
  public func metric(_ name: String) -> ComparedMetric? { metrics.first { $0.name == name } }
}

/// The same differences over a part of the items.
public struct ComparedSlice: Sendable, Hashable {
  public var by: [SliceResult.Key]
  /// By side.
  public var counts: [Counts]
  public var metrics: [ComparedMetric]

  public init(by: [SliceResult.Key], counts: [Counts], metrics: [ComparedMetric]) {
    self.by = by
    self.counts = counts
    self.metrics = metrics
  }
}

/// From what a comparison was made, the best first.
public enum ComparisonBasis: String, Sendable, Hashable, CaseIterable {
  /// The data of all sides, scored in one pass.
  case sources
  /// The scores of the rows that the runs kept.
  case rows
  /// The metrics and intervals of the runs' results.
  case results
}

/// One metric of all sides.
public struct ComparedMetric: Sendable, Hashable {
  public var name: String
  public var direction: Direction
  public var range: MetricRange
  /// By side, in the order of the sides.
  public var values: [MetricResult]
  /// One for each side but the baseline, in the order of the sides.
  public var differences: [MetricDifference]

  public init(
    name: String, direction: Direction, range: MetricRange, values: [MetricResult],
    differences: [MetricDifference]
  ) {
    self.name = name
    self.direction = direction
    self.range = range
    self.values = values
    self.differences = differences
  }
}

/// A threshold on a difference, as it was seen on one side.
public struct ComparedThreshold: Sendable, Hashable {
  /// The side that was compared with the reference.
  public var side: String
  public var reference: String
  public var result: ThresholdResult

  public init(side: String, reference: String, result: ThresholdResult) {
    self.side = side
    self.reference = reference
    self.result = result
  }
}
