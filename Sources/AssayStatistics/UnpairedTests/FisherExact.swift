/// Fisher's exact test of whether two independent rates are the same, given how many
/// successes both have together (Fisher 1935).
///
/// Two-sided, it adds the probabilities of all tables that are not likelier than the observed
/// one, as scipy's `fisher_exact` and R's `fisher.test` do; tables whose probabilities differ
/// by less than 1e-7 of their size count as equally likely.
///
/// - Returns: The statistic is the difference of the rates, first less second.
/// - Complexity: O(√*n*), as tails end where they no longer count.
public func fisherExactTest(_ first: Proportion, _ second: Proportion) -> TestResult {
  let tables = Hypergeometric(
    drawn: first.trials, others: second.trials, successes: first.successes + second.successes)
  return TestResult(
    statistic: first.rate - second.rate, pValue: tables.twoSided(first.successes),
    method: "fisher_exact")
}

/// How many of the successes of two groups are in the first, where all are dealt at random.
private struct Hypergeometric {
  let drawn: Int
  let others: Int
  let successes: Int

  private var support: ClosedRange<Int> { max(0, successes - others)...min(drawn, successes) }
  private var share: Double { Double(successes) / Double(drawn + others) }

  /// From three binomial probabilities, which keeps every digit (Loader 2000).
  private func density(_ k: Int) -> Double {
    guard support.contains(k) else { return 0 }
    if share == 0 || share == 1 { return 1 }
    return binomialProbability(Double(k), of: Double(drawn), probability: share)
      * binomialProbability(Double(successes - k), of: Double(others), probability: share)
      / binomialProbability(Double(successes), of: Double(drawn + others), probability: share)
  }

  func twoSided(_ observed: Int) -> Double {
    let limit = density(observed) * (1 + 1e-7)
    let mode = min(
      max(Int(Double(drawn + 1) * Double(successes + 1) / Double(drawn + others + 2)), support.lowerBound),
      support.upperBound)
    if density(mode) <= limit { return 1 }
    return min(1, tail(below: mode, limit) + tail(above: mode, limit))
  }

  /// The probabilities rise up to the mode, so that those under the limit are its far end.
  private func tail(below mode: Int, _ limit: Double) -> Double {
    var (low, high) = (support.lowerBound - 1, mode)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if density(middle) <= limit { low = middle } else { high = middle }
    }
    return sum(stride(from: low, through: support.lowerBound, by: -1))
  }

  private func tail(above mode: Int, _ limit: Double) -> Double {
    var (low, high) = (mode, support.upperBound + 1)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if density(middle) <= limit { high = middle } else { low = middle }
    }
    return sum(stride(from: high, through: support.upperBound, by: 1))
  }

  /// The sum of probabilities that fall, up to the first that no longer counts.
  private func sum(_ outcomes: StrideThrough<Int>) -> Double {
    var total = 0.0
    for outcome in outcomes {
      let term = density(outcome)
      total += term
      if term < total * 1e-18 { break }
    }
    return total
  }
}
