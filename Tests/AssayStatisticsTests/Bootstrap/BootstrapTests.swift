import AssayStatistics
import Testing

/// The mean by counts.
private func mean(_ values: [Double], _ counts: Span<UInt32>) -> Double? {
  var sum = 0.0
  var weight = 0.0
  for row in counts.indices {
    sum += Double(counts[row]) * values[row]
    weight += Double(counts[row])
  }
  return weight > 0 ? sum / weight : nil
}

private func variance(_ values: [Double], _ counts: Span<UInt32>) -> Double? {
  guard let centre = mean(values, counts) else { return nil }
  return mean(values.map { ($0 - centre) * ($0 - centre) }, counts)
}

@Suite struct `The bootstrap` {
  @Test(arguments: InferenceReference.bca)
  func `has scipy's BCa interval for scipy's replicates`(
    statistic: String, level: Double, low: Double, high: Double, error: Double
  ) throws {
    let values = InferenceReference.bcaValues
    let isMean = statistic == "mean"
    let replicates = BootstrapReplicates(
      values: isMean ? InferenceReference.meanReplicates : InferenceReference.varianceReplicates)
    let compute = { (counts: Span<UInt32>) in
      isMean ? mean(values, counts) : variance(values, counts)
    }
    let left = try #require(try jackknife(rows: values.count, statistic: compute))
    let all = [UInt32](repeating: 1, count: values.count)
    let estimate = compute(all.span) ?? .nan
    let bounds = try replicates.bcaInterval(estimate: estimate, jackknife: left, level: level)
    #expect(agrees(bounds, low, high, within: 1e-9), "\(bounds)")
    #expect(agrees(try replicates.standardError(), error, within: 1e-9))
  }

  @Test func `draws counts that add up, and Poisson counts that nearly do`() throws {
    var totals: [UInt32] = []
    for scheme in ResamplingScheme.allCases {
      let bootstrap = Bootstrap(seed: 9, scheme: scheme)
      _ = try bootstrap.replicates(0..<50, rows: 400) { counts in
        var total: UInt32 = 0
        for row in counts.indices { total += counts[row] }
        totals.append(total)
        return 0
      }
    }
    #expect(totals[..<50].allSatisfy { $0 == 400 })
    #expect(totals[50...].allSatisfy { abs(Int($0) - 400) < 100 } && Set(totals[50...]).count > 10)
  }

  /// The test vectors of `assay/resample.h`.
  @Test(arguments: [
    (0 as UInt64, 0, [0, 0, 1, 0, 1, 1, 0, 2, 2, 0, 1, 0]),
    (0, 1, [0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1]),
    (7, 999, [1, 1, 0, 0, 0, 0, 1, 2, 1, 0, 2, 0]),
  ])
  func `draws the Poisson counts that plugins draw`(
    seed: UInt64, number: Int, expected: [UInt32]
  ) throws {
    var drawn: [UInt32] = []
    let bootstrap = Bootstrap(seed: seed, scheme: .poisson)
    _ = try bootstrap.replicates(number..<(number + 1), rows: 12) { counts in
      drawn = counts.indices.map { counts[$0] }
      return 0
    }
    #expect(drawn == expected)
  }

  @Test(arguments: ResamplingScheme.allCases)
  func `gives the same replicates in parts`(scheme: ResamplingScheme) throws {
    let values = InferenceReference.bcaValues
    let bootstrap = Bootstrap(seed: 2, scheme: scheme)
    let whole = try bootstrap.replicates(0..<40, rows: values.count) { mean(values, $0) }
    let later = try bootstrap.replicates(25..<40, rows: values.count) { mean(values, $0) }
    var parts = try bootstrap.replicates(0..<25, rows: values.count) { mean(values, $0) }
    parts.append(later)
    #expect(parts == whole && Set(whole.values).count > 30)
  }

  @Test(arguments: ResamplingScheme.allCases)
  func `draws clusters whole`(scheme: ResamplingScheme) throws {
    let clusters = Clusters(["b", "a", "b", "c", "a", "b"])
    #expect(clusters.ids == [0, 1, 0, 2, 1, 0] && clusters.count == 3)
    let bootstrap = Bootstrap(seed: 1, scheme: scheme)
    _ = try bootstrap.replicates(0..<30, rows: 6, clusters: clusters) { counts in
      #expect(counts[0] == counts[2] && counts[0] == counts[5] && counts[1] == counts[4])
      if scheme == .multinomial { #expect(counts[0] + counts[1] + counts[3] == 3) }
      return 0
    }
    let left = try jackknife(rows: 6, clusters: clusters) { counts in
      Double(counts[0] + 2 * counts[1] + 4 * counts[3])
    }
    #expect(left == [6, 5, 3])
  }

  @Test func `gives a value or a reason at the edges`() throws {
    let constant = try Bootstrap().replicates(0..<20, rows: 5) { _ in 3 }
    #expect(try constant.percentileInterval(level: 0.9) == Bounds(low: 3, high: 3))
    #expect(try constant.bcaInterval(estimate: 3, jackknife: [3, 3], level: 0.9) == Bounds(low: 3, high: 3))
    #expect(try constant.standardError() == 0)
    let rare = BootstrapReplicates(values: [1, 2, .nan], undefined: 1)
    #expect(rare.values == [1, 2] && rare.undefined == 2)
    expect(.undefinedReplicates) { () throws(Undefined) in try rare.percentileInterval(level: 0.9) }
    expect(.tooFewValues) { () throws(Undefined) in
      try BootstrapReplicates().percentileInterval(level: 0.9)
    }
    expect(.extremeEstimate) { () throws(Undefined) in
      try constant.bcaInterval(estimate: 4, jackknife: [3, 4], level: 0.9)
    }
    expect(.extremeEstimate) { () throws(Undefined) in
      // One row makes the whole statistic, and an end lies eight deviations out.
      try BootstrapReplicates(values: [1, 2, 3]).bcaInterval(
        estimate: 2, jackknife: [Double](repeating: 0, count: 49) + [1000], level: 1 - 1e-15)
    }
    expect(.tooFewValues) { () throws(Undefined) in
      try Bootstrap().replicates(0..<1, rows: 0) { _ in 0 }
    }
    expect(.lengthsDiffer) { () throws(Undefined) in
      try Bootstrap().replicates(0..<1, rows: 2, clusters: Clusters(rows: 3)) { _ in 0 }
    }
    #expect(try jackknife(rows: 3) { _ in nil } == nil)
    expect(.tooFewValues) { () throws(Undefined) in try jackknife(rows: 1) { _ in 0 } }
  }
}
