/// The areas under the ROC curves of scores for the same rows, and their covariance
/// (DeLong, DeLong and Clarke-Pearson 1988, in O(*n* log *n*) as Sun and Xu 2014).
public struct ROCAreas: Sendable, Hashable {
  /// From 0 to 1, one a list of scores; ties count a half.
  public let areas: [Double]
  /// Of the areas.
  public let covariance: [[Double]]
  public let positives: Int
  public let negatives: Int

  /// - Parameters:
  ///   - labels: Which rows are positive.
  ///   - scores: Lists parallel to the labels; higher speaks for positive.
  /// - Throws: `lengths-differ`, `not-finite`, `too-few-values` under two positive or
  ///   two negative rows.
  /// - Complexity: O(*k* · *n* log *n* + *k*² · *n*) for *k* lists.
  public init(labels: [Bool], scores: [[Double]]) throws(Undefined) {
    let positives = labels.count { $0 }
    let negatives = labels.count - positives
    try Check.enough(positives, atLeast: 2, "positive rows")
    try Check.enough(negatives, atLeast: 2, "negative rows")
    var placements: [Placements] = []
    for list in scores {
      try Check.parallel(labels.count, list.count, "labels and scores")
      try Check.finite(list, "scores")
      placements.append(Placements(labels: labels, scores: list, positives, negatives))
    }
    areas = placements.map { compensatedSum($0.ofPositives) / Double(positives) }
    self.positives = positives
    self.negatives = negatives
    covariance = placements.map { a in
      placements.map { b in
        Self.covariance(a.ofPositives, b.ofPositives) / Double(positives)
          + Self.covariance(a.ofNegatives, b.ofNegatives) / Double(negatives)
      }
    }
  }

  private static func covariance(_ a: [Double], _ b: [Double]) -> Double {
    let meanA = compensatedSum(a) / Double(a.count)
    let meanB = compensatedSum(b) / Double(b.count)
    return compensatedSum(zip(a, b).lazy.map { ($0 - meanA) * ($1 - meanB) }) / Double(a.count - 1)
  }

  /// One area with DeLong's error and the normal interval, cut at 0 and 1.
  ///
  /// - Parameter index: Of a list of scores.
  /// - Throws: `invalid-argument`.
  public func estimate(_ index: Int, level: Double = 0.95) throws(Undefined) -> Estimate {
    try Check.level(level)
    try require(index)
    let error = max(0, covariance[index][index]).squareRoot()
    let half = NormalDistribution.reach(level: level) * error
    let area = areas[index]
    return Estimate(
      value: area, standardError: error,
      interval: Bounds(low: max(0, area - half), high: min(1, area + half)), level: level)
  }

  /// DeLong's paired test of two areas: z of the difference, first less second.
  ///
  /// - Returns: For curves that agree row by row, and for two equal areas without
  ///   error, a difference of 0 without error and a p of 1.
  /// - Throws: `invalid-argument`; `no-variation` where the areas differ and neither
  ///   has an error.
  public func difference(
    _ first: Int, _ second: Int, alternative: Alternative = .twoSided, level: Double = 0.95
  ) throws(Undefined) -> DifferenceTest {
    try Check.level(level)
    try require(first)
    try require(second)
    let variance =
      covariance[first][first] + covariance[second][second] - 2 * covariance[first][second]
    // What remains of the subtraction of equal variances is rounding.
    let least = 1e-14 * (covariance[first][first] + covariance[second][second])
    return try DifferenceTest(
      difference: areas[first] - areas[second],
      standardError: variance > least ? variance.squareRoot() : 0,
      alternative: alternative, level: level, method: "delong")
  }

  private func require(_ index: Int) throws(Undefined) {
    guard areas.indices.contains(index) else {
      throw Undefined(.invalidArgument, "there is no list of scores \(index) of \(areas.count)")
    }
  }
}

/// Of each row, in the order of the rows of its class: the share of the other class
/// that it is on the right side of, ties as a half.
private struct Placements {
  var ofPositives: [Double]
  var ofNegatives: [Double]

  /// One pass over the sorted scores, a group of equal ones at a time.
  init(labels: [Bool], scores: [Double], _ positives: Int, _ negatives: Int) {
    let order = ascending(scores)
    var shares = [Double](repeating: 0, count: scores.count)
    var positivesBelow = 0
    var negativesBelow = 0
    var start = 0
    while start < order.count {
      var end = start
      var tied = 0
      while end < order.count, order[end].value == order[start].value {
        if labels[order[end].index] { tied += 1 }
        end += 1
      }
      let others = end - start - tied
      let under = (Double(negativesBelow) + Double(others) / 2) / Double(negatives)
      let over = (Double(positives - positivesBelow) - Double(tied) / 2) / Double(positives)
      for place in order[start..<end] { shares[place.index] = labels[place.index] ? under : over }
      positivesBelow += tied
      negativesBelow += others
      start = end
    }
    ofPositives = labels.indices.filter { labels[$0] }.map { shares[$0] }
    ofNegatives = labels.indices.filter { !labels[$0] }.map { shares[$0] }
  }
}

/// DeLong's test of two areas from independent rows, first less second, with
/// Satterthwaite's degrees of freedom as in pROC (Robin et al. 2011).
///
/// - Parameters: One list of scores each; the first is taken of several.
/// - Throws: `invalid-argument`, `no-variation` where neither area has an error and
///   they differ.
public func unpairedAreaTest(
  _ first: ROCAreas, _ second: ROCAreas, alternative: Alternative = .twoSided,
  level: Double = 0.95
) throws(Undefined) -> PairedTResult {
  try Check.level(level)
  let a = try first.estimate(0, level: level)
  let b = try second.estimate(0, level: level)
  let squareA = a.standardError * a.standardError
  let squareB = b.standardError * b.standardError
  let freedomA = Double(first.positives + first.negatives - 1)
  let freedomB = Double(second.positives + second.negatives - 1)
  let sum = squareA + squareB
  let freedom = sum * sum / (squareA * squareA / freedomA + squareB * squareB / freedomB)
  return try tTest(
    mean: a.value - b.value, standardError: sum.squareRoot(),
    degreesOfFreedom: sum > 0 ? freedom : freedomA + freedomB, alternative: alternative,
    level: level)
}
