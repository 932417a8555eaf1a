public import KernelSupport

/// Everything that the metrics of a binary evaluation need of the rows so far.
///
/// Counts and sums are exact, scores are kept sorted with equal rows
/// indistinguishable: so the results have the same bits for any split of the rows
/// and any order of merging.
public struct BinaryState: Sendable {
  public let options: BinaryOptions
  /// The bins' edges, 0 to 1, for comparing with.
  let edges: [Double]
  /// Rows, by bin and, in it, by actual and predicted class.
  var counts: [Int]
  /// Sums of scores, in the same order, then the two losses.
  var sums: ExactSums
  /// Sums of weights, in the same order; nil while every row counts once.
  var weightSums: ExactSums?
  /// Rows whose log loss was kept finite.
  var clipped = 0
  var ranking = Ranking.none
  /// What resampling reads, once it is prepared.
  var replicas: BinaryReplicas?

  /// The sorted scores, with as much beside them as is needed.
  enum Ranking: Sendable {
    case none
    case plain(SplitRuns<PlainItem>)
    case weighted(SplitRuns<WeightedItem>)
    case tracked(SplitRuns<TrackedItem>)
  }

  public init(options: BinaryOptions) {
    self.options = options
    edges = (0...options.bins).map { Double($0) / Double(options.bins) }
    counts = [Int](repeating: 0, count: 4 * options.bins)
    sums = ExactSums(count: 4 * options.bins + 2)
  }

  var cellCount: Int { counts.count }
  var brierIndex: Int { cellCount }
  var logLossIndex: Int { cellCount + 1 }
  var isWeighted: Bool { weightSums != nil }
  /// Rows with a weight above 0.
  public var rowCount: Int { counts.reduce(0, +) }

  /// Adds the rows of another state, whatever came first.
  ///
  /// - Throws: ``KernelError`` where the states have different options, or only one
  ///   of them has weights or row numbers.
  public mutating func merge(_ other: consuming BinaryState) throws(KernelError) {
    guard options == other.options else {
      throw KernelError(.invalid, "States of different parameters cannot be merged.")
    }
    if other.rowCount == 0 { return }
    if rowCount == 0 {
      self = other
      return
    }
    try mergeRanking(other.ranking)
    try mergeWeights(other.weightSums)
    for index in counts.indices { counts[index] += other.counts[index] }
    sums.merge(other.sums)
    clipped += other.clipped
  }

  private mutating func mergeWeights(_ other: ExactSums?) throws(KernelError) {
    switch (weightSums, other) {
    case (nil, nil): return
    case (.some, .some(let other)): weightSums?.merge(other)
    default:
      throw KernelError(.invalid, "A state with weights and one without cannot be merged.")
    }
  }

  private mutating func mergeRanking(_ other: Ranking) throws(KernelError) {
    switch (ranking, other) {
    case (.none, .none): return
    case (.plain(var mine), .plain(let other)):
      ranking = .none
      mine.append(other)
      ranking = .plain(mine)
    case (.weighted(var mine), .weighted(let other)):
      ranking = .none
      mine.append(other)
      ranking = .weighted(mine)
    case (.tracked(var mine), .tracked(let other)):
      ranking = .none
      mine.append(other)
      ranking = .tracked(mine)
    default:
      throw KernelError(.invalid, "A state with row numbers or weights and one without cannot be merged.")
    }
  }
}
