import Glibc

/// The exact binomial test of a rate.
///
/// Two-sided, it adds the probabilities of all outcomes that are not likelier than
/// the observed one, as scipy's `binomtest` and R's `binom.test` do; outcomes whose
/// probabilities differ by less than 1e-7 of their size count as equally likely.
///
/// - Parameter probability: Of a success under the null hypothesis, from 0 to 1.
/// - Returns: The statistic is the rate.
/// - Throws: `invalid-argument`, `too-few-values` without trials.
/// - Complexity: O(√*trials*).
public func binomialTest(
  successes: Int, trials: Int, probability: Double = 0.5, alternative: Alternative = .twoSided
) throws(Undefined) -> TestResult {
  try Check.successes(successes, of: trials)
  try Check.rate(probability, "a probability")
  let binomial = Binomial(trials: trials, probability: probability)
  let pValue = switch alternative {
  case .less: binomial.lowerTail(successes)
  case .greater: binomial.upperTail(successes)
  case .twoSided: binomial.twoSided(successes)
  }
  return TestResult(
    statistic: Double(successes) / Double(trials), pValue: pValue, method: "exact binomial")
}

/// The binomial distribution by its tails.
struct Binomial {
  let trials: Int
  let probability: Double

  func density(_ k: Int) -> Double {
    binomialProbability(Double(k), of: Double(trials), probability: probability)
  }

  /// P(B <= k).
  func lowerTail(_ k: Int) -> Double {
    guard k >= 0 else { return 0 }
    guard k < trials else { return 1 }
    return regularizedBeta(
      1 - probability, complement: probability, a: Double(trials - k), b: Double(k + 1))
  }

  /// P(B >= k).
  func upperTail(_ k: Int) -> Double {
    guard k > 0 else { return 1 }
    guard k <= trials else { return 0 }
    return regularizedBeta(
      probability, complement: 1 - probability, a: Double(k), b: Double(trials - k + 1))
  }

  func twoSided(_ k: Int) -> Double {
    let limit = density(k) * (1 + 1e-7)
    let mean = probability * Double(trials)
    if Double(k) == mean { return 1 }
    if Double(k) < mean {
      let other = first(in: Int(mean.rounded(.up))...trials) { density($0) <= limit }
      return min(1, lowerTail(k) + upperTail(other ?? trials + 1))
    }
    // Below the mean the densities rise, so the last one that is not likelier is sought.
    let likelier = first(in: 0...Int(mean)) { density($0) > limit }
    return min(1, upperTail(k) + lowerTail((likelier ?? Int(mean) + 1) - 1))
  }

  /// The largest k with P(B <= k) at most `limit`; nil where there is none.
  func largest(withLowerTailUpTo limit: Double) -> Int? {
    let over = first(in: 0...trials) { lowerTail($0) > limit } ?? trials + 1
    return over > 0 ? over - 1 : nil
  }

  /// The smallest k with P(B >= k) at most `limit`; may be one more than the trials.
  func smallest(withUpperTailUpTo limit: Double) -> Int {
    first(in: 0...trials) { upperTail($0) <= limit } ?? trials + 1
  }

  /// The first number of a range for which a condition holds that holds for all
  /// later ones too, by bisection.
  private func first(in range: ClosedRange<Int>, where holds: (Int) -> Bool) -> Int? {
    var low = range.lowerBound
    var high = range.upperBound + 1
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low <= range.upperBound ? low : nil
  }
}
