/// A mean with an error that takes rows of one cluster as dependent.
public struct ClusteredMean: Sendable, Hashable {
  /// Mean, clustered standard error, and Student's interval with clusters - 1
  /// degrees of freedom.
  public var estimate: Estimate
  /// As if all rows were independent, with n - 1 in the denominator.
  public var naiveStandardError: Double
  public var rows: Int
  public var clusters: Int

  /// Under about twenty clusters the standard error is itself unsure and usually
  /// too small (Cameron and Miller 2015).
  public var hasFewClusters: Bool { clusters < 20 }
}

/// How a clustered standard error makes up for few clusters.
public enum ClusterCorrection: String, Sendable, Hashable, CaseIterable {
  /// Not at all: √(Σ_g (Σ_{i∈g} (s_i - s̄))²) / n (CR0; Miller 2024, arXiv:2411.00640).
  case none = "cr0"
  /// The square times G / (G - 1) (CR1, Stata's and statsmodels' for a mean).
  case few = "cr1"
}

/// The mean of values whose rows come in clusters.
///
/// Given the differences of two models on the same rows, this is the paired and
/// clustered comparison; ``clusteredTTest(_:clusters:correction:alternative:level:)``
/// tests it.
///
/// - Throws: `lengths-differ`, `not-finite`, `too-few-values` under two clusters,
///   `invalid-argument`.
/// - Complexity: O(*n*).
public func clusteredMean(
  _ values: [Double], clusters: Clusters, correction: ClusterCorrection = .none,
  level: Double = 0.95
) throws(Undefined) -> ClusteredMean {
  try clustered(values, clusters, correction, level)
}

/// The t test of whether a clustered mean is 0, with clusters - 1 degrees of freedom.
///
/// - Throws: As ``clusteredMean(_:clusters:correction:level:)``, and `no-variation`
///   where the clusters' sums of differences leave no error and the mean is not 0.
public func clusteredTTest(
  _ differences: [Double], clusters: Clusters, correction: ClusterCorrection = .none,
  alternative: Alternative = .twoSided, level: Double = 0.95
) throws(Undefined) -> PairedTResult {
  let mean = try clustered(differences, clusters, correction, level)
  return try tTest(
    mean: mean.estimate.value, standardError: mean.estimate.standardError,
    degreesOfFreedom: Double(clusters.count - 1), alternative: alternative, level: level)
}

private func clustered(
  _ values: [Double], _ clusters: Clusters, _ correction: ClusterCorrection,
  _ level: Double
) throws(Undefined) -> ClusteredMean {
  try Check.level(level)
  try Check.parallel(values.count, clusters.ids.count, "values and clusters")
  try Check.finite(values)
  try Check.enough(clusters.count, atLeast: 2, "clusters")
  let moments = Moments(values)
  var sums = [Double](repeating: 0, count: clusters.count)
  for (value, cluster) in zip(values, clusters.ids) { sums[cluster] += value - moments.mean }
  let error = clusteredError(
    sums, count: values.count, magnitude: compensatedSum(values.lazy.map { abs($0) }),
    correction: correction)
  let interval = clusteredInterval(
    mean: moments.mean, error: error, clusters: clusters.count, level: level)
  guard let interval else {
    throw Undefined(.notFinite, "the values are too large for their mean or spread")
  }
  return ClusteredMean(
    estimate: Estimate(
      value: moments.mean, standardError: error, interval: interval, level: level),
    naiveStandardError: moments.standardError, rows: values.count, clusters: clusters.count)
}
