import AssayPluginKit
import KernelSupport
import TabularKernels
import Testing

@Suite struct `Replicates` {
  /// Rows drawn as often as a replicate says, as copies.
  private func copies(_ weights: ReplicateWeights, _ count: Int) -> [Int] {
    (0..<count).flatMap { Array(repeating: $0, count: weights[UInt64($0)]) }
  }

  @Test(arguments: [(UInt64(0), UInt64(0), [0, 0, 1, 0, 1, 1, 0, 2, 2, 0, 1, 0]),
    (0, 1, [0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1]), (7, 999, [1, 1, 0, 0, 0, 0, 1, 2, 1, 0, 2, 0])])
  func `draw what the contract's header says`(seed: UInt64, replicate: UInt64, counts: [Int]) {
    let weights = ReplicateWeights(seed: seed, replicate: replicate)
    #expect((0..<12).map { weights[UInt64($0)] } == counts)
  }

  @Test func `are filled as they are asked for one by one`() {
    let weights = ReplicateWeights(seed: 3, replicate: 17)
    let rows = (0..<200_000).map { UInt64($0) * 3 }
    var counts = [UInt8](repeating: 255, count: rows.count)
    var span = counts.mutableSpan
    weights.fill(&span, for: rows.span)
    #expect(counts.map(Int.init) == rows.map { weights[$0] })
    #expect(counts.max() ?? 0 > 5)
  }

  @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
  func `of a binary evaluation are the metrics of the drawn rows`(ties: Bool, weighted: Bool) throws {
    let rows = BinaryRows(random: 900, seed: 21, ties: ties, weighted: weighted, tracked: true)
    var state = try rows.state()
    try state.prepareReplicas()
    for replicate in 0..<3 as Range<UInt64> {
      let weights = ReplicateWeights(seed: 5, replicate: replicate)
      let found = state.replicate(Request()) { weights.fill(&$1, for: $0) }
      let drawn = rows.picking(copies(weights, 900))
      let expected = try BinaryRows(drawn.scores, drawn.labels, weights: drawn.weights).findings()
      #expect(Set(found.metrics.map(\.name)) == Set(expected.metrics.map(\.name)))
      for finding in expected.metrics {
        #expect(isClose(found[finding.name]?.value, finding.value ?? .nan), "\(finding.name)")
      }
    }
    #expect(try state.finish(Request()).metrics.map(\.value) == rows.findings().metrics.map(\.value))
  }

  @Test(arguments: [false, true])
  func `of a regression are the metrics of the drawn rows`(weighted: Bool) throws {
    let rows = RegressionCase.random(900, seed: 22, weighted: weighted, tracked: true)
    var state = try rows.state()
    try state.prepareReplicas()
    for replicate in 0..<3 as Range<UInt64> {
      let weights = ReplicateWeights(seed: 6, replicate: replicate)
      let found = state.replicate(Request()) { weights.fill(&$1, for: $0) }
      var drawn = rows.picking(copies(weights, 900))
      drawn.ids = []
      let expected = try drawn.findings()
      #expect(Set(found.metrics.map(\.name)) == Set(expected.metrics.map(\.name)))
      for finding in expected.metrics where finding.value != nil {
        #expect(isClose(found[finding.name]?.value, finding.value ?? .nan), "\(finding.name)")
      }
    }
    var plain = rows
    plain.ids = []
    let expected = try plain.findings()
    for finding in state.finish(Request()).metrics where finding.value != nil {
      #expect(isClose(expected[finding.name]?.value, finding.value ?? .nan), "\(finding.name)")
    }
  }

  @Test func `do not depend on how the rows were split`() throws {
    let rows = BinaryRows(random: 700, seed: 30, ties: true, tracked: true)
    var whole = try rows.state()
    var parts = try rows.picking(Array(stride(from: 0, to: 700, by: 2))).state()
    try parts.merge(try rows.picking(Array(stride(from: 1, to: 700, by: 2))).state())
    try whole.prepareReplicas()
    try parts.prepareReplicas()
    let weights = ReplicateWeights(seed: 1, replicate: 2)
    #expect(
      whole.replicate(Request()) { weights.fill(&$1, for: $0) }
        == parts.replicate(Request()) { weights.fill(&$1, for: $0) })
  }

  @Test func `need row numbers`() throws {
    var state = try BinaryRows(random: 10, seed: 1).state()
    #expect(throws: KernelError.self) { try state.prepareReplicas() }
  }
}

@Suite struct `DeLong's standard error` {
  /// The definition, pair by pair.
  private func reference(_ rows: BinaryRows) -> Double {
    let positives = zip(rows.scores, rows.labels).filter { $0.1 == 1 }.map(\.0)
    let negatives = zip(rows.scores, rows.labels).filter { $0.1 == 0 }.map(\.0)
    func share(_ a: Double, _ b: Double) -> Double { a > b ? 1 : a == b ? 0.5 : 0 }
    func variance(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
    let v10 = positives.map { p in negatives.reduce(0) { $0 + share(p, $1) } / Double(negatives.count) }
    let v01 = negatives.map { n in positives.reduce(0) { $0 + share($1, n) } / Double(positives.count) }
    return (variance(v10) / Double(v10.count) + variance(v01) / Double(v01.count)).squareRoot()
  }

  @Test(arguments: [false, true])
  func `follows its definition`(ties: Bool) throws {
    let rows = BinaryRows(random: 400, seed: 12, ties: ties)
    let area = try #require(try rows.findings(BinaryOptions(), Request(intervalLevel: 0.95))["roc_auc"])
    #expect(isClose(area.standardError, reference(rows), within: 1e-10))
    #expect(area.method == "delong")
  }

  @Test func `is not given unasked, with weights, or where all pairs are in order`() throws {
    let asked = Request(intervalLevel: 0.95)
    #expect(try BinaryRows(random: 50, seed: 1).findings()["roc_auc"]?.standardError == nil)
    let weighted = BinaryRows(random: 50, seed: 1, weighted: true)
    #expect(try weighted.findings(BinaryOptions(), asked)["roc_auc"]?.standardError == nil)
    let separated = BinaryRows([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1])
    #expect(try separated.findings(BinaryOptions(), asked)["roc_auc"]?.standardError == nil)
  }
}
