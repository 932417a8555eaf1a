import AssayStatistics
import Testing

/// What the statistics promise, tried on data made for it, with fixed seeds.
///
/// A share of so many trials may stray by ``monteCarloError(_:trials:)``; where a
/// method holds only for many rows, a test adds what its literature allows.
@Suite struct `Simulations` {
  /// The share of trials in which something holds; each trial has its own stream.
  private func share(
    of trials: Int, seed: UInt64, _ holds: (inout SeededGenerator) throws -> Bool
  ) rethrows -> Double {
    var hits = 0
    for trial in 0..<trials {
      var generator = SeededGenerator(seed: seed, stream: UInt64(trial))
      if try holds(&generator) { hits += 1 }
    }
    return Double(hits) / Double(trials)
  }

  private func normals(_ count: Int, mean: Double = 0, _ generator: inout SeededGenerator) -> [Double] {
    (0..<count).map { _ in generator.normal() + mean }
  }

  @Test func `of two equal models are rejected at most as often as alpha says`() throws {
    let trials = 2000
    let limit = 0.05 + monteCarloError(0.05, trials: trials)
    let t = try share(of: trials, seed: 1) { try pairedTTest(normals(12, &$0)).test.pValue <= 0.05 }
    #expect(t <= limit && t >= 0.1 - limit)
    let flips = try share(of: trials, seed: 2) { try signFlipTest(normals(10, &$0)).pValue <= 0.05 }
    #expect(flips <= limit && flips > 0.02)
    let ranks = try share(of: trials, seed: 3) {
      try wilcoxonSignedRankTest(normals(15, &$0)).pValue <= 0.05
    }
    #expect(ranks <= limit && ranks > 0.02)
    for method in [McNemarMethod.exact, .midP, .edwards] {
      let pairs = try share(of: trials, seed: 4) { generator in
        var counts = [0, 0, 0]
        for _ in 0..<60 { counts[min(2, Int(generator.uniform() * 5))] += 1 }
        return try mcNemarTest(
          PairedCounts(both: 0, onlyFirst: counts[0], onlySecond: counts[1], neither: counts[2]),
          method: method
        ).pValue <= 0.05
      }
      #expect(pairs <= limit && pairs > 0.01, "\(method)")
    }
  }

  @Test func `of equal scorers are rejected by DeLong's test as alpha says`() throws {
    let trials = 2000
    let labels = (0..<80).map { $0 < 35 }
    let rejected = try share(of: trials, seed: 5) { generator in
      let base = labels.map { generator.normal() + ($0 ? 1 : 0) }
      let scores = (0..<2).map { _ in base.map { $0 + 0.7 * generator.normal() } }
      return try ROCAreas(labels: labels, scores: scores).difference(0, 1).test.pValue <= 0.05
    }
    // The normal approximation at 80 rows is off by up to a percent.
    #expect(abs(rejected - 0.05) <= 0.01 + monteCarloError(0.05, trials: trials), "\(rejected)")
    #expect(rejected > 0.025, "\(rejected)")
  }

  @Test func `of rates are covered by their intervals`() throws {
    let trials = 500
    var exact = 0.0
    var wilson = 0.0
    let rates = stride(from: 0.05, to: 0.96, by: 0.06)
    for rate in rates {
      func successes(_ generator: inout SeededGenerator) -> Int {
        (0..<40).count { _ in generator.uniform() < rate }
      }
      let covered = try share(of: trials, seed: 6) {
        let bounds = try clopperPearsonInterval(successes: successes(&$0), trials: 40, level: 0.9)
        return bounds.low <= rate && rate <= bounds.high
      }
      #expect(covered >= 0.9 - monteCarloError(0.9, trials: trials))
      exact += covered / 16
      wilson += share(of: trials, seed: 6) {
        let bounds = wilsonInterval(successes: Double(successes(&$0)), trials: 40, level: 0.9)
        return bounds.map { $0.low <= rate && rate <= $0.high } ?? false
      } / 16
    }
    // Wilson covers about the level on average, where the exact interval covers more.
    #expect(abs(wilson - 0.9) < 0.02 && exact > wilson, "\(wilson)")
  }

  @Test func `of clusters are covered by the clustered interval alone`() throws {
    let trials = 1500
    let clusters = Clusters((0..<160).map { $0 / 4 })
    func values(_ generator: inout SeededGenerator) -> [Double] {
      let shifts = normals(40, &generator)
      return (0..<160).map { shifts[$0 / 4] + 0.5 * generator.normal() }
    }
    let covered = try share(of: trials, seed: 7) {
      let bounds = try clusteredMean(values(&$0), clusters: clusters, correction: .few).estimate.interval
      return bounds.low <= 0 && 0 <= bounds.high
    }
    #expect(abs(covered - 0.95) < 0.01 + monteCarloError(0.95, trials: trials), "\(covered)")
    let naive = try share(of: trials, seed: 7) {
      let bounds = try pairedTTest(values(&$0)).mean.interval
      return bounds.low <= 0 && 0 <= bounds.high
    }
    #expect(naive < 0.8)
  }

  @Test func `of skewed means are covered by the bootstrap, BCa at least as well`() throws {
    let trials = 150
    var shares: [Double] = []
    for isCorrected in [false, true] {
      shares.append(
        try share(of: trials, seed: 8) { generator in
          let values = normals(30, &generator).map { $0 * $0 }
          func mean(_ counts: Span<UInt32>) -> Double? {
            var sum = 0.0
            for row in counts.indices { sum += Double(counts[row]) * values[row] }
            return sum / 30
          }
          let replicates = try Bootstrap(seed: 8).replicates(0..<200, rows: 30, statistic: mean)
          let left = values.map { (values.reduce(0, +) - $0) / 29 }
          let bounds = isCorrected
            ? try replicates.bcaInterval(
              estimate: values.reduce(0, +) / 30, jackknife: left, level: 0.9)
            : try replicates.percentileInterval(level: 0.9)
          return bounds.low <= 1 && 1 <= bounds.high
        })
    }
    // At thirty rows of a χ² distribution the bootstrap covers some points too little.
    #expect(shares[0] > 0.8 - monteCarloError(0.8, trials: trials) / 2 && shares[1] >= shares[0] - 0.02)
  }

  @Test func `of abilities are covered by Wald's intervals`() throws {
    let trials = 1500
    let truth = [0.6, 0.1, -0.7]
    let covered = try share(of: trials, seed: 9) { generator in
      var matrix = try WinMatrix(models: 3)
      for game in 0..<240 {
        let first = game % 3
        let second = (first + 1) % 3
        let expected = eloExpectedScore(truth[first], against: truth[second], scale: 2.302585092994046)
        try matrix.add(PairedComparison(first, second, generator.uniform() < expected ? .first : .second))
      }
      let bounds = try fitRanking(matrix).logAbility(0).interval
      return bounds.low <= 0.6 && 0.6 <= bounds.high
    }
    #expect(abs(covered - 0.95) <= monteCarloError(0.95, trials: trials), "\(covered)")
  }

  @Test func `with the planned rows find the planned effect`() throws {
    let trials = 1000
    let target = 0.8
    let error = monteCarloError(target, trials: trials)
    let means = PairedMeansDesign(standardDeviation: 1)
    let rows = try means.rows(effect: 0.5, power: target)
    let found = try share(of: trials, seed: 10) {
      try pairedTTest(normals(rows, mean: 0.5, &$0)).test.pValue <= 0.05
    }
    #expect(found >= target - error && found < target + 0.02 + error, "\(found)")
    let rates = PairedProportionsDesign(discordance: 0.3)
    let items = try rates.rows(effect: 0.15, power: target)
    let discovered = try share(of: trials, seed: 11) { generator in
      var counts = [0, 0]
      for _ in 0..<items {
        let u = generator.uniform()
        if u < 0.225 { counts[0] += 1 } else if u < 0.3 { counts[1] += 1 }
      }
      return try mcNemarTest(
        PairedCounts(both: 0, onlyFirst: counts[0], onlySecond: counts[1], neither: 0), method: .midP
      ).pValue <= 0.05
    }
    #expect(abs(discovered - target) < 0.02 + error, "\(discovered)")
  }

  @Test func `of a judge are covered once corrected, and not before`() throws {
    let trials = 1500
    let rate = 0.7
    var naive = 0
    let covered = try share(of: trials, seed: 12) { generator in
      func judged(_ count: Int, _ probability: Double) throws -> Proportion {
        let yes = (0..<count).count { _ in generator.uniform() < probability }
        return try Proportion(successes: yes, trials: count)
      }
      let observed = try judged(300, rate * 0.8 + (1 - rate) * 0.25)
      let judge = JudgeCalibration(sensitivity: try judged(80, 0.8), specificity: try judged(80, 0.75))
      let bounds = try roganGladenEstimate(observed: observed, judge: judge, level: 0.9).interval
      let plain = try clopperPearsonInterval(
        successes: observed.successes, trials: observed.trials, level: 0.9)
      if plain.low <= rate, rate <= plain.high { naive += 1 }
      return bounds.low <= rate && rate <= bounds.high
    }
    #expect(abs(covered - 0.9) < 0.02 + monteCarloError(0.9, trials: trials), "\(covered)")
    let powered = try share(of: 600, seed: 13) { generator in
      func answer() -> (truth: Double, judge: Double) {
        let truth = generator.uniform() < rate ? 1.0 : 0.0
        return (truth, truth * 0.6 + 0.3 * generator.uniform() + 0.1)
      }
      let labelled = (0..<60).map { _ in answer() }
      let mean = try predictionPoweredMean(
        labels: labelled.map(\.truth), predictions: labelled.map(\.judge),
        unlabelled: (0..<300).map { _ in answer().judge }, level: 0.9)
      return mean.estimate.interval.low <= rate && rate <= mean.estimate.interval.high
    }
    #expect(abs(powered - 0.9) < 0.03 + monteCarloError(0.9, trials: 600), "\(powered)")
    #expect(Double(naive) / Double(trials) < 0.75)
  }

  @Test func `of confidence sequences survive a look after every row`() throws {
    let trials = 250
    let rows = 300
    let limit = 0.1 + monteCarloError(0.1, trials: trials)
    for rate in [0.1, 0.5] {
      var fixed = 0
      let erred = try share(of: trials, seed: 14) { generator in
        var sequence = try EmpiricalBernsteinSequence(level: 0.9)
        var successes = 0
        var wasOutside = false
        for row in 1...rows {
          let value = generator.uniform() < rate ? 1.0 : 0.0
          try sequence.add(value)
          successes += Int(value)
          let plain = wilsonInterval(successes: Double(successes), trials: Double(row), level: 0.9)
          if let plain, row >= 10, rate < plain.low || rate > plain.high { wasOutside = true }
        }
        if wasOutside { fixed += 1 }
        return sequence.interval.low > rate || sequence.interval.high < rate
      }
      // The sequence never widens, so its last interval tells of all looks.
      #expect(erred <= limit, "\(erred)")
      // A fixed interval that is looked at as often errs several times too often.
      #expect(Double(fixed) / Double(trials) > 0.3)
    }
    let mixture = try share(of: trials, seed: 15) { generator in
      var sum = 0.0
      for row in 1...rows {
        sum += generator.normal()
        let bounds = try normalMixtureInterval(
          mean: sum / Double(row), standardDeviation: 1, count: row, sharpestAt: 100, level: 0.9)
        if bounds.low > 0 || bounds.high < 0 { return true }
      }
      return false
    }
    #expect(mixture <= limit, "\(mixture)")
  }

  @Test func `of several looks stop as often as their boundaries allow`() throws {
    let trials = 4000
    let design = try GroupSequentialDesign(times: [0.25, 0.5, 0.75, 1], spending: .pocock)
    func stops(drift: Double, seed: UInt64) -> Double {
      share(of: trials, seed: seed) { generator in
        var path = 0.0
        for (look, time) in design.times.enumerated() {
          path += generator.normal() / 2 + drift / 4
          if abs(path) / time.squareRoot() > design.boundaries[look] { return true }
        }
        return false
      }
    }
    #expect(abs(stops(drift: 0, seed: 16) - 0.05) < monteCarloError(0.05, trials: trials))
    let power = try #require(try design.stoppingProbabilities(drift: 3).last)
    #expect(abs(stops(drift: 3, seed: 17) - power) < monteCarloError(power, trials: trials))
  }

  @Test func `of many tests keep the promised errors`() throws {
    let trials = 400
    var discoveries = 0.0
    let family = try share(of: trials, seed: 18) { generator in
      // Fifteen of twenty effects are none.
      let pValues = (0..<20).map { index in
        2 * NormalDistribution.cumulative(-abs(generator.normal() + (index < 5 ? 3 : 0)))
      }
      let holm = try adjustedPValues(pValues, .holm)
      let rejected = try adjustedPValues(pValues, .benjaminiHochberg).map { $0 <= 0.05 }
      let wrong = rejected[5...].count { $0 }
      discoveries += Double(wrong) / Double(max(1, rejected.count { $0 })) / Double(trials)
      return holm[5...].contains { $0 <= 0.05 }
    }
    #expect(family <= 0.05 + monteCarloError(0.05, trials: trials))
    #expect(discoveries <= 0.05 + monteCarloError(0.05, trials: trials) && discoveries > 0.01)
  }
}
