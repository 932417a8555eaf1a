import AssayCore
import AssayStatistics

/// What is known of the scores of rows.
///
/// Mean and deviation come from compensated sums over chunks, merged in the tree's
/// order; the quantiles are exact and need every score: 8 bytes a row.
struct ScoreSummary: Sendable {
  private(set) var count = 0
  private var sum = CompensatedSum()
  /// The sum of the squared differences to the mean.
  private var squares = 0.0
  private(set) var minimum = Double.infinity
  private(set) var maximum = -Double.infinity
  /// The scores, in the order of the rows; a piece a chunk.
  private var pieces: [[Double]] = []
  /// What is known by cluster, where rows come in clusters.
  private(set) var clusters: ClusterSums?

  init() {}

  init(_ scores: [Double], clusters: ClusterSums? = nil) {
    self.clusters = clusters
    guard !scores.isEmpty else { return }
    count = scores.count
    pieces = [scores]
    sum = CompensatedSum(of: scores)
    (minimum, maximum) = extremes(of: scores)
    let mean = sum.value / Double(count)
    squares = CompensatedSum(of: scores) { ($0 - mean) * ($0 - mean) }.value
  }

  /// Adds later rows (Chan, Golub and LeVeque 1983).
  mutating func merge(_ other: ScoreSummary) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let difference = other.mean - mean
    let weight = Double(count) * Double(other.count) / Double(count + other.count)
    squares += other.squares + difference * difference * weight
    sum.add(other.sum)
    count += other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    pieces.append(contentsOf: other.pieces)
    if let theirs = other.clusters { clusters?.merge(theirs) }
  }

  /// NaN without rows.
  var mean: Double { count > 0 ? sum.value / Double(count) : .nan }

  /// With n - 1 in the denominator; nil under two rows.
  var standardDeviation: Double? {
    count > 1 ? (squares / Double(count - 1)).squareRoot() : nil
  }

  /// The scores, a piece a chunk, in the order of the rows.
  var chunks: [[Double]] { pieces }

  /// All scores, in the order of the rows.
  var scores: [Double] { Array(pieces.joined()) }
}

/// The smallest and the largest of numbers, none of which is NaN.
private func extremes(of values: [Double]) -> (Double, Double) {
  var low = SIMD8<Double>(repeating: .infinity)
  var high = SIMD8<Double>(repeating: -.infinity)
  values.forEachEight { eight in
    low = pointwiseMin(low, eight)
    high = pointwiseMax(high, eight)
  } rest: { value in
    low[0] = min(low[0], value)
    high[0] = max(high[0], value)
  }
  return (low.min(), high.max())
}
