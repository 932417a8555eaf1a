import AssayCore
import AssayHost
import AssayStatistics

/// What a bootstrap says about the metrics of some rows.
struct Replicates: Sendable {
  /// As the result names it.
  var method: String
  var count: Int
  /// By metric, a value for each replicate in its order; NaN where it is undefined.
  private var values: [String: [Double]] = [:]

  init(method: String, _ findings: [Findings]) {
    self.method = method
    count = findings.count
    for (number, replicate) in findings.enumerated() {
      for metric in replicate.metrics {
        guard let value = metric.value, !value.isNaN else { continue }
        values[metric.name, default: [Double](repeating: .nan, count: count)][number] = value
      }
    }
  }

  /// Values of replicates that somebody else drew, by metric; NaN where undefined.
  ///
  /// - Precondition: All are of the same number.
  init(method: String, values: [String: [Double]]) {
    self.method = method
    self.values = values
    count = values.values.first?.count ?? 0
  }

  /// The replicates without those metrics of which they say nothing.
  func without(_ isLeftOut: (String) -> Bool) -> Replicates {
    var rest = self
    rest.values = values.filter { !isLeftOut($0.key) }
    return rest
  }

  /// The value of a metric in each replicate, in their order; nil where no replicate has it.
  func values(of metric: String) -> [Double]? { values[metric] }

  /// The percentile interval of a metric, or why there is none.
  func interval(of metric: String, level: Double) -> (ConfidenceInterval?, reason: String?) {
    let drawn = BootstrapReplicates(values: values[metric] ?? [Double](repeating: .nan, count: count))
    do throws(Undefined) {
      let bounds = try drawn.percentileInterval(level: level)
      let interval = ConfidenceInterval(
        level: level, low: bounds.low, high: bounds.high, method: method,
        replicates: drawn.values.count, undefinedReplicates: drawn.undefined)
      return (interval, nil)
    } catch {
      return (nil, error.message)
    }
  }
}
