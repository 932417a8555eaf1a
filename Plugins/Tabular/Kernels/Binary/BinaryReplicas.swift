public import KernelSupport

/// The rows in the order of their scores, from the highest down, for replicates that
/// need one pass each.
///
/// Within a score the negative rows come first.
struct BinaryReplicas: Sendable {
  private(set) var rows: [UInt64] = []
  private(set) var scores: [Double] = []
  /// Empty where every row counts once.
  private(set) var weights: [Double] = []
  private(set) var logLosses: [Double] = []
  /// Of a row: whether it is positive, and whether its score is a new one.
  private(set) var flags: [UInt8] = []
  /// Where a new bin or the other side of the threshold begins.
  private(set) var cuts: [Cut] = []

  static let positive: UInt8 = 1
  static let newScore: UInt8 = 2

  /// Rows of one bin on one side of the threshold.
  struct Cut: Sendable {
    let bin: Int
    let isPredicted: Bool
    let start: Int
  }

  init(_ runs: SplitRuns<TrackedItem>, state: BinaryState) {
    let count = runs.positives.count + runs.negatives.count
    rows.reserveCapacity(count)
    scores.reserveCapacity(count)
    flags.reserveCapacity(count)
    if state.isWeighted { weights.reserveCapacity(count) }
    if state.options.needsLogLoss { logLosses.reserveCapacity(count) }
    runs.forEachBlockDescending { block in append(block, state) }
  }

  private mutating func append(_ block: RankedBlock<TrackedItem>, _ state: BinaryState) {
    let (positives, negatives) = unsafe (block.positives, block.negatives)
    var (i, j) = (positives.count, negatives.count)
    while i > 0 || j > 0 {
      // Safety: both indices are at most the counts and above 0 where they are used.
      let takesNegative = unsafe j > 0 && (i == 0 || negatives[j - 1].key >= positives[i - 1].key)
      if takesNegative { j -= 1 } else { i -= 1 }
      append(unsafe takesNegative ? negatives[j] : positives[i], label: takesNegative ? 0 : 1, state)
    }
  }

  private mutating func append(_ item: TrackedItem, label: Int, _ state: BinaryState) {
    let score = SortKey.value(item.key)
    let isNew = scores.last != score
    let (bin, isPredicted) = (state.bin(of: score), score >= state.options.threshold)
    if isNew, cuts.last?.bin != bin || cuts.last?.isPredicted != isPredicted {
      cuts.append(Cut(bin: bin, isPredicted: isPredicted, start: scores.count))
    }
    rows.append(item.row)
    scores.append(score)
    flags.append(UInt8(label) | (isNew ? Self.newScore : 0))
    if state.isWeighted { weights.append(item.weight) }
    guard state.options.needsLogLoss else { return }
    var clipped = 0
    logLosses.append(logLoss(score, label, &clipped))
  }
}

extension BinaryState {
  /// Sorts all rows for ``replicate(_:_:)``.
  ///
  /// - Throws: ``KernelError`` where the rows came without numbers.
  public mutating func prepareReplicas() throws(KernelError) {
    guard replicas == nil, rowCount > 0 else { return }
    guard case .tracked(let runs) = ranking else {
      throw KernelError(.invalid, "Replicates need the role row_id.")
    }
    replicas = BinaryReplicas(runs, state: self)
  }

  /// The metrics of one replicate. May be called from several threads at once.
  ///
  /// - Complexity: O(*n*), in a byte per row.
  public func replicate(_ request: Request, _ draw: Draw) -> Findings {
    guard let replicas, rowCount > 0 else { return BinaryState(options: options).finish(request) }
    let draws = draws(of: replicas.rows, draw)
    let findings =
      isWeighted
      ? replicas.metrics(Double.self, draws, options, request)
      : replicas.metrics(Int.self, draws, options, request)
    return Findings(metrics: findings.filter { request.wants($0.name) })
  }
}

extension Findings {
  fileprivate init(metrics: [Finding]) {
    self.init()
    self.metrics = metrics
  }
}
