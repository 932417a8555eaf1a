/// The interval of a mean of which only sums over clusters are known, as where rows
/// stream by: ``clusteredMean(_:clusters:correction:level:)`` with the correction `cr1`.
///
/// With a cluster for each value it is ``meanInterval(mean:standardDeviation:count:level:)``.
///
/// - Parameters:
///   - deviations: For each cluster the sum of its values' differences to the mean.
///   - count: How many values there are.
/// - Returns: The standard error and the interval; nil under two clusters.
public func clusteredMeanInterval(
  mean: Double, deviations: [Double], count: Int, level: Double
) -> (standardError: Double, bounds: Bounds)? {
  guard deviations.count >= 2, count >= deviations.count else { return nil }
  let groups = Double(deviations.count)
  let squares = compensatedSum(deviations.lazy.map { $0 * $0 })
  let error = (groups / (groups - 1) * squares).squareRoot() / Double(count)
  let bounds = meanInterval(
    mean: mean, standardDeviation: error * groups.squareRoot(), count: deviations.count,
    level: level)
  return bounds.map { (error, $0) }
}
