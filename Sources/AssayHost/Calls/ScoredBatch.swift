public import AssayCore

/// What became of the rows of one batch.
public struct ScoredBatch: Sendable {
  /// A score for each row; NaN where there is none.
  public private(set) var scores: [Double]
  /// The first of the errors, at most ``errorLimit``.
  public private(set) var errors: [RowError]
  /// The number of all rows that errored.
  public private(set) var errorCount: Int
  /// The outcomes of the rows, from the first that is not `scored` on; empty as long
  /// as every row is, so that mostly nothing is written for each row.
  private var marks: [Outcome] = []

  /// Rows that all have a score.
  ///
  /// - Parameter scores: No NaN.
  public init(scores: [Double]) {
    self.scores = scores
    errors = []
    errorCount = 0
  }

  /// Rows of which some have no score.
  ///
  /// - Parameters:
  ///   - scores: NaN where the outcome is not `scored`.
  ///   - outcomes: `scored`, `unscored` or `errored`, for each row.
  ///   - errors: The first errors, by row.
  ///   - errorCount: How many rows errored.
  public init(scores: [Double], outcomes: [Outcome], errors: [RowError], errorCount: Int) {
    precondition(scores.count == outcomes.count)
    self.scores = scores
    self.errors = errors
    self.errorCount = errorCount
    marks = outcomes
  }

  /// `scored`, `unscored` or `errored`, for each row.
  ///
  /// - Complexity: O(*n*); ask ``outcome(of:)`` for single rows.
  public var outcomes: [Outcome] {
    marks.isEmpty ? [Outcome](repeating: .scored, count: scores.count) : marks
  }

  /// `scored`, `unscored` or `errored`.
  public func outcome(of row: Int) -> Outcome { marks.isEmpty ? .scored : marks[row] }

  /// Whether every row is known to have a score; where not, some may lack one.
  public var isWhole: Bool { marks.isEmpty }

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
  /// Takes a row's score away.
  mutating func leaveOut(_ row: Int) { mark(row, .unscored) }

  /// Takes a row's score away because of an error.
  mutating func fail(_ row: Int, firstRow: Int, _ message: String) {
    mark(row, .errored)
    errorCount += 1
    guard errors.count < Self.errorLimit else { return }
    errors.append(RowError(row: firstRow + row, message: message))
  }

  private mutating func mark(_ row: Int, _ outcome: Outcome) {
    if marks.isEmpty { marks = outcomes }
    marks[row] = outcome
    scores[row] = .nan
  }

  /// Turns scores outside the declared range into errors.
  ///
  /// A part in 10⁹ of the range is forgiven, for what was only rounded.
  mutating func enforce(range: MetricRange, firstRow: Int) {
    guard range.lower != nil || range.upper != nil else { return }
    let slack = 1e-9 * max(1, abs(range.lower ?? 0), abs(range.upper ?? 0))
    let lower = (range.lower ?? -.infinity) - slack
    let upper = (range.upper ?? .infinity) + slack
    guard scores.span.holdsAny(where: { ($0 .< lower) .| ($0 .> upper) }) else { return }
    for row in scores.indices where scores[row] < lower || scores[row] > upper {
      let score = scores[row]
      fail(
        row, firstRow: firstRow,
        "the score \(score) lies outside the declared range \(range.text)")
    }
    errors.sort { $0.row < $1.row }
  }
}

extension Span<Double> {
  /// Whether a test holds for any of the values, without a branch for each.
  ///
  /// - Parameter test: Of four values at once; which four is not said.
  @inline(__always)
  func holdsAny(where test: (SIMD4<Double>) -> SIMDMask<SIMD4<Int64>>) -> Bool {
    let whole = count & ~15
    var hits = SIMDMask<SIMD4<Int64>>(repeating: false)
    // Safety: doubles have no bytes that are not set.
    let bytes = unsafe self.bytes
    for start in stride(from: 0, to: whole, by: 16) {
      var found = hits
      for place in 0..<4 {
        // Safety: sixteen values from `start` on lie before `whole`.
        let four = unsafe bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: (start + 4 * place) * 8, as: SIMD4<Double>.self)
        found .|= test(four)
      }
      hits = found
    }
    for index in whole..<count { hits .|= test(SIMD4(repeating: self[index])) }
    return any(hits)
  }
}

extension MetricRange {
  fileprivate var text: String {
    "\(lower.map { "\($0)" } ?? "-∞") to \(upper.map { "\($0)" } ?? "∞")"
  }
}
