import AssayJSON
import KernelSupport
import TabularKernels
import Testing

/// Rows of a regression, as tests make them.
struct RegressionCase {
  var targets: [Double]
  var predictions: [Double]
  var weights: [Double] = []
  var ids: [UInt64] = []

  func picking(_ rows: some Sequence<Int>) -> RegressionCase {
    let rows = Array(rows)
    return RegressionCase(
      targets: rows.map { targets[$0] }, predictions: rows.map { predictions[$0] },
      weights: weights.isEmpty ? [] : rows.map { weights[$0] },
      ids: ids.isEmpty ? [] : rows.map { ids[$0] })
  }

  func state(_ options: RegressionOptions = RegressionOptions()) throws(KernelError) -> RegressionState {
    var state = RegressionState(options: options)
    try state.update(
      targets: targets.span, predictions: predictions.span, weights: weights.span, rows: ids.span)
    return state
  }

  func findings(_ options: RegressionOptions = RegressionOptions()) throws(KernelError) -> Findings {
    try state(options).finish(Request())
  }

  static func random(_ count: Int, seed: UInt64, weighted: Bool = false, tracked: Bool = false) -> Self {
    var random = Random(seed)
    var rows = RegressionCase(targets: [], predictions: [])
    for row in 0..<count {
      let target = Double.random(in: -5...20, using: &random)
      rows.targets.append(target)
      rows.predictions.append(target + Double.random(in: -2...3, using: &random))
      if weighted { rows.weights.append(Double.random(in: 0...2, using: &random)) }
      if tracked { rows.ids.append(UInt64(row)) }
    }
    return rows
  }
}

@Suite struct `Regression metrics` {
  @Test(arguments: ReferenceCase.regression)
  func `agree with scikit-learn`(reference: ReferenceCase) throws {
    let rows = RegressionCase(
      targets: reference.targets, predictions: reference.values, weights: reference.weights)
    let findings = try rows.findings()
    for (name, value) in reference.expected {
      #expect(isClose(findings[name]?.value, value), "\(name): \(findings[name] as Any), not \(value)")
    }
  }

  @Test(.enabled(if: SharedData.isPresent), arguments: ["diabetes_ridge", "diabetes_boosting"])
  func `agree on real predictions`(name: String) throws {
    let columns = SharedData.columns(of: name + ".csv")
    let rows = RegressionCase(
      targets: (columns["target"] ?? []).compactMap { Double($0) },
      predictions: (columns["prediction"] ?? []).compactMap { Double($0) })
    let findings = try rows.findings()
    let later = ["mean_poisson_deviance", "d2_absolute_error"]
    for (metric, value) in SharedData.expected?[name]?.objectValue ?? [:] where !later.contains(metric) {
      #expect(isClose(findings[metric]?.value, value.doubleValue ?? .nan), "\(metric)")
    }
  }

  @Test(arguments: [false, true])
  func `agree for any split`(weighted: Bool) throws {
    let rows = RegressionCase.random(5000, seed: 2, weighted: weighted)
    let whole = try rows.findings()
    var random = Random(7)
    for parts in [2, 3, 17] {
      var states: [RegressionState] = []
      for part in 0..<parts {
        states.append(try rows.picking(stride(from: part, to: 5000, by: parts)).state())
      }
      states.shuffle(using: &random)
      var merged = states.removeLast()
      for state in states { try merged.merge(state) }
      let found = merged.finish(Request())
      for finding in whole.metrics where finding.value != nil {
        #expect(isClose(found[finding.name]?.value, finding.value ?? .nan, within: 1e-13), "\(finding.name)")
      }
      #expect(found.table("residuals")?.numbers("count") == whole.table("residuals")?.numbers("count"))
      #expect(found["median_absolute_error"]?.value == whole["median_absolute_error"]?.value)
    }
  }

  @Test func `count a row of weight k as k rows`() throws {
    var rows = RegressionCase.random(400, seed: 3)
    let copies = rows.picking((0..<400).flatMap { Array(repeating: $0, count: $0 % 4) })
    rows.weights = (0..<400).map { Double($0 % 4) }
    let (weighted, counted) = (try rows.findings(), try copies.findings())
    for finding in counted.metrics where finding.value != nil {
      #expect(isClose(weighted[finding.name]?.value, finding.value ?? .nan), "\(finding.name)")
    }
  }

  @Test func `report the mean error as prediction - target`() throws {
    let findings = try RegressionCase(targets: [1, 2], predictions: [2, 5]).findings()
    #expect(findings["mean_error"]?.value == 2)
    #expect(findings.table("residuals")?.numbers("count").compactMap(\.self).reduce(0, +) == 2)
  }

  @Test func `skip targets of 0 in mape and say so`() throws {
    let finding = try #require(
      try RegressionCase(targets: [0, 2, 4], predictions: [1, 1, 5]).findings()["mape"])
    #expect(finding.value == 0.375 && finding.skipped == 1)
    #expect(isClose(finding.conventional, (0.75 + 0x1p52) / 3))
  }

  @Test func `adjust r2 where the number of features is known`() throws {
    var options = RegressionOptions()
    let rows = RegressionCase.random(50, seed: 1)
    #expect(try rows.findings(options)["adjusted_r2"]?.value == nil)
    options.features = 4
    let findings = try rows.findings(options)
    let r2 = try #require(findings["r2"]?.value)
    #expect(isClose(findings["adjusted_r2"]?.value, 1 - (1 - r2) * 49 / 45))
    options.features = 49
    #expect(try rows.findings(options)["adjusted_r2"]?.value == nil)
  }

  @Test(arguments: [
    ([3], [2.5], "r2", nil), ([3, 3], [3, 3], "r2", 1), ([3, 3], [3, 4], "r2", 0),
    ([3, 3], [4, 4], "explained_variance", 1), ([0.1, 0.1, 0.1], [1, 2, 3], "r2", 0),
    ([0, 0], [1, 2], "wape", nil), ([0, 0], [0, 0], "mape", 0),
  ] as [([Double], [Double], String, Double?)])
  func `are undefined with a reason`(
    targets: [Double], predictions: [Double], name: String, conventional: Double?
  ) throws {
    let finding = try #require(
      try RegressionCase(targets: targets, predictions: predictions).findings()[name])
    #expect(finding.value == nil && finding.reason != nil)
    #expect(finding.conventional == conventional)
  }

  @Test func `know no metric without rows`() {
    let findings = RegressionState(options: RegressionOptions()).finish(Request())
    #expect(findings.metrics.count == 15)
    #expect(findings.metrics.allSatisfy { $0.value == nil && $0.reason != nil })
  }

  @Test(arguments: [(Double.nan, 1.0), (1.0, Double.infinity)])
  func `refuse what is no number, with its row`(target: Double, prediction: Double) throws {
    let rows = RegressionCase(targets: [1, 2, target], predictions: [1, 2, prediction])
    let error = try #require(throws: KernelError.self) { try rows.state() }
    #expect(error.row == 2 && error.kind == .badData)
  }

  @Test func `say so where a sum is too large`() throws {
    let findings = try RegressionCase(targets: [1e200, 0], predictions: [-1e200, 1]).findings()
    #expect(findings["mse"]?.value == nil)
    #expect(findings["mae"]?.value == 1e200)
  }

  @Test func `keep no errors where the median is not asked for`() throws {
    var options = RegressionOptions()
    options.only = ["mae"]
    let findings = try RegressionCase.random(100, seed: 1).findings(options)
    #expect(findings["median_absolute_error"] == nil && findings["mae"]?.value != nil)
  }
}
