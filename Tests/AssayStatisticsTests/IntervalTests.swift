import AssayStatistics
import Testing

@Suite struct `Intervals` {
  @Test(arguments: Reference.wilson)
  func `of rates are scipy's Wilson intervals`(
    successes: Double, trials: Double, level: Double, low: Double, high: Double
  ) throws {
    let bounds = try #require(
      wilsonInterval(successes: successes, trials: trials, level: level))
    #expect(abs(bounds.low - low) <= 1e-15 + 1e-13 * low)
    #expect(abs(bounds.high - high) <= 1e-15 + 1e-13 * high)
  }

  @Test func `of rates reach exactly 0 and 1`() {
    #expect(wilsonInterval(successes: 0, trials: 7, level: 0.95)?.low == 0)
    #expect(wilsonInterval(successes: 7, trials: 7, level: 0.95)?.high == 1)
  }

  @Test(arguments: [(0.0, 0.0), (3, 2), (-1, 2), (.nan, 2), (1, .infinity)])
  func `of what is no rate do not exist`(successes: Double, trials: Double) {
    #expect(wilsonInterval(successes: successes, trials: trials, level: 0.95) == nil)
  }

  @Test(arguments: Reference.means)
  func `of means are scipy's t intervals`(
    mean: Double, deviation: Double, count: Int, level: Double, low: Double, high: Double
  ) throws {
    let bounds = try #require(
      meanInterval(mean: mean, standardDeviation: deviation, count: count, level: level))
    #expect(agrees(bounds.low, low, within: 1e-12) && agrees(bounds.high, high, within: 1e-12))
    #expect(meanInterval(mean: mean, standardDeviation: 0, count: 1, level: level) == nil)
  }

  @Test(arguments: Reference.clustered)
  func `of means of clusters are statsmodels' intervals`(
    level: Double, error: Double, low: Double, high: Double
  ) throws {
    let mean = Reference.sample.reduce(0, +) / Double(Reference.sample.count)
    var deviations = [0.0, 0, 0]
    for (value, cluster) in zip(Reference.sample, Reference.sampleClusters) { deviations[cluster] += value - mean }
    let count = Reference.sample.count
    let found = try #require(
      clusteredMeanInterval(mean: mean, deviations: deviations, count: count, level: level))
    #expect(agrees(found.standardError, error, within: 1e-12))
    #expect(agrees(found.bounds.low, low, within: 1e-12) && agrees(found.bounds.high, high, within: 1e-12))
    #expect(clusteredMeanInterval(mean: mean, deviations: [0], count: count, level: level) == nil)
    #expect(clusteredMeanInterval(mean: .nan, deviations: deviations, count: count, level: level) == nil)
  }

  @Test func `of a standard error reach z errors to either side`() throws {
    let bounds = try #require(normalInterval(value: 0.9, standardError: 0.01, level: 0.95))
    #expect(agrees(bounds.low, 0.9 - 0.01959963984540054, within: 1e-14))
    #expect(agrees(bounds.high, 0.9 + 0.01959963984540054, within: 1e-14))
    #expect(normalInterval(value: 0.9, standardError: .nan, level: 0.95) == nil)
    #expect(normalInterval(value: 0.9, standardError: -1, level: 0.95) == nil)
  }

  @Test(arguments: Reference.quantiles)
  func `take quantiles as numpy does`(p: Double, value: Double) {
    #expect(agrees(quantile(p, ofSorted: Reference.values), value, within: 1e-15))
  }

  @Test func `of replicates are their percentiles, in any order of them`() throws {
    func interval(_ values: [Double], level: Double = 0.95) throws(Undefined) -> Bounds {
      try BootstrapReplicates(values: values).percentileInterval(level: level)
    }
    let bounds = try interval(Reference.values.reversed())
    #expect(bounds.low == quantile(0.025000000000000022, ofSorted: Reference.values))
    #expect(bounds.high == quantile(0.975, ofSorted: Reference.values))
    #expect(throws: Undefined.self) { try interval([]) }
    #expect(try interval([2]) == Bounds(low: 2, high: 2))
  }

  @Test func `of infinite replicates are not NaN`() throws {
    let bounds = try BootstrapReplicates(values: [.infinity, .infinity, .infinity]).percentileInterval(level: 0.9)
    #expect(bounds == Bounds(low: .infinity, high: .infinity))
  }

  /// Five clusters of one win and two ties each: sums that differ by rounding alone.
  @Test func `of clusters that add the same have no error`() throws {
    let values = (0..<15).map { $0 % 3 == 0 ? 1.0 : 0 }
    let clusters = Clusters((0..<15).map { $0 / 3 })
    #expect(try clusteredMean(values, clusters: clusters).estimate.standardError == 0)
    #expect(throws: Undefined.self) { try clusteredTTest(values, clusters: clusters, correction: .few) }
    let third = 1.0 / 3
    let deviations = [Double](repeating: 1 - 3 * third + 1e-16, count: 5)
    let found = try #require(clusteredMeanInterval(mean: third, deviations: deviations, count: 15, level: 0.95))
    #expect(found.standardError == 0)
  }

  @Test(arguments: Reference.ranks)
  func `of quantiles are the binomial's ranks`(
    count: Int, p: Double, level: Double, low: Int, high: Int
  ) {
    let ranks = quantileRankInterval(p: p, count: count, level: level)
    #expect(ranks?.low ?? -1 == low && ranks?.high ?? -1 == high, "\(String(describing: ranks))")
  }
}

@Suite struct `Planning` {
  @Test(arguments: [
    // Half as wide needs four times the rows: three times as many on top.
    (100, 0.90, 0.85, Bounds(low: 0.80, high: 0.95), 300),
    (100, 0.80, 0.85, Bounds(low: 0.75, high: 0.90), 300),
    (100, 0.80, 0.85, Bounds(low: 0.75, high: 0.84), nil),
    (455, 0.9946, 0.99, Bounds(low: 0.98, high: 0.999), 4200),
    (100, 0.85, 0.85, Bounds(low: 0.80, high: 0.90), nil),
    (0, 0.85, 0.80, Bounds(low: 0.70, high: 0.90), nil),
    (100, 0.9, 0.9 - 1e-12, Bounds(low: 0.8, high: 0.95), nil),
  ])
  func `says how many more rows settle a threshold`(
    rows: Int, estimate: Double, threshold: Double, interval: Bounds, expected: Int?
  ) {
    #expect(
      additionalRows(rows: rows, estimate: estimate, threshold: threshold, interval: interval)
        == expected)
  }
}
