import AssayPluginKit
import AssayStatistics

/// Reports agreements beyond chance with their errors.
struct AgreementReporter {
  let sink: Sink

  /// - Parameters:
  ///   - method: How its error comes about.
  ///   - estimate: From the level of the interval.
  func report(
    _ name: String, method: String, _ estimate: (Double) throws(Undefined) -> AgreementEstimate
  ) throws(PluginError) {
    let level = sink.intervalLevel
    let found: AgreementEstimate
    do throws(Undefined) {
      found = try estimate(level > 0 ? level : 0.95)
    } catch {
      return try sink.undefined(name, "\(error).")
    }
    var detail = MetricDetail()
    detail.standardError = found.estimate.standardError
    if level > 0 {
      (detail.low, detail.high) = (found.estimate.interval.low, found.estimate.interval.high)
      detail.method = method
    }
    try sink.metric(name, found.estimate.value, detail)
  }

  func tooMany(_ name: String, _ categories: Int) throws(PluginError) {
    try sink.undefined(
      name, "The \(categories) categories are too many for a table of what was said how often.")
  }
}
