public import KernelSupport

/// Everything that the metrics of a regression need of the rows so far.
public struct RegressionState: Sendable {
  public let options: RegressionOptions
  var sums = RegressionSums()
  var histogram = ResidualHistogram()
  var errors = Errors.none
  private(set) var isWeighted = false
  /// What resampling reads, once it is prepared.
  var replicas: RegressionReplicas?

  /// The rows' absolute errors, with as much beside them as is needed.
  enum Errors: Sendable {
    case none
    case plain([[Double]])
    case weighted(SplitRuns<WeightedItem>)
    case tracked([[TrackedRow]])
  }

  /// A whole row, for resampling.
  struct TrackedRow: Sendable, BitwiseCopyable {
    let target: Double
    let prediction: Double
    let weight: Double
    let row: UInt64
  }

  public init(options: RegressionOptions) { self.options = options }

  init(
    options: RegressionOptions, sums: RegressionSums, histogram: ResidualHistogram, errors: Errors,
    isWeighted: Bool
  ) {
    self.init(options: options)
    (self.sums, self.histogram, self.errors) = (sums, histogram, errors)
    self.isWeighted = isWeighted
  }

  /// Rows with a weight above 0.
  public var rowCount: Int { sums.rows }

  /// Adds rows.
  ///
  /// - Parameters:
  ///   - weights: A weight per row, or empty: every row counts once. A row of
  ///     weight 0 is as if it were not there.
  ///   - rows: A number per row for resampling, or empty where nobody resamples.
  /// - Throws: ``KernelError`` with the row for a number that is not finite and for a
  ///   weight that is negative or infinite.
  /// - Complexity: O(*n*).
  public mutating func update(
    targets: Span<Double>, predictions: Span<Double>, weights: Span<Double>, rows: Span<UInt64>
  ) throws(KernelError) {
    guard targets.count > 0 else { return }
    try checkKind(weights: weights, rows: rows)
    try check(weights)
    var added = RegressionSums()
    var histogram = histogram
    self.histogram = ResidualHistogram()
    let wantsHistogram = options.needsHistogram
    unsafe targets.withUnsafeBufferPointer { targets in
      unsafe predictions.withUnsafeBufferPointer { predictions in
        unsafe weights.withUnsafeBufferPointer { weights in
          let columns = unsafe RegressionRows(
            targets: targets, predictions: predictions, weights: weights)
          added.add(columns)
          guard wantsHistogram, added[.squares].isFinite else { return }
          histogram.reserve(added.largest)
          histogram.add(columns)
        }
      }
    }
    self.histogram = histogram
    if !(added[.squares].isFinite && added[.absoluteTargets].isFinite) {
      try check(targets, "target")
      try check(predictions, "prediction")
    }
    sums.merge(added)
    keep(targets, predictions, weights, rows)
  }

  private mutating func checkKind(weights: Span<Double>, rows: Span<UInt64>) throws(KernelError) {
    if rowCount == 0 {
      isWeighted = !weights.isEmpty
      if !rows.isEmpty {
        errors = .tracked([])
      } else if options.needsErrors {
        errors = isWeighted ? .weighted(SplitRuns()) : .plain([])
      }
    }
    guard isWeighted == !weights.isEmpty else {
      throw KernelError(.invalid, "Some batches have weights and some have none.")
    }
    if case .tracked = errors, rows.isEmpty {
      throw KernelError(.invalid, "Some batches have row numbers and some have none.")
    }
  }

  private func check(_ weights: Span<Double>) throws(KernelError) {
    for row in weights.indices where !(weights[row] >= 0 && weights[row] <= 1e58) {
      throw KernelError(.badData, "The weight \(weights[row]) is not a number from 0 to 1e58.", row: row)
    }
  }

  private func check(_ numbers: Span<Double>, _ name: String) throws(KernelError) {
    for row in numbers.indices where !numbers[row].isFinite {
      throw KernelError(.badData, "The \(name) \(numbers[row]) is not a finite number.", row: row)
    }
  }

  private mutating func keep(
    _ targets: Span<Double>, _ predictions: Span<Double>, _ weights: Span<Double>, _ rows: Span<UInt64>
  ) {
    switch errors {
    case .none: return
    case .plain(var parts):
      errors = .none
      parts.append(Self.absoluteErrors(targets, predictions))
      errors = .plain(parts)
    case .weighted(var runs):
      errors = .none
      let absolute = Self.absoluteErrors(targets, predictions)
      let labels = [UInt8](repeating: 1, count: absolute.count)
      runs.append(scores: absolute.span, labels: labels.span, weights: weights, rows: rows)
      errors = .weighted(runs)
    case .tracked(var parts):
      errors = .none
      var part: [TrackedRow] = []
      part.reserveCapacity(targets.count)
      for row in targets.indices where weights.isEmpty || weights[row] > 0 {
        part.append(
          TrackedRow(
            target: targets[row], prediction: predictions[row],
            weight: weights.isEmpty ? 1 : weights[row], row: rows[row]))
      }
      parts.append(part)
      errors = .tracked(parts)
    }
  }

  private static func absoluteErrors(_ targets: Span<Double>, _ predictions: Span<Double>) -> [Double] {
    unsafe [Double](unsafeUninitializedCapacity: targets.count) { errors, count in
      // Safety: the columns of a batch have one length.
      for row in targets.indices {
        unsafe errors[row] = abs(targets[unchecked: row] - predictions[unchecked: row])
      }
      count = targets.count
    }
  }

  /// Adds the rows of another state, whatever came first.
  ///
  /// - Throws: ``KernelError`` where the states have different options, or only one
  ///   of them has weights or row numbers.
  public mutating func merge(_ other: consuming RegressionState) throws(KernelError) {
    guard options == other.options else {
      throw KernelError(.invalid, "States of different parameters cannot be merged.")
    }
    if other.rowCount == 0 { return }
    if rowCount == 0 {
      self = other
      return
    }
    guard isWeighted == other.isWeighted else {
      throw KernelError(.invalid, "A state with weights and one without cannot be merged.")
    }
    try mergeErrors(other.errors)
    sums.merge(other.sums)
    histogram.merge(other.histogram)
  }

  private mutating func mergeErrors(_ other: Errors) throws(KernelError) {
    switch (errors, other) {
    case (.none, .none): return
    case (.plain(var mine), .plain(let other)):
      errors = .none
      mine += other
      errors = .plain(mine)
    case (.weighted(var mine), .weighted(let other)):
      errors = .none
      mine.append(other)
      errors = .weighted(mine)
    case (.tracked(var mine), .tracked(let other)):
      errors = .none
      mine += other
      errors = .tracked(mine)
    default:
      throw KernelError(.invalid, "A state with row numbers and one without cannot be merged.")
    }
  }
}
