public import AssayCore

/// What became of the rows of one batch.
public struct ScoredBatch: Sendable {
  /// A score for each row; NaN where there is none.
  public var scores: [Double]
  /// `scored`, `unscored` or `errored`, for each row.
  public var outcomes: [Outcome]
  /// The first of the errors, at most ``errorLimit``.
  public var errors: [RowError]
  /// The number of all rows that errored.
  public var errorCount: Int

  /// How many errors of a batch keep their text.
  public static let errorLimit = 64

  /// Why a row errored.
  public struct RowError: Sendable, Hashable {
    /// The number of the row in its source: the batch's first row is counted in.
    public var row: Int
    public var message: String

    public init(row: Int, message: String) {
      self.row = row
      self.message = message
    }
  }
}

/// What a function said about whole columns.
public struct ReductionResult: Sendable, Hashable {
  /// The number; nil where the function says that there is none.
  public var value: Double?
  /// Why there is none.
  public var reason: String?
  /// How many rows it saw.
  public var rows: Int
}

extension ScoredBatch {
  /// Turns scores outside the declared range into errors.
  ///
  /// A part in 10⁹ of the range is forgiven, for what was only rounded.
  mutating func enforce(range: MetricRange, firstRow: Int) {
    guard range.lower != nil || range.upper != nil else { return }
    let slack = 1e-9 * max(1, abs(range.lower ?? 0), abs(range.upper ?? 0))
    let lower = (range.lower ?? -.infinity) - slack
    let upper = (range.upper ?? .infinity) + slack
    guard Self.anyOutside(lower, upper, scores.span) else { return }
    for row in scores.indices where scores[row] < lower || scores[row] > upper {
      let text = "the score \(scores[row]) lies outside the declared range \(range.text)"
      outcomes[row] = .errored
      scores[row] = .nan
      errorCount += 1
      if errors.count < Self.errorLimit { errors.append(RowError(row: firstRow + row, message: text)) }
    }
    errors.sort { $0.row < $1.row }
  }

  /// One look at all scores, in vectors; mostly none is outside.
  private static func anyOutside(_ lower: Double, _ upper: Double, _ scores: Span<Double>) -> Bool {
    var hits: UInt64 = 0
    for row in scores.indices {
      // Safety: the row is one of the span's.
      let score = unsafe scores[unchecked: row]
      hits |= (score < lower ? 1 : 0) | (score > upper ? 1 : 0)
    }
    return hits != 0
  }
}

extension MetricRange {
  fileprivate var text: String {
    "\(lower.map { "\($0)" } ?? "-∞") to \(upper.map { "\($0)" } ?? "∞")"
  }
}
