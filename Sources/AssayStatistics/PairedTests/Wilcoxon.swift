/// What the signed-rank test does with differences of 0.
public enum ZeroDifferences: String, Sendable, Hashable, CaseIterable {
  /// They are dropped before ranking (Wilcoxon 1945), scipy's default.
  case wilcox
  /// They are ranked, and their ranks dropped (Pratt 1959).
  case pratt
  /// They are ranked, and half of their ranks goes to either side.
  case zsplit
}

/// Where the p-value of the signed-rank test comes from.
public enum RankTestMethod: String, Sendable, Hashable, CaseIterable {
  /// Exact up to 50 differences without ties and zeros, as in scipy; else up to 13
  /// differences all sign patterns; else the normal distribution.
  case automatic
  /// The distribution without ties. With ties a sum of ranks that is not whole is
  /// rounded to the side of the larger p-value, as in scipy.
  case exact
  /// The normal distribution with the correction for ties.
  case normal
}

/// Wilcoxon's signed-rank test of whether paired differences are symmetric about 0,
/// as scipy's `wilcoxon`.
///
/// - Parameters:
///   - differences: First less second, of each item.
///   - continuityCorrection: For the normal distribution: the distance of the rank
///     sum from its mean is taken half a rank shorter. scipy's default for `normal` is
///     without.
/// - Returns: The statistic is the smaller rank sum when two-sided, else the rank sum
///   of the positive differences. Where all differences are 0, p is 1.
/// - Throws: `too-few-values` without values, `not-finite`.
/// - Complexity: O(*n* log *n*), exact O(*n*³) up to 1,000 differences and not
///   beyond, where the normal distribution is taken.
public func wilcoxonSignedRankTest(
  _ differences: [Double], zeros: ZeroDifferences = .wilcox, method: RankTestMethod = .automatic,
  continuityCorrection: Bool = false, alternative: Alternative = .twoSided
) throws(Undefined) -> TestResult {
  try Check.finite(differences, "differences")
  try Check.enough(differences.count, atLeast: 1, "differences")
  let ranked = SignedRanks(differences, zeros: zeros)
  let statistic = alternative == .twoSided ? min(ranked.positive, ranked.negative) : ranked.positive
  guard ranked.hasDifference else {
    return TestResult(statistic: statistic, pValue: 1, method: "exact")
  }
  let isPlain = ranked.ties.isEmpty && !differences.contains(0)
  let isExact = switch method {
  case .automatic: isPlain && ranked.count <= 50
  case .exact: ranked.count <= 1000
  case .normal: false
  }
  if isExact {
    return TestResult(
      statistic: statistic, pValue: ranked.exactPValue(alternative), method: "exact")
  }
  if method == .automatic, differences.count <= 13 {
    return TestResult(
      statistic: statistic, pValue: ranked.permutationPValue(alternative), method: "permutation")
  }
  return TestResult(
    statistic: statistic,
    pValue: ranked.normalPValue(alternative, continuityCorrection: continuityCorrection),
    method: "normal")
}

/// The signed ranks of differences.
private struct SignedRanks {
  var positive = 0.0
  var negative = 0.0
  /// How many are ranked.
  var count = 0
  /// Of sizes that are not 0 by Pratt's way, of all by the others.
  var ties: [Int] = []
  var hasDifference = false
  private var zeroCount = 0
  private var zeros: ZeroDifferences
  /// The ranks that take a sign.
  private var signed: [Double] = []
  /// What either side has whatever the signs.
  private var shared = 0.0

  init(_ differences: [Double], zeros: ZeroDifferences) {
    self.zeros = zeros
    let kept = zeros == .wilcox ? differences.filter { $0 != 0 } : differences
    let (ranks, ties) = midranks(kept.map(abs))
    count = kept.count
    zeroCount = kept.count { $0 == 0 }
    hasDifference = kept.contains { $0 != 0 }
    // Zeros are the smallest, so where they tie their tie comes first.
    self.ties = zeros == .pratt && zeroCount > 1 ? Array(ties.dropFirst()) : ties
    for (difference, rank) in zip(kept, ranks) {
      if difference > 0 { positive += rank }
      if difference < 0 { negative += rank }
      if difference != 0 { signed.append(rank) }
    }
    if zeros == .zsplit { shared = Double(zeroCount * (zeroCount + 1)) / 4 }
    positive += shared
    negative += shared
  }

  func exactPValue(_ alternative: Alternative) -> Double {
    let flips = RankSumDistribution(count: count)
    let less = flips.lowerTail(Int(positive.rounded(.up)))
    let greater = flips.upperTail(Int(positive.rounded(.down)))
    return alternative == .less ? less : alternative == .greater ? greater : 2 * min(less, greater)
  }

  /// Over all signs of the ranks that there are.
  func permutationPValue(_ alternative: Alternative) -> Double {
    let flips = SignFlips(sizes: signed)
    let difference = positive - negative
    let greater = flips.exactUpperTail(difference) ?? 1
    let less = flips.exactUpperTail(-difference) ?? 1
    return alternative == .less ? less : alternative == .greater ? greater : 2 * min(less, greater)
  }

  func normalPValue(_ alternative: Alternative, continuityCorrection: Bool) -> Double {
    let n = Double(count)
    let z = zeros == .pratt ? Double(zeroCount) : 0
    let mean = (n * (n + 1) - z * (z + 1)) / 4
    let tied = ties.reduce(0.0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
    let square = (n * (n + 1) * (2 * n + 1) - z * (z + 1) * (2 * z + 1) - tied / 2) / 24
    let distance = positive - mean
    guard square > 0 else { return 1 }
    let side: Double = switch alternative {
    case .greater: 1
    case .less: -1
    case .twoSided: distance > 0 ? 1 : distance < 0 ? -1 : 0
    }
    let score = (distance - (continuityCorrection ? side / 2 : 0)) / square.squareRoot()
    return switch alternative {
    case .greater: NormalDistribution.cumulative(-score)
    case .less: NormalDistribution.cumulative(score)
    case .twoSided: 2 * NormalDistribution.cumulative(-abs(score))
    }
  }
}

/// The distribution of the sum of those of the ranks 1 to n that take a plus.
private struct RankSumDistribution {
  private let chances: [Double]

  init(count: Int) {
    let total = count * (count + 1) / 2
    var chances = [Double](repeating: 0, count: total + 1)
    chances[0] = 1
    var reach = 0
    for rank in stride(from: 1, through: count, by: 1) {
      reach += rank
      for sum in stride(from: reach, through: 0, by: -1) {
        chances[sum] = 0.5 * (chances[sum] + (sum >= rank ? chances[sum - rank] : 0))
      }
    }
    self.chances = chances
  }

  func lowerTail(_ sum: Int) -> Double {
    chances[..<min(chances.count, max(0, sum + 1))].reduce(0, +)
  }

  func upperTail(_ sum: Int) -> Double {
    chances[max(0, min(chances.count, sum))...].reduce(0, +)
  }
}
