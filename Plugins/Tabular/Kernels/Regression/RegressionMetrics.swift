public import KernelSupport

/// The metrics that follow from the sums of a regression.
struct RegressionMetrics {
  let sums: RegressionSums
  let options: RegressionOptions
  let isWeighted: Bool
  /// The median of the absolute errors; nil where the errors were not kept.
  let median: Double?

  private static let noRows = "There are no rows with a weight."

  private var weight: Double { sums[.weight] }

  /// All metrics, in the order of their declaration.
  var all: [Finding] {
    guard weight > 0 else { return names.map { Finding($0, undefined: Self.noRows) } }
    var metrics = [
      finding("mae", (sums[.under] + sums[.over]) / weight),
      finding("mse", sums[.squares] / weight),
      finding("rmse", (sums[.squares] / weight).squareRoot()),
    ]
    if let median { metrics.append(finding(RegressionOptions.medianName, median)) }
    metrics += [
      relative, finding("smape", sums[.symmetric] / weight), weightedRelative, determination,
      adjustedDetermination, explainedVariance, finding("max_error", sums.largest),
      finding("mean_error", -sums.errors.mean(weight: weight)),
    ]
    return metrics + options.quantiles.map(pinball)
  }

  private var names: [String] {
    [
      "mae", "mse", "rmse", RegressionOptions.medianName, "mape", "smape", "wape", "r2",
      "adjusted_r2", "explained_variance", "max_error", "mean_error",
    ] + options.quantiles.map(RegressionOptions.pinballName)
  }

  private func finding(_ name: String, _ value: Double) -> Finding {
    Finding(name, value, support: sums.rows)
  }

  private func pinball(_ quantile: Double) -> Finding {
    let name = RegressionOptions.pinballName(quantile)
    return finding(name, (quantile * sums[.under] + (1 - quantile) * sums[.over]) / weight)
  }

  /// MAPE over the rows whose target is not 0.
  private var relative: Finding {
    let divisible = weight - sums[.zeroWeight]
    // scikit-learn divides by a machine epsilon where the target is 0.
    let conventional = (sums[.relative] + sums[.zeroErrors] / .ulpOfOne) / weight
    guard sums.rows > sums.zeroTargets, divisible > 0 else {
      return Finding("mape", undefined: "Every target is 0.", conventional: conventional)
    }
    var finding = Finding("mape", sums[.relative] / divisible, support: sums.rows - sums.zeroTargets)
    if sums.zeroTargets > 0 {
      finding.skipped = sums.zeroTargets
      finding.conventional = conventional
    }
    return finding
  }

  private var weightedRelative: Finding {
    guard sums[.absoluteTargets] > 0 else { return Finding("wape", undefined: "Every target is 0.") }
    return finding("wape", (sums[.under] + sums[.over]) / sums[.absoluteTargets])
  }

  private var determination: Finding { share("r2", of: sums[.squares]) }

  private var explainedVariance: Finding {
    share("explained_variance", of: sums.errors.spread(weight: weight))
  }

  /// 1 - what is left of the targets' spread.
  private func share(_ name: String, of left: Double) -> Finding {
    guard sums.rows > 1 else { return Finding(name, undefined: "There is only one row.") }
    let spread = targetSpread
    guard spread > 0 else {
      return Finding(
        name, undefined: "All targets are equal.", conventional: left == 0 ? 1 : 0)
    }
    return finding(name, 1 - left / spread)
  }

  /// The targets' squared distances from their mean; 0 where they are all equal.
  private var targetSpread: Double {
    let spread = sums.targets.spread(weight: weight)
    // Distances that are rounding errors of the mean are none.
    let scale = abs(sums.targets.shift) * .ulpOfOne
    return spread <= scale * scale * weight ? 0 : spread
  }

  private var adjustedDetermination: Finding {
    let name = "adjusted_r2"
    guard let features = options.features else {
      return Finding(name, undefined: "Set the parameter features to the model's number of features.")
    }
    let degrees = sums.rows - features - 1
    guard degrees > 0 else {
      return Finding(
        name, undefined: "\(sums.rows) rows are too few for \(features) features; \(features + 2) are needed.")
    }
    guard let value = determination.value else {
      return Finding(name, undefined: determination.reason ?? "r2 is undefined.")
    }
    return finding(name, 1 - (1 - value) * Double(sums.rows - 1) / Double(degrees))
  }
}

extension RegressionState {
  /// The metrics and tables of the rows so far.
  ///
  /// - Complexity: O(*n*) where the median is wanted, else O(1); O(*n* log *k*) for
  ///   *k* chunks where rows have weights.
  public func finish(_ request: Request) -> Findings {
    var findings = Findings()
    let wantsMedian = request.wants(RegressionOptions.medianName)
    let metrics = RegressionMetrics(
      sums: sums, options: options, isWeighted: isWeighted, median: wantsMedian ? median : nil)
    findings.metrics = metrics.all.filter { request.wants($0.name) }
    if options.needsHistogram, request.wants("residuals") {
      findings.tables = [histogram.table(isWeighted: isWeighted)]
    }
    return findings
  }

  private var median: Double? {
    switch errors {
    case .none: nil
    case .plain(let parts): MedianSelection(parts: parts).median
    case .weighted(let runs): runs.weightedMedian(total: sums[.weight])
    case .tracked: (replicas ?? RegressionReplicas(self)).median
    }
  }
}
