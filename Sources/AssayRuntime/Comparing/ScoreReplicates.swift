import AssayCore
import AssayHost
import AssayStatistics
import CAssayPlugin

/// Bootstrap replicates of the metrics of scores that have no closed form.
struct ScoreReplicates: Sendable {
  /// By what each item's weight is drawn: its number, or its cluster.
  let identities: [UInt64]
  let seed: UInt64
  let threads: PluginThreads
  let control: RunControl

  /// The quantiles and the standard deviation in each replicate.
  ///
  /// - Parameter scores: One an item, none of them NaN.
  /// - Complexity: O(*n* log *n* + *replicates* · *n*).
  func replicates(of scores: [Double]) throws(AssayError) -> Replicates {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    let sorted = order.map { scores[$0] }
    let ids = order.map { identities[$0] }
    let (seed, control) = (seed, control)
    let drawn = try threads.map(
      count: Resampling.replicateCount, isCancelled: { control.isCancelled }
    ) { replicate -> WeightedScores in
      let stream = assay_resample_stream(seed, UInt64(replicate))
      return WeightedScores(sorted: sorted, weights: ids.map { assay_resample_weight(stream, $0) })
    }
    var values = ScoreSummary.quantiles.mapValues { share in drawn.map { $0.quantile(share) } }
    values["std"] = drawn.map(\.standardDeviation)
    return Replicates(method: "poisson_bootstrap", values: values)
  }
}

extension ScoreReplicates {
  /// The means of some values in each replicate, over the items that have one.
  ///
  /// - Parameter values: By metric, one an item; NaN for an item that it is not about.
  /// - Complexity: O(*replicates* · *n*).
  func replicates(ofMeans values: [String: [Double]]) throws(AssayError) -> Replicates {
    let (seed, control, identities) = (seed, control, identities)
    let drawn = try threads.map(
      count: Resampling.replicateCount, isCancelled: { control.isCancelled }
    ) { replicate -> [String: Double] in
      let stream = assay_resample_stream(seed, UInt64(replicate))
      let weights = identities.map { Double(assay_resample_weight(stream, $0)) }
      return values.mapValues { values in
        var (sum, total) = (0.0, 0.0)
        for (value, weight) in zip(values, weights) where !value.isNaN {
          sum += weight * value
          total += weight
        }
        return total > 0 ? sum / total : .nan
      }
    }
    return Replicates(
      method: "poisson_bootstrap",
      values: Dictionary(uniqueKeysWithValues: values.keys.map { name in (name, drawn.map { $0[name] ?? .nan }) }))
  }
}

/// Sorted scores of which each counts some times.
private struct WeightedScores: Sendable {
  private let quantiles: [Double: Double]
  let standardDeviation: Double

  init(sorted: [Double], weights: [UInt32]) {
    let total = weights.reduce(0) { $0 + Int($1) }
    var mean = 0.0
    for (score, weight) in zip(sorted, weights) { mean += score * Double(weight) }
    mean /= Double(max(1, total))
    var squares = 0.0
    for (score, weight) in zip(sorted, weights) { squares += Double(weight) * (score - mean) * (score - mean) }
    standardDeviation = total > 1 ? (squares / Double(total - 1)).squareRoot() : .nan
    var quantiles: [Double: Double] = [:]
    for share in Set(ScoreSummary.quantiles.values) {
      quantiles[share] = Self.quantile(share, sorted, weights, total)
    }
    self.quantiles = quantiles
  }

  func quantile(_ share: Double) -> Double { quantiles[share] ?? .nan }

  /// As ``AssayStatistics/quantile(_:ofSorted:)`` of the scores, each written down as often as
  /// it counts.
  private static func quantile(
    _ share: Double, _ sorted: [Double], _ weights: [UInt32], _ total: Int
  ) -> Double {
    guard total > 0 else { return .nan }
    let place = share * Double(total - 1)
    let below = Int(place)
    var passed = 0
    var low: Double?
    for (score, weight) in zip(sorted, weights) where weight > 0 {
      passed += Int(weight)
      if low == nil, passed > below { low = score }
      guard let low, passed > min(below + 1, total - 1) else { continue }
      return score == low ? low : low + (place - Double(below)) * (score - low)
    }
    return low ?? .nan
  }
}
