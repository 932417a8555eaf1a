import AssayStatistics
import Testing

@Suite struct `DeLong's covariance` {
  private let areas: ROCAreas

  init() throws {
    areas = try ROCAreas(
      labels: InferenceReference.rocLabels, scores: InferenceReference.rocScores)
  }

  @Test func `is that of all pairs`() throws {
    for (index, area) in InferenceReference.rocAreas.enumerated() {
      #expect(agrees(areas.areas[index], area, within: 1e-12))
      for (other, covariance) in InferenceReference.rocCovariance[index].enumerated() {
        #expect(agrees(areas.covariance[index][other], covariance, within: 1e-9))
      }
    }
    let estimate = try areas.estimate(1)
    let error = InferenceReference.rocCovariance[1][1].squareRoot()
    #expect(agrees(estimate.standardError, error, within: 1e-9))
    #expect(agrees(estimate.interval.low, estimate.value - 1.959963984540054 * error, within: 1e-9))
  }

  @Test(arguments: InferenceReference.rocTests)
  func `tests paired areas`(first: Int, second: Int, z: Double, p: Double) throws {
    let result = try areas.difference(first, second)
    #expect(agrees(result.test.statistic, z, within: 1e-9))
    #expect(agrees(result.test.pValue, p, within: 1e-9))
    let reverse = try areas.difference(second, first, alternative: z > 0 ? .less : .greater)
    #expect(agrees(reverse.test.pValue, p / 2, within: 1e-9))
    let mirrored = try areas.difference(second, first)
    #expect(result.difference.interval.low == -mirrored.difference.interval.high)
  }

  @Test(arguments: InferenceReference.rocUnpaired)
  func `tests unpaired areas`(t: Double, df: Double, p: Double) throws {
    let labels = InferenceReference.rocLabels
    let first = try ROCAreas(labels: labels, scores: [InferenceReference.rocScores[0]])
    let second = try ROCAreas(labels: labels, scores: [InferenceReference.rocScores[2]])
    let result = try unpairedAreaTest(first, second)
    #expect(agrees(result.test.statistic, t, within: 1e-9))
    #expect(agrees(result.degreesOfFreedom, df, within: 1e-9))
    #expect(agrees(result.test.pValue, p, within: 1e-9))
  }

  @Test func `gives a value or a reason at the edges`() throws {
    let labels = [true, true, false, false]
    let scores = [0.9, 0.4, 0.5, 0.1]
    // The same curve, also when scaled, and two perfect ones.
    let same = try ROCAreas(labels: labels, scores: [scores, scores.map { 3 * $0 - 1 }])
    let result = try same.difference(0, 1)
    #expect(result.test.pValue == 1 && result.test.statistic == 0)
    #expect(result.difference.interval == Bounds(low: 0, high: 0))
    let perfect = try ROCAreas(labels: labels, scores: [[4, 3, 2, 1], [1, 2, 3, 4], [0, 0, 0, 0]])
    #expect(perfect.areas == [1, 0, 0.5])
    #expect(try perfect.estimate(0).interval == Bounds(low: 1, high: 1))
    expect(.noVariation) { () throws(Undefined) in try perfect.difference(0, 1) }
    expect(.noVariation) { () throws(Undefined) in
      try unpairedAreaTest(perfect, ROCAreas(labels: labels, scores: [[1, 2, 3, 4]]))
    }
    #expect(try unpairedAreaTest(perfect, perfect).test.pValue == 1)
    expect(.invalidArgument) { () throws(Undefined) in try perfect.estimate(3) }
    expect(.invalidArgument) { () throws(Undefined) in try perfect.difference(0, -1) }
    expect(.tooFewValues) { () throws(Undefined) in
      try ROCAreas(labels: [true, false, false], scores: [])
    }
    expect(.tooFewValues) { () throws(Undefined) in try ROCAreas(labels: [], scores: []) }
    expect(.lengthsDiffer) { () throws(Undefined) in try ROCAreas(labels: labels, scores: [[1]]) }
    expect(.notFinite) { () throws(Undefined) in
      try ROCAreas(labels: labels, scores: [[1, 2, 3, .nan]])
    }
  }
}
