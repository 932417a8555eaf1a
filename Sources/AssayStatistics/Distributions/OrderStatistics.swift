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
/// - Complexity: O(log *count*).
public func quantileRankInterval(p: Double, count: Int, level: Double) -> RankInterval? {
  guard count > 0, p > 0, p < 1 else { return nil }
  let binomial = Binomial(trials: count, probability: p)
  let tail = (1 - level) / 2
  // Rank l (from 1) serves below where P(B <= l - 1) <= tail, rank u above where P(B >= u) <= tail.
  let high = binomial.smallest(withUpperTailUpTo: tail)
  guard let low = binomial.largest(withLowerTailUpTo: tail), high <= count else { return nil }
  return RankInterval(low: low, high: high - 1)
}
