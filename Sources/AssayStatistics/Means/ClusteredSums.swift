/// The interval of a mean of which only sums over clusters are known, as where rows
/// stream by: ``clusteredMean(_:clusters:correction:level:)`` with the correction `cr1`.
///
/// With a cluster for each value it is ``meanInterval(mean:standardDeviation:count:level:)``.
///
/// - Parameters:
///   - deviations: For each cluster the sum of its values' differences to the mean.
///   - count: How many values there are.
/// - Returns: The standard error, 0 where rounding alone is left of it, and the interval;
///   nil under two clusters.
public func clusteredMeanInterval(
  mean: Double, deviations: [Double], count: Int, level: Double
) -> (standardError: Double, bounds: Bounds)? {
  guard deviations.count >= 2, count >= deviations.count else { return nil }
  let error = clusteredError(
    deviations, count: count, magnitude: abs(mean) * Double(count), correction: .few)
  return clusteredInterval(mean: mean, error: error, clusters: deviations.count, level: level)
    .map { (error, $0) }
}

/// The standard error of a mean from what each cluster adds to it.
///
/// - Parameters:
///   - deviations: For each cluster the sum of its values' differences to the mean.
///   - magnitude: About the sum of the values without their signs. An error that is no more
///     than the rounding of such a sum is 0: clusters whose sums are equal say nothing.
func clusteredError(
  _ deviations: [Double], count: Int, magnitude: Double, correction: ClusterCorrection
) -> Double {
  let groups = Double(deviations.count)
  let squares = compensatedSum(deviations.lazy.map { $0 * $0 })
  let rounding = magnitude * 1e-14
  guard !(squares <= rounding * rounding) else { return 0 }
  let scale = correction == .few ? groups / (groups - 1) : 1
  return (squares * scale).squareRoot() / Double(count)
}

/// Student's interval with clusters - 1 degrees of freedom; nil for what is not finite.
func clusteredInterval(mean: Double, error: Double, clusters: Int, level: Double) -> Bounds? {
  meanInterval(
    mean: mean, standardDeviation: error * Double(clusters).squareRoot(), count: clusters,
    level: level)
}
