import AssayStatistics
import Testing

@Suite struct `Reasons` {
  @Test func `name the cause, the thing and the groups`() {
    let reason = Undefined(.disconnected, "the models fall into 2 groups", groups: [[0, 1], [2]])
    #expect(reason.description == "disconnected: the models fall into 2 groups")
    #expect(reason.groups == [[0, 1], [2]])
    let names = Undefined.Cause.allCases.map(\.rawValue)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { name in name.allSatisfy { $0.isLowercase || $0 == "-" } })
  }
}

@Suite struct `Seeded numbers` {
  @Test func `repeat for a seed and differ between streams`() {
    var first = SeededGenerator(seed: 7, stream: 3)
    var again = SeededGenerator(seed: 7, stream: 3)
    var other = SeededGenerator(seed: 7, stream: 4)
    let values = (0..<100).map { _ in first.next() }
    #expect(values == (0..<100).map { _ in again.next() })
    #expect(Set(values).isDisjoint(with: (0..<100).map { _ in other.next() }))
  }

  @Test func `are uniform and normal`() {
    var generator = SeededGenerator(seed: 1)
    let count = 20_000
    var tenths = [Int](repeating: 0, count: 10)
    var sum = 0.0
    var squares = 0.0
    for _ in 0..<count {
      tenths[Int(generator.uniform() * 10)] += 1
      let z = generator.normal()
      sum += z
      squares += z * z
      #expect((0..<3).contains(generator.index(below: 3)))
    }
    for tenth in tenths {
      #expect(abs(Double(tenth) / Double(count) - 0.1) < monteCarloError(0.1, trials: count))
    }
    #expect(abs(sum / Double(count)) < 5 / Double(count).squareRoot())
    #expect(abs(squares / Double(count) - 1) < 5 * (2 / Double(count)).squareRoot())
  }
}

@Suite struct `The beta distribution` {
  @Test(arguments: InferenceReference.betaQuantiles)
  func `has scipy's quantiles`(p: Double, a: Double, b: Double, x: Double) throws {
    let beta = try #require(BetaDistribution(a, b))
    #expect(agrees(beta.quantile(p), x, within: 1e-9), "\(beta.quantile(p))")
  }

  @Test(arguments: InferenceReference.betaCumulative)
  func `has scipy's probabilities`(x: Double, a: Double, b: Double, p: Double) throws {
    let beta = try #require(BetaDistribution(a, b))
    #expect(abs(beta.cumulative(x) - p) <= 1e-12 * p + 1e-300, "\(beta.cumulative(x))")
  }

  @Test func `ends at 0 and 1 and needs positive shapes`() {
    #expect(BetaDistribution(2, 3)?.quantile(0) == 0)
    #expect(BetaDistribution(2, 3)?.quantile(1) == 1)
    #expect(BetaDistribution(2, 3)?.quantile(1.5).isNaN == true)
    #expect(BetaDistribution(0, 3) == nil && BetaDistribution(1, .infinity) == nil)
  }
}
