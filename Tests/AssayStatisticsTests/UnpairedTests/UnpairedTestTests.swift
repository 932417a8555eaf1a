import AssayStatistics
import Testing

@Suite struct `Tests of independent samples` {
  // scipy 1.14, stats.fisher_exact; the first is Fisher's tea, turned: 8 of 10 and 1 of 6.
  @Test(arguments: [
    (8, 10, 1, 6, 0.034965034965034975), (3, 50, 14, 60, 0.01612473740947901),
    (0, 5, 5, 5, 0.007936507936507938), (120, 1000, 150, 1100, 0.267954692076904),
    (7, 7, 3, 3, 1.0), (0, 4, 0, 9, 1.0), (50000, 100000, 50400, 100000, 0.07435899225786646),
  ])
  func `Fisher's test is scipy's, in either order`(
    a: Int, n: Int, b: Int, m: Int, expected: Double
  ) throws {
    let first = try Proportion(successes: a, trials: n)
    let second = try Proportion(successes: b, trials: m)
    let found = fisherExactTest(first, second)
    #expect(abs(found.pValue - expected) <= 1e-9 * expected, "\(found.pValue)")
    #expect(abs(fisherExactTest(second, first).pValue - expected) <= 1e-9 * expected)
    #expect(found.statistic == first.rate - second.rate && found.method == "fisher_exact")
  }

  @Test func `Fisher's test is the sum over all tables`() throws {
    for a in 0...6 {
      for b in 0...5 {
        let found = fisherExactTest(
          try Proportion(successes: a, trials: 6), try Proportion(successes: b, trials: 5))
        let tables = (max(0, a + b - 5)...min(6, a + b)).map { choose(6, $0) * choose(5, a + b - $0) }
        let mine = choose(6, a) * choose(5, b)
        let expected = tables.filter { $0 <= mine }.reduce(0, +) / tables.reduce(0, +)
        #expect(abs(found.pValue - expected) < 1e-12, "\(a) \(b)")
      }
    }
  }

  private func choose(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
  }

  @Test func `Welch's test is scipy's`() throws {
    // stats.ttest_ind(a, b, equal_var=False), confidence_interval(0.9).
    let found = try welchTTest(
      SampleMean([3.1, 2.7, 4.4, 5.0, 3.9]), SampleMean([2.0, 2.2, 3.1, 1.8, 2.6, 2.9, 2.4]), level: 0.9)
    #expect(abs(found.test.statistic - 3.057023931886085) < 1e-12)
    #expect(abs(found.test.pValue - 0.02516092811501029) < 1e-12)
    #expect(abs(found.degreesOfFreedom - 5.460764903107403) < 1e-12)
    #expect(abs(found.mean.interval.low - 0.49108479485656786) < 1e-10)
    #expect(abs(found.mean.interval.high - 2.291772348000576) < 1e-10)
  }

  @Test func `samples that do not vary have a value or a reason`() throws {
    let same = try welchTTest(SampleMean([2, 2]), SampleMean([2, 2, 2]))
    #expect(same.test.pValue == 1 && same.mean.interval == Bounds(low: 0, high: 0))
    let apart = #expect(throws: Undefined.self) { try welchTTest(SampleMean([2, 2]), SampleMean([3, 3])) }
    #expect(apart?.cause == .noVariation)
    #expect(throws: Undefined.self) { try SampleMean([1]) }
    #expect(throws: Undefined.self) { try SampleMean([1, .nan]) }
  }
}
