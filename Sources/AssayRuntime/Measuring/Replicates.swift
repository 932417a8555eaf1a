import AssayCore
import AssayHost
import AssayStatistics

/// What a bootstrap says about the metrics of some rows.
struct Replicates: Sendable {
  /// As the result names it.
  var method: String
  var count: Int
  /// The values of each metric in the replicates in which it is defined.
  private var values: [String: [Double]] = [:]

  /// The share of the replicates in which a metric may be undefined.
  static let undefinedLimit = 0.05

  init(method: String, _ findings: [Findings]) {
    self.method = method
    count = findings.count
    for replicate in findings {
      for metric in replicate.metrics {
        guard let value = metric.value, !value.isNaN else { continue }
        values[metric.name, default: []].append(value)
      }
    }
  }

  /// The percentile interval of a metric, or why there is none.
  func interval(of metric: String, level: Double) -> (ConfidenceInterval?, reason: String?) {
    let defined = values[metric] ?? []
    let undefined = count - defined.count
    guard Double(undefined) <= Self.undefinedLimit * Double(count) else {
      return (nil, "the metric is undefined in \(undefined) of \(count) bootstrap replicates")
    }
    guard let bounds = percentileInterval(replicates: defined, level: level) else {
      return (nil, "there are no bootstrap replicates")
    }
    return (
      ConfidenceInterval(
        level: level, low: bounds.low, high: bounds.high, method: method,
        replicates: defined.count, undefinedReplicates: undefined), nil
    )
  }
}
