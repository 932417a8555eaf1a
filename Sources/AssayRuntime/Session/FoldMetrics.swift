import AssayCore

/// Metrics over folds: `NAME_fold_mean` and `NAME_fold_std`.
///
/// The deviation has n - 1 in the denominator. Where a metric is undefined in some
/// fold, so are both: leaving the fold out would flatter the rest.
enum FoldMetrics {
  static let meanSuffix = "_fold_mean"
  static let deviationSuffix = "_fold_std"
  static let deviation = MetricDeclaration(
    direction: .lowerIsBetter, range: MetricRange(lower: 0))

  /// The metric behind a name of a fold metric.
  static func base(of name: String) -> (String, isMean: Bool)? {
    if name.hasSuffix(meanSuffix) { return (String(name.dropLast(meanSuffix.count)), true) }
    if name.hasSuffix(deviationSuffix) {
      return (String(name.dropLast(deviationSuffix.count)), false)
    }
    return nil
  }

  /// Two metrics for each one that the folds have.
  static func metrics(over folds: [SliceResult]) -> [MetricResult] {
    guard let first = folds.first else { return [] }
    return first.metrics.flatMap { metric in pair(metric, folds) }
  }

  private static func pair(_ metric: MetricResult, _ folds: [SliceResult]) -> [MetricResult] {
    var summary = ScoreSummary()
    var reason: String?
    for fold in folds {
      if let value = fold.metrics.first(where: { $0.name == metric.name })?.value {
        summary.merge(ScoreSummary([value]))
      } else if reason == nil {
        reason = "undefined in the fold \(fold.by.first?.value ?? "")"
      }
    }
    let isDefined = reason == nil
    let spread = isDefined ? summary.standardDeviation : nil
    return [
      MetricResult(
        name: metric.name + meanSuffix, value: isDefined ? summary.mean : nil, reason: reason,
        direction: metric.direction, range: metric.range),
      MetricResult(
        name: metric.name + deviationSuffix, value: spread,
        reason: spread == nil ? reason ?? "one fold has no spread" : nil,
        direction: deviation.direction, range: deviation.range),
    ]
  }
}
