/// How p-values of several tests are raised to make up for their number.
public enum MultiplicityCorrection: String, Sendable, Hashable, CaseIterable {
  /// Any false rejection has a probability of at most alpha, whatever the dependence.
  case bonferroni
  /// As Bonferroni, and never weaker (Holm 1979).
  case holm
  /// The expected share of false rejections is at most alpha for independent or
  /// positively dependent tests (Benjamini and Hochberg 1995).
  case benjaminiHochberg = "benjamini-hochberg"
  /// The same whatever the dependence (Benjamini and Yekutieli 2001).
  case benjaminiYekutieli = "benjamini-yekutieli"
}

/// The p-values after a correction, in their order; a test is rejected where its
/// value is at most alpha.
///
/// - Returns: None for none.
/// - Throws: `invalid-argument` for what is not a p-value; leave tests without a
///   p-value out.
/// - Complexity: O(*n* log *n*).
public func adjustedPValues(
  _ pValues: [Double], _ correction: MultiplicityCorrection
) throws(Undefined) -> [Double] {
  for value in pValues { try Check.rate(value, "a p-value") }
  let count = Double(pValues.count)
  let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
  var adjusted = pValues
  switch correction {
  case .bonferroni:
    for index in pValues.indices { adjusted[index] = min(1, count * pValues[index]) }
  case .holm:
    var least = 0.0
    for (place, index) in order.enumerated() {
      least = max(least, min(1, (count - Double(place)) * pValues[index]))
      adjusted[index] = least
    }
  case .benjaminiHochberg, .benjaminiYekutieli:
    let scale = correction == .benjaminiYekutieli
      ? (1...max(1, pValues.count)).reduce(0.0) { $0 + 1 / Double($1) } : 1
    var most = 1.0
    for (place, index) in order.enumerated().reversed() {
      most = min(most, count / Double(place + 1) * scale * pValues[index])
      adjusted[index] = most
    }
  }
  return adjusted
}
