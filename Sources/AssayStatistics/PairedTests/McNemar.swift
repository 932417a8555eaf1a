import Glibc

/// How McNemar's test comes to its p-value.
public enum McNemarMethod: String, Sendable, Hashable, CaseIterable {
  /// The binomial distribution of the discordant pairs; never rejects too often.
  case exact
  /// The exact p-value less half the probability of what was observed (Lancaster
  /// 1961; Fagerland, Lydersen and Laake 2013, who recommend it).
  case midP = "mid-p"
  /// Chi-squared with Edwards's correction, (|b - c| - 1)² / (b + c) (Edwards 1948);
  /// what R's `mcnemar.test` does.
  case edwards
  /// Chi-squared with Yates's correction of a half.
  case yates
  /// Chi-squared, (b - c)² / (b + c) (McNemar 1947).
  case uncorrected
}

/// McNemar's test of whether two yes-or-no results of the same items have the same
/// rate; two-sided.
///
/// - Returns: The statistic is chi-squared with one degree of freedom, or for
///   ``McNemarMethod/exact`` and ``McNemarMethod/midP`` the smaller of the two
///   discordant counts, as in statsmodels. Without discordant pairs nothing speaks
///   against equal rates: p is 1.
/// - Complexity: O(√*discordant*).
public func mcNemarTest(_ pairs: PairedCounts, method: McNemarMethod = .exact) -> TestResult {
  let smaller = min(pairs.onlyFirst, pairs.onlySecond)
  let difference = Double(abs(pairs.onlyFirst - pairs.onlySecond))
  let binomial = Binomial(trials: pairs.discordant, probability: 0.5)
  func chiSquared(correction: Double) -> TestResult {
    let distance = max(0, difference - correction)
    let statistic = pairs.discordant > 0 ? distance * distance / Double(pairs.discordant) : 0
    return TestResult(
      statistic: statistic, pValue: erfc((statistic / 2).squareRoot()), method: method.rawValue)
  }
  switch method {
  case .exact, .midP:
    let half = method == .midP ? binomial.density(smaller) / 2 : 0
    let isEven = pairs.onlyFirst == pairs.onlySecond
    // With equal counts the two tails share the observed outcome.
    let pValue = pairs.discordant == 0
      ? 1 : isEven ? 1 - half : 2 * (binomial.lowerTail(smaller) - half)
    return TestResult(statistic: Double(smaller), pValue: pValue, method: method.rawValue)
  case .edwards: return chiSquared(correction: 1)
  case .yates: return chiSquared(correction: 0.5)
  case .uncorrected: return chiSquared(correction: 0)
  }
}
