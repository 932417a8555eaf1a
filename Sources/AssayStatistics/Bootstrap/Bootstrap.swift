/// How often each unit counts in a bootstrap replicate.
public enum ResamplingScheme: String, Sendable, Hashable, CaseIterable {
  /// As many units as there are, drawn with replacement (Efron 1979).
  case multinomial
  /// A Poisson(1) count for each unit, a pure function of seed, replicate and unit
  /// (Hanley and MacGibbon 2006): `assay_resample_weight` of `assay/resample.h`.
  case poisson
}

/// Draws bootstrap replicates of a statistic.
///
/// A replicate is a count for each row: how often the row is in it. Rows of one
/// cluster are drawn together. What a replicate draws depends on seed and number
/// alone, so that replicates may be computed in any order and on any threads: ask
/// for a part of them by `numbers` and join the parts.
public struct Bootstrap: Sendable, Hashable {
  public var seed: UInt64
  public var scheme: ResamplingScheme

  public init(seed: UInt64 = 0, scheme: ResamplingScheme = .multinomial) {
    self.seed = seed
    self.scheme = scheme
  }

  /// The values of a statistic in replicates.
  ///
  /// - Parameters:
  ///   - numbers: Of the replicates; from 0.
  ///   - rows: How many rows there are.
  ///   - clusters: Which rows are drawn together; all rows on their own without it.
  ///   - statistic: Takes a count for each row and gives a value, or nil where it is
  ///     undefined; NaN counts as undefined too.
  /// - Throws: `too-few-values` without rows, `lengths-differ`, `invalid-argument`.
  /// - Complexity: O(*replicates* · *rows*) and as many calls as replicates.
  public func replicates(
    _ numbers: Range<Int>, rows: Int, clusters: Clusters? = nil,
    statistic: (Span<UInt32>) -> Double?
  ) throws(Undefined) -> BootstrapReplicates {
    try Check.count(numbers.lowerBound, "the number of a replicate")
    try Check.enough(rows, atLeast: 1, "rows")
    if let clusters { try Check.parallel(rows, clusters.ids.count, "rows and clusters") }
    var result = BootstrapReplicates()
    var units = [UInt32](repeating: 0, count: clusters?.count ?? rows)
    var counts = [UInt32](repeating: 0, count: clusters == nil ? 0 : rows)
    for number in numbers {
      draw(number, into: &units)
      guard let clusters else {
        result.append(statistic(units.span))
        continue
      }
      for row in 0..<rows { counts[row] = units[clusters.ids[row]] }
      result.append(statistic(counts.span))
    }
    return result
  }

  /// The counts of the units in one replicate.
  func draw(_ number: Int, into units: inout [UInt32]) {
    switch scheme {
    case .multinomial:
      for unit in units.indices { units[unit] = 0 }
      var generator = SeededGenerator(seed: seed, stream: UInt64(number))
      for _ in units.indices { units[generator.index(below: units.count)] += 1 }
    case .poisson:
      let stream = SeededGenerator.mixed(SeededGenerator.mixed(seed) ^ UInt64(number))
      for unit in units.indices { units[unit] = Self.poissonCount(stream, UInt64(unit)) }
    }
  }

  /// A Poisson(1) count from the upper half of a hash, which is compared with the
  /// distribution function times 2^32.
  static func poissonCount(_ stream: UInt64, _ unit: UInt64) -> UInt32 {
    let hash = UInt32(truncatingIfNeeded: SeededGenerator.mixed(stream ^ unit) >> 32)
    guard hash >= 1_580_030_169 else { return 0 }
    guard hash >= 3_160_060_338 else { return 1 }
    guard hash >= 3_950_075_422 else { return 2 }
    return 3 + UInt32(rarePoisson.count { hash >= $0 })
  }

  private static let rarePoisson: [UInt32] = [
    4_213_413_784, 4_279_248_374, 4_292_415_292, 4_294_609_778, 4_294_923_277, 4_294_962_464,
    4_294_966_818, 4_294_967_253, 4_294_967_293,
  ]
}

/// The values of a statistic without each unit in turn (Quenouille 1949).
///
/// - Parameter clusters: Which rows are left out together; each on its own without it.
/// - Returns: A value a unit; nil where one of them is undefined.
/// - Complexity: O(*units* · *rows*) and as many calls as units.
public func jackknife(
  rows: Int, clusters: Clusters? = nil, statistic: (Span<UInt32>) -> Double?
) throws(Undefined) -> [Double]? {
  try Check.enough(rows, atLeast: 2, "rows")
  if let clusters { try Check.parallel(rows, clusters.ids.count, "rows and clusters") }
  let clusters = clusters ?? Clusters(rows: rows)
  try Check.enough(clusters.count, atLeast: 2, "clusters")
  var members = [[Int]](repeating: [], count: clusters.count)
  for (row, cluster) in clusters.ids.enumerated() { members[cluster].append(row) }
  var counts = [UInt32](repeating: 1, count: rows)
  var values: [Double] = []
  for cluster in members {
    for row in cluster { counts[row] = 0 }
    guard let value = statistic(counts.span), value.isFinite else { return nil }
    values.append(value)
    for row in cluster { counts[row] = 1 }
  }
  return values
}
