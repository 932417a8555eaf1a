import KernelSupport
import TabularKernels
import Testing

@Suite struct `Binary tables` {
  private let rows = BinaryRows(
    [0.9, 0.8, 0.8, 0.7, 0.6, 0.55, 0.54, 0.1], [1, 1, 0, 0, 1, 1, 0, 0])

  @Test func `draw the ROC curve by its corners`() throws {
    let curve = try #require(try rows.findings().table("roc_curve"))
    // scikit-learn: roc_curve(y, s) of the same rows.
    #expect(curve.numbers("fpr") == [0, 0, 0.25, 0.5, 0.5, 1])
    #expect(curve.numbers("tpr") == [0, 0.25, 0.5, 0.5, 1, 1])
    #expect(curve.numbers("threshold") == [nil, 0.9, 0.8, 0.7, 0.55, 0.1])
  }

  @Test func `draw the precision-recall curve`() throws {
    let curve = try #require(try rows.findings().table("pr_curve"))
    #expect(curve.numbers("recall") == [0, 0.25, 0.5, 0.5, 0.75, 1, 1])
    #expect(
      zip(curve.numbers("precision"), [1, 1, 2.0 / 3, 0.5, 0.6, 2.0 / 3, 0.5])
        .allSatisfy { isClose($0, $1) })
  }

  @Test func `have about as many points as asked for, and all ends`() throws {
    var options = BinaryOptions()
    let many = BinaryRows(random: 20_000, seed: 3)
    options.curvePoints = 0
    let full = try #require(try many.findings(options).table("roc_curve"))
    options.curvePoints = 100
    let reduced = try #require(try many.findings(options).table("roc_curve"))
    #expect(full.numbers("fpr").count > 5000)
    #expect(50...110 ~= reduced.numbers("fpr").count)
    for curve in [full, reduced] {
      #expect(curve.numbers("fpr").first == 0 && curve.numbers("tpr").last == 1)
      #expect(curve.numbers("fpr").last == 1)
    }
  }

  @Test(arguments: [false, true])
  func `sweep what thresholds let through`(weighted: Bool) throws {
    var rows = BinaryRows(random: 40_000, seed: 14, ties: false, weighted: weighted)
    rows.scores[0] = 0.5
    rows.scores[1] = 1
    let sweep = try #require(try rows.findings().table("threshold_sweep"))
    let best = try rows.findings()["optimal_threshold"]?.value
    #expect(sweep.numbers("threshold").count == 102)
    #expect(sweep.numbers("threshold").contains(best))
    for (place, threshold) in sweep.numbers("threshold").enumerated() {
      let passed = rows.scores.indices.filter { rows.scores[$0] >= threshold ?? .nan }
      func weight(_ label: UInt8) -> Double {
        passed.filter { rows.labels[$0] == label }.reduce(0) { $0 + (weighted ? rows.weights[$1] : 1) }
      }
      #expect(isClose(sweep.numbers("tp")[place], weight(1)))
      #expect(isClose(sweep.numbers("fp")[place], weight(0)))
    }
  }

  @Test func `sweep at the hundredths that people write`() throws {
    let sweep = try #require(try BinaryRows([0.07, 0.29, 0.3], [1, 1, 1]).findings().table("threshold_sweep"))
    #expect(sweep.numbers("tp")[7] == 3 && sweep.numbers("tp")[8] == 2)
    #expect(sweep.numbers("tp")[29] == 2 && sweep.numbers("tp")[30] == 1 && sweep.numbers("tp")[31] == 0)
  }

  @Test func `count actual and predicted classes`() throws {
    let table = try #require(try rows.findings().table("confusion_matrix"))
    #expect(table.numbers("actual") == [1, 1, 0, 0])
    #expect(table.numbers("predicted") == [1, 0, 1, 0])
    #expect(table.numbers("count") == [4, 0, 3, 1])
    #expect(table.numbers("mean_probability")[1] == nil)
    #expect(isClose(table.numbers("mean_probability")[3], 0.1))
  }

  @Test func `keep one size where no ranking is asked for`() throws {
    var options = BinaryOptions()
    options.only = ["accuracy", "brier"]
    let many = BinaryRows(random: 5000, seed: 3)
    var writer = StateWriter()
    try many.state(options).save(to: &writer)
    #expect(writer.bytes.count < 30_000)
    #expect(try many.findings(options)["accuracy"] == many.findings()["accuracy"])
    #expect(try many.findings(options)["roc_auc"] == nil)
  }
}

@Suite struct `Saved states` {
  @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
  func `of a binary evaluation go on as if nothing had happened`(weighted: Bool, tracked: Bool) throws {
    let rows = BinaryRows(random: 500, seed: 2, ties: true, weighted: weighted, tracked: tracked)
    let state = try rows.state()
    var writer = StateWriter()
    state.save(to: &writer)
    var reader = StateReader(writer.bytes.span.bytes)
    var loaded = try BinaryState(options: BinaryOptions(), from: &reader)
    #expect(loaded.finish(Request()) == state.finish(Request()))
    try loaded.merge(state)
    #expect(loaded.rowCount == 2 * state.rowCount)
  }

  @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
  func `of a regression go on as if nothing had happened`(weighted: Bool, tracked: Bool) throws {
    let rows = RegressionCase.random(500, seed: 2, weighted: weighted, tracked: tracked)
    let state = try rows.state()
    var writer = StateWriter()
    state.save(to: &writer)
    var reader = StateReader(writer.bytes.span.bytes)
    let loaded = try RegressionState(options: RegressionOptions(), from: &reader)
    #expect(loaded.finish(Request()) == state.finish(Request()))
  }

  @Test func `that are damaged are refused or read, and never trap`() throws {
    var writer = StateWriter()
    try BinaryRows(random: 40, seed: 2, weighted: true, tracked: true).state().save(to: &writer)
    var other = StateWriter()
    try RegressionCase.random(40, seed: 2, weighted: true).state().save(to: &other)
    var random = Random(1)
    for _ in 0..<400 {
      var bytes = writer.bytes
      var otherBytes = other.bytes
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      otherBytes.removeLast(Int.random(in: 1..<otherBytes.count, using: &random))
      var reader = StateReader(bytes.span.bytes)
      if let state = try? BinaryState(options: BinaryOptions(), from: &reader) {
        _ = state.finish(Request())
      }
      var otherReader = StateReader(otherBytes.span.bytes)
      #expect(throws: KernelError.self) {
        try RegressionState(options: RegressionOptions(), from: &otherReader)
      }
    }
  }
}
