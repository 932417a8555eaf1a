import AssayArrow
import AssayPluginKit

/// How often predicted intervals hold the true value, and how wide they are.
///
/// The whole of a metric: what it keeps of its rows, how two parts become one, and
/// what it reports.
struct IntervalCoverage: StatefulEvaluator {
  private var rows = 0
  private var covered = 0
  private var width = 0.0

  init(parameters: Parameters) {}

  mutating func update(_ batch: Batch) throws(PluginError) {
    let (target, low, high) = try (
      batch.column("target"), batch.column("low"), batch.column("high")
    )
    let values = try target.numbers(Double.self)
    let lows = try low.numbers(Double.self)
    let highs = try high.numbers(Double.self)
    for row in 0..<batch.rowCount {
      guard lows[row] <= highs[row] else {
        throw PluginError(
          .badData, "The interval from \(lows[row]) to \(highs[row]) ends before it begins.", row: row)
      }
      covered += values[row] >= lows[row] && values[row] <= highs[row] ? 1 : 0
      width += highs[row] - lows[row]
    }
    rows += batch.rowCount
  }

  mutating func merge(_ other: consuming IntervalCoverage) {
    rows += other.rows
    covered += other.covered
    width += other.width
  }

  mutating func finish(_ sink: Sink) throws(PluginError) {
    var detail = MetricDetail()
    detail.support = rows
    guard rows > 0 else {
      try sink.undefined("coverage", "There are no rows.", detail)
      return try sink.undefined("mean_width", "There are no rows.", detail)
    }
    try sink.metric("mean_width", width / Double(rows), detail)
    // A rate's two parts are all that the host needs for its interval.
    detail.numerator = Double(covered)
    detail.denominator = Double(rows)
    try sink.metric("coverage", Double(covered) / Double(rows), detail)
  }
}
