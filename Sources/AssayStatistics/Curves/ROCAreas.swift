/// The areas under the ROC curves of scores for the same rows, and their covariance
/// (DeLong, DeLong and Clarke-Pearson 1988, by the midranks of Sun and Xu 2014).
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
    let positive = labels.indices.filter { labels[$0] }
    let negative = labels.indices.filter { !labels[$0] }
    try Check.enough(positive.count, atLeast: 2, "positive rows")
    try Check.enough(negative.count, atLeast: 2, "negative rows")
    var overPositive: [[Double]] = []
    var overNegative: [[Double]] = []
    var areas: [Double] = []
    for list in scores {
      try Check.parallel(labels.count, list.count, "labels and scores")
      try Check.finite(list, "scores")
      let all = midranks(list).ranks
      let within = midranks(positive.map { list[$0] }).ranks
      let without = midranks(negative.map { list[$0] }).ranks
      // How many of the other class each row is on the right side of, as a share.
      let placed = zip(positive, within).map { (all[$0] - $1) / Double(negative.count) }
      overPositive.append(placed)
      overNegative.append(
        zip(negative, without).map { 1 - (all[$0] - $1) / Double(positive.count) })
      areas.append(compensatedSum(placed) / Double(positive.count))
    }
    self.areas = areas
    positives = positive.count
    negatives = negative.count
    covariance = areas.indices.map { i in
      areas.indices.map { j in
        Self.covariance(overPositive[i], overPositive[j]) / Double(positive.count)
          + Self.covariance(overNegative[i], overNegative[j]) / Double(negative.count)
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
