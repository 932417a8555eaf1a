/// The percentile interval of bootstrap replicates (Efron and Tibshirani 1993,
/// chapter 13).
///
/// Each end is the ``quantile(_:ofSorted:)`` of the replicates.
///
/// - Returns: nil for no replicates.
/// - Complexity: O(*n* log *n*).
public func percentileInterval(replicates: [Double], level: Double) -> Bounds? {
  guard !replicates.isEmpty else { return nil }
  let sorted = replicates.sorted()
  let tail = (1 - level) / 2
  return Bounds(low: quantile(tail, ofSorted: sorted), high: quantile(1 - tail, ofSorted: sorted))
}
