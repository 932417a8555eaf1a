/// The ranks of the two sorted values between which a quantile lies.
public struct RankInterval: Sendable, Hashable {
  /// From 0.
  public var low: Int
  public var high: Int
}

/// The distribution-free interval of a quantile from order statistics (Conover
/// 1999, section 3.2): how many of `count` values lie under the quantile is
/// binomial.
///
/// Each end leaves at most half of 1 - `level` outside, so the interval covers
/// at least `level`.
///
/// - Parameter p: Which quantile; 0.5 is the median.
/// - Returns: nil where there are too few values for the level.
/// - Complexity: O(√*count*).
public func quantileRankInterval(p: Double, count: Int, level: Double) -> RankInterval? {
  guard count > 0, p > 0, p < 1 else { return nil }
  let binomial = BinomialDistribution(trials: count, probability: p)
  let tail = (1 - level) / 2
  // Rank l (from 1) serves below where P(B <= l - 1) <= tail, rank u above where P(B >= u) <= tail.
  guard let low = binomial.largest(withCumulativeUpTo: tail),
    let high = binomial.smallest(withUpperTailUpTo: tail), high <= count
  else { return nil }
  return RankInterval(low: low, high: high - 1)
}

/// The binomial distribution, as the terms that matter around its mode.
struct BinomialDistribution {
  /// The first outcome whose term is kept.
  private var first: Int
  private var terms: [Double]

  /// The terms follow from the one at the mode by their ratios and are scaled to
  /// a sum of one; what is left out is under 1e-22 of the largest.
  init(trials: Int, probability p: Double) {
    let odds = p / (1 - p)
    let mode = min(trials, Int(Double(trials + 1) * p))
    var below: [Double] = []
    var term = 1.0
    var k = mode
    while k > 0, term > 1e-22 {
      term *= Double(k) / (Double(trials - k + 1) * odds)
      below.append(term)
      k -= 1
    }
    first = k
    terms = below.reversed() + [1]
    term = 1
    k = mode
    while k < trials, term > 1e-22 {
      term *= Double(trials - k) * odds / Double(k + 1)
      terms.append(term)
      k += 1
    }
    let sum = terms.reduce(0, +)
    for index in terms.indices { terms[index] /= sum }
  }

  /// The largest outcome k with P(B <= k) at most `limit`; nil where there is none.
  func largest(withCumulativeUpTo limit: Double) -> Int? {
    var sum = 0.0
    var found = first > 0 ? first - 1 : nil
    for (offset, term) in terms.enumerated() {
      sum += term
      guard sum <= limit else { break }
      found = first + offset
    }
    return found
  }

  /// The smallest outcome k with P(B >= k) at most `limit`; may be one more than
  /// the trials.
  func smallest(withUpperTailUpTo limit: Double) -> Int? {
    var sum = 0.0
    var found = first + terms.count
    for (offset, term) in terms.enumerated().reversed() {
      sum += term
      guard sum <= limit else { break }
      found = first + offset
    }
    return found
  }
}
