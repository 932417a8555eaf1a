public import KernelSupport

/// The rows in the order of their absolute errors, for replicates that need one pass
/// each.
struct RegressionReplicas: Sendable {
  private var rows: [UInt64] = []
  private var targets: [Double] = []
  private var predictions: [Double] = []
  private var weights: [Double] = []
  private let isWeighted: Bool

  init(_ state: RegressionState) {
    isWeighted = state.isWeighted
    guard case .tracked(let parts) = state.errors else { return }
    var all = parts.flatMap(\.self)
    all.sort {
      let (a, b) = (abs($0.target - $0.prediction), abs($1.target - $1.prediction))
      return a != b ? a < b : $0.row < $1.row
    }
    rows = all.map(\.row)
    targets = all.map(\.target)
    predictions = all.map(\.prediction)
    weights = all.map(\.weight)
  }

  /// The median absolute error of the rows themselves.
  var median: Double? { median(of: weights) }

  private func median(of weights: [Double]) -> Double? {
    var total = TwoDouble()
    for weight in weights { total.add(weight) }
    let half = total.value / 2
    guard half > 0 else { return nil }
    var below = TwoDouble()
    var lower: Double?
    for row in weights.indices where weights[row] > 0 {
      if let lower { return lower + (error(row) - lower) / 2 }
      below.add(weights[row])
      if below.value - half > .ulpOfOne { return error(row) }
      // Half of the weight ends here exactly: the next row has a say.
      if below.value >= half { lower = error(row) }
    }
    return lower
  }

  private func error(_ row: Int) -> Double { abs(targets[row] - predictions[row]) }

  /// The metrics of a replicate.
  func metrics(_ draw: Draw, _ options: RegressionOptions, wantsMedian: Bool) -> [Finding] {
    let counts = draws(of: rows, draw)
    var drawn = weights
    for row in drawn.indices { drawn[row] *= Double(counts[row]) }
    var sums = RegressionSums()
    unsafe targets.withUnsafeBufferPointer { targets in
      unsafe predictions.withUnsafeBufferPointer { predictions in
        unsafe drawn.withUnsafeBufferPointer { weights in
          sums.add(
            unsafe RegressionRows(targets: targets, predictions: predictions, weights: weights))
        }
      }
    }
    // A row that is drawn twice counts as two, for the degrees of freedom.
    if !isWeighted { sums.rows = Int(sums[.weight]) }
    return RegressionMetrics(
      sums: sums, options: options, isWeighted: true, median: wantsMedian ? median(of: drawn) : nil
    ).all
  }
}

extension RegressionState {
  /// Sorts all rows for ``replicate(_:_:)``.
  ///
  /// - Throws: ``KernelError`` where the rows came without numbers.
  public mutating func prepareReplicas() throws(KernelError) {
    guard replicas == nil, rowCount > 0 else { return }
    guard case .tracked = errors else {
      throw KernelError(.invalid, "Replicates need the role row_id.")
    }
    replicas = RegressionReplicas(self)
  }

  /// The metrics of one replicate. May be called from several threads at once.
  ///
  /// - Complexity: O(*n*), in nine bytes per row.
  public func replicate(_ request: Request, _ draw: Draw) -> Findings {
    guard let replicas else { return finish(request) }
    var findings = Findings()
    let wantsMedian = request.wants(RegressionOptions.medianName)
    findings.metrics = replicas.metrics(draw, options, wantsMedian: wantsMedian)
      .filter { request.wants($0.name) }
    return findings
  }
}
