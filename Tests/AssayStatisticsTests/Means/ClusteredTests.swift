import AssayStatistics
import Testing

@Suite struct `Clustered means` {
  @Test func `are statsmodels'`() throws {
    let values = InferenceReference.clusterValues
    let clusters = Clusters(InferenceReference.clusterGroups)
    let plain = try clusteredMean(values, clusters: clusters)
    let few = try clusteredMean(values, clusters: clusters, correction: .few)
    let expected = InferenceReference.clusterErrors
    #expect(agrees(plain.estimate.value, expected[0], within: 1e-12))
    #expect(agrees(plain.naiveStandardError, expected[1], within: 1e-12))
    #expect(agrees(plain.estimate.standardError, expected[2], within: 1e-9))
    #expect(agrees(few.estimate.standardError, expected[3], within: 1e-9))
    #expect(plain.clusters == 9 && plain.rows == 50 && plain.hasFewClusters)
  }

  @Test func `have the error of Miller's formula`() throws {
    let values: [Double] = [1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0]
    let clusters = Clusters(values.indices.map { $0 / 3 })
    let mean = try clusteredMean(values, clusters: clusters)
    #expect(prints(mean.estimate.value, 0.583333, 6))
    #expect(prints(mean.naiveStandardError, 0.148647, 6))
    #expect(prints(mean.estimate.standardError, 0.072169, 6))
  }

  @Test func `of rows on their own test as paired differences do`() throws {
    let values = InferenceReference.plainDifferences
    let test = try clusteredTTest(values, clusters: Clusters(rows: values.count), correction: .few)
    let plain = try pairedTTest(values)
    #expect(agrees(test.test.pValue, plain.test.pValue, within: 1e-12))
    #expect(agrees(test.mean.interval.low, plain.mean.interval.low, within: 1e-12))
    #expect(test.degreesOfFreedom == plain.degreesOfFreedom)
  }

  @Test func `give a value or a reason at the edges`() throws {
    let two = Clusters([0, 0, 1])
    #expect(try clusteredTTest([0, 0, 0], clusters: two).test.pValue == 1)
    expect(.noVariation) { () throws(Undefined) in try clusteredTTest([2, 2, 2], clusters: two) }
    expect(.noVariation) { () throws(Undefined) in
      // The clusters differ from the mean by as much as their rows make up for.
      try clusteredTTest([1, 3, 2], clusters: two)
    }
    expect(.tooFewValues) { () throws(Undefined) in
      try clusteredMean([1, 2], clusters: Clusters([5, 5]))
    }
    expect(.tooFewValues) { () throws(Undefined) in try clusteredMean([], clusters: Clusters(rows: 0)) }
    expect(.lengthsDiffer) { () throws(Undefined) in try clusteredMean([1], clusters: two) }
    expect(.notFinite) { () throws(Undefined) in try clusteredMean([1, .nan, 2], clusters: two) }
  }
}
