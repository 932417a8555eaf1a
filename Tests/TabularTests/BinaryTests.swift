import AssayJSON
import KernelSupport
import TabularKernels
import Testing

@Suite struct `Binary metrics` {
  @Test(arguments: ReferenceCase.binary)
  func `agree with scikit-learn`(reference: ReferenceCase) throws {
    let findings = try BinaryRows(reference).findings()
    for (name, value) in reference.expected {
      let found = findings[name]
      #expect(isClose(found?.value, value), "\(name): \(found as Any), not \(value)")
    }
  }

  @Test func `have a reference`() {
    #expect(ReferenceCase.binary.count >= 15)
  }

  @Test(.enabled(if: SharedData.isPresent), arguments: ["logistic", "forest"], [false, true])
  func `agree on real predictions`(model: String, weighted: Bool) throws {
    let name = "breast_cancer_\(model)"
    let columns = SharedData.columns(of: name + ".csv")
    let weights = (columns["weight"] ?? []).compactMap { Double($0) }
    let rows = BinaryRows(
      (columns["score"] ?? []).compactMap { Double($0) }, (columns["label"] ?? []).compactMap { UInt8($0) },
      weights: weighted ? weights : [])
    let findings = try rows.findings()
    let expected = SharedData.expected?[name]?[weighted ? "weighted" : "unweighted"]?.objectValue
    #expect(expected?.count ?? 0 > 10)
    for (name, value) in expected ?? [:] {
      guard let value = value.doubleValue else { continue }
      #expect(isClose(findings[name]?.value, value), "\(name)")
    }
    let cells = findings.table("confusion_matrix")?.numbers("weight").map { $0 ?? 0 } ?? []
    let matrix = expected?["confusion_matrix"]?.arrayValue?.flatMap { $0.arrayValue ?? [] }
      .compactMap(\.doubleValue) ?? []
    #expect(zip(cells, matrix.reversed()).allSatisfy { isClose($0, $1) } && cells.count == matrix.count)
  }

  @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
  func `have the same bits for any split and any order of merging`(ties: Bool, weighted: Bool) throws {
    let rows = BinaryRows(random: 3000, seed: 5, ties: ties, weighted: weighted)
    let whole = try rows.findings()
    for (parts, seed) in [(2, UInt64(1)), (7, 2), (40, 3), (40, 4)] {
      let merged = try rows.findings(parts: parts, seed: seed)
      #expect(merged == whole)
    }
  }

  @Test func `count a row of weight k as k rows`() throws {
    var rows = BinaryRows(random: 500, seed: 9, ties: true)
    rows.weights = rows.scores.indices.map { Double($0 % 4) }
    let copies = rows.picking(rows.scores.indices.flatMap { Array(repeating: $0, count: $0 % 4) })
    let weighted = try rows.findings()
    let counted = try BinaryRows(copies.scores, copies.labels).findings()
    for finding in counted.metrics {
      #expect(isClose(weighted[finding.name]?.value, finding.value ?? .nan), "\(finding.name)")
    }
  }

  @Test func `ignore a row of weight 0`() throws {
    var rows = BinaryRows(random: 400, seed: 3, weighted: true)
    for row in stride(from: 0, to: 400, by: 3) { rows.weights[row] = 0 }
    let kept = rows.picking(rows.scores.indices.filter { rows.weights[$0] > 0 })
    #expect(try rows.findings() == kept.findings())
  }

  @Test func `do not change where all weights are scaled by two`() throws {
    let rows = BinaryRows(random: 400, seed: 4, weighted: true)
    var scaled = rows
    scaled.weights = rows.weights.map { $0 * 2 }
    let (a, b) = (try rows.findings(), try scaled.findings())
    #expect(a.metrics.map(\.value) == b.metrics.map(\.value))
  }

  @Test func `rank alike when a constant is added to all scores`() throws {
    var options = BinaryOptions()
    options.scoresAreProbabilities = false
    let rows = BinaryRows(random: 700, seed: 6, ties: true)
    var shifted = rows
    shifted.scores = rows.scores.map { $0 - 8 }
    let (a, b) = (try rows.findings(options), try shifted.findings(options))
    for name in ["roc_auc", "average_precision", "ks", "optimal_f1"] {
      #expect(a[name]?.value == b[name]?.value && a[name]?.value != nil)
    }
  }

  @Test func `mirror when the classes are swapped`() throws {
    let rows = BinaryRows(random: 700, seed: 8)
    let mirrored = BinaryRows(rows.scores.map { 1 - $0 }, rows.labels.map { 1 - $0 })
    let (a, b) = (try rows.findings(), try mirrored.findings())
    for name in ["roc_auc", "brier", "log_loss", "mcc", "cohen_kappa", "accuracy", "ks"] {
      #expect(isClose(a[name]?.value, b[name]?.value ?? .nan, within: 1e-10), "\(name)")
    }
    #expect(a["recall"]?.value == b["specificity"]?.value)
  }
}

@Suite struct `Binary edge cases` {
  @Test(arguments: [
    ([0.2, 0.7], [1, 1], "roc_auc", nil), ([0.2, 0.7], [1, 1], "specificity", 0.0),
    ([0.2, 0.7], [1, 1], "ks", nil), ([0.2, 0.7], [0, 0], "roc_auc", nil),
    ([0.2, 0.7], [0, 0], "average_precision", 0), ([0.2, 0.7], [0, 0], "recall", 0),
    ([0.2, 0.3], [0, 1], "precision", 0), ([0.2, 0.3], [0, 0], "f1", 0),
    ([0.2, 0.3], [0, 0], "cohen_kappa", nil), ([0.2, 0.3], [0, 1], "mcc", 0),
    ([0.2, 0.7], [1, 1], "balanced_accuracy", 0.5), ([0.2, 0.7], [0, 0], "optimal_f1", 0),
  ] as [([Double], [UInt8], String, Double?)])
  func `are undefined with a reason`(
    scores: [Double], labels: [UInt8], name: String, conventional: Double?
  ) throws {
    let finding = try #require(try BinaryRows(scores, labels).findings()[name])
    #expect(finding.value == nil)
    #expect(finding.reason?.hasSuffix(".") == true)
    #expect(finding.conventional == conventional)
  }

  @Test func `know no metric without rows`() throws {
    let findings = BinaryState(options: BinaryOptions()).finish(Request())
    #expect(findings.metrics.count == 17)
    #expect(findings.metrics.allSatisfy { $0.value == nil && $0.reason != nil })
  }

  @Test func `give half credit for a tie`() throws {
    let findings = try BinaryRows([0.5, 0.5, 0.5], [1, 0, 1]).findings()
    #expect(findings["roc_auc"]?.value == 0.5)
    #expect(findings["average_precision"]?.value == 2.0 / 3)
  }

  @Test(arguments: [
    (Double.nan, true, "NaN"), (1.2, true, "1.2"), (-0.1, true, "-0.1"), (.infinity, true, "inf"),
    (.nan, false, "NaN"),
  ])
  func `refuse a score that is none, with its row`(
    score: Double, areProbabilities: Bool, text: String
  ) throws {
    var options = BinaryOptions()
    options.scoresAreProbabilities = areProbabilities
    let error = try #require(throws: KernelError.self) {
      try BinaryRows([0.1, 0.2, score, 0.3], [0, 1, 0, 1]).state(options)
    }
    #expect(error.kind == .badData && error.row == 2)
    #expect(error.message.contains(text))
  }

  @Test(arguments: [-1, .nan, .infinity, 1e300])
  func `refuse a weight that is none, with its row`(weight: Double) throws {
    let error = try #require(throws: KernelError.self) {
      try BinaryRows([0.1, 0.2], [0, 1], weights: [1, weight]).state()
    }
    #expect(error.kind == .badData && error.row == 1)
  }

  @Test func `rank infinite scores`() throws {
    var options = BinaryOptions()
    options.scoresAreProbabilities = false
    let findings = try BinaryRows([-.infinity, 3, .infinity, -7], [0, 0, 1, 1]).findings(options)
    #expect(findings["roc_auc"]?.value == 0.75)
    #expect(findings["log_loss"]?.value == nil && findings["brier"]?.value == nil)
    #expect(findings.table("calibration") == nil)
  }

  @Test func `put an edge into the upper bin and 1 into the last`() throws {
    let table = try BinaryRows([0, 1 / 15, 2 / 15, 1, 1], [0, 0, 1, 1, 1]).findings().table("calibration")
    let counts = table?.numbers("count").map { $0 ?? 0 }
    #expect(counts == [1, 1, 1] + Array(repeating: 0, count: 11) + [2])
  }

  @Test func `treat both zeros as one score`() throws {
    #expect(try BinaryRows([-0.0, 0.0], [1, 0]).findings()["roc_auc"]?.value == 0.5)
  }

  @Test func `keep the log loss of a certain error finite`() throws {
    let loss = try BinaryRows([0, 1], [1, 1]).findings()["log_loss"]?.value
    #expect(isClose(loss, 18.021826694558577))
  }

  @Test func `will not merge what does not belong together`() throws {
    var state = try BinaryRows([0.5], [1]).state()
    let weighted = try BinaryRows([0.5], [1], weights: [1]).state()
    #expect(throws: KernelError.self) { try state.merge(weighted) }
    var options = BinaryOptions()
    options.bins = 3
    let other = try BinaryRows([0.5], [1]).state(options)
    #expect(throws: KernelError.self) { try state.merge(other) }
  }
}
