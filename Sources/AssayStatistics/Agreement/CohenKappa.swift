/// How much near misses count in a weighted agreement.
public enum AgreementWeights: String, Sendable, Hashable, CaseIterable {
  /// Not at all.
  case none
  /// 1 - |i - j| / (q - 1) for categories i and j of q in their order.
  case linear
  /// 1 - (i - j)² / (q - 1)².
  case quadratic

  /// From 0 for the farthest categories to 1 for the same.
  func weight(_ i: Int, _ j: Int, of count: Int) -> Double {
    guard i != j else { return 1 }
    let distance = Double(abs(i - j)) / Double(count - 1)
    return switch self {
    case .none: 0
    case .linear: 1 - distance
    case .quadratic: 1 - distance * distance
    }
  }
}

/// Agreement beyond chance with its error.
public struct AgreementEstimate: Sendable, Hashable {
  /// At most 1; 0 at chance. The interval is cut at 1.
  public var estimate: Estimate
  /// The share of observed agreement, weighted.
  public var observed: Double
  /// The share of agreement expected by chance.
  public var expected: Double
}

/// Cohen's kappa of two raters, weighted or not (Cohen 1960, 1968), with the
/// standard error of Fleiss, Cohen and Everitt (1969) and the normal interval.
///
/// - Parameter table: How often the first rater said i and the second j, as rows;
///   square, in the order of the categories.
/// - Throws: `invalid-argument` for a table that is not square or a count under 0,
///   `too-few-values` without ratings, `one-category` where both raters said one and
///   the same thing throughout, so that chance explains everything.
/// - Complexity: O(*q*²).
public func cohenKappa(
  _ table: [[Double]], weights: AgreementWeights = .none, level: Double = 0.95
) throws(Undefined) -> AgreementEstimate {
  try Check.level(level)
  let shares = try RatingShares(table, weights: weights)
  let observed = shares.sum { shares.joint[$0][$1] * shares.weights[$0][$1] }
  let expected = shares.sum { shares.first[$0] * shares.second[$1] * shares.weights[$0][$1] }
  guard expected < 1 - 1e-12 else {
    throw Undefined(.oneCategory, "both raters used one category only")
  }
  let kappa = (observed - expected) / (1 - expected)
  // The mean weight of a rater's category against the other rater.
  let rowMeans = shares.indices.map { i in
    shares.indices.reduce(0.0) { $0 + shares.weights[i][$1] * shares.second[$1] }
  }
  let columnMeans = shares.indices.map { j in
    shares.indices.reduce(0.0) { $0 + shares.weights[$1][j] * shares.first[$1] }
  }
  let spread = shares.sum { i, j in
    let term = shares.weights[i][j] - (rowMeans[i] + columnMeans[j]) * (1 - kappa)
    return shares.joint[i][j] * term * term
  }
  let centre = kappa - expected * (1 - kappa)
  let variance = max(0, spread - centre * centre) / ((1 - expected) * (1 - expected) * shares.count)
  let error = variance.squareRoot()
  let half = NormalDistribution.reach(level: level) * error
  return AgreementEstimate(
    estimate: Estimate(
      value: kappa, standardError: error,
      interval: Bounds(low: kappa - half, high: min(1, kappa + half)), level: level),
    observed: observed, expected: expected)
}

/// A table of two raters as shares.
private struct RatingShares {
  let count: Double
  let joint: [[Double]]
  let first: [Double]
  let second: [Double]
  let weights: [[Double]]
  var indices: Range<Int> { joint.indices }

  init(_ table: [[Double]], weights: AgreementWeights) throws(Undefined) {
    for row in table {
      try Check.parallel(table.count, row.count, "the rows and the columns of the table")
      try Check.finite(row, "counts")
      guard row.allSatisfy({ $0 >= 0 }) else {
        throw Undefined(.invalidArgument, "a count of ratings is under 0")
      }
    }
    let count = table.reduce(0) { $0 + $1.reduce(0, +) }
    guard count > 0, count.isFinite else { throw Undefined(.tooFewValues, "there are no ratings") }
    let joint = table.map { row in row.map { $0 / count } }
    self.count = count
    self.joint = joint
    first = joint.map { $0.reduce(0, +) }
    second = joint.indices.map { column in joint.reduce(0) { $0 + $1[column] } }
    self.weights = joint.indices.map { i in
      joint.indices.map { weights.weight(i, $0, of: joint.count) }
    }
  }

  func sum(_ term: (Int, Int) -> Double) -> Double {
    indices.reduce(0) { total, i in indices.reduce(total) { $0 + term(i, $1) } }
  }
}
