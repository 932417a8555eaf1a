import AssayCore
import AssayStatistics

/// Sides that have no items in common: one model on two data sets, two groups of users.
extension DifferenceMaker {
  /// Compares a metric that is a mean over items; nil where it is none.
  ///
  /// Rates by Fisher's exact test with Newcombe's interval, means by Welch's.
  func ofIndependentParts(
    _ metric: String, _ side: SideEvidence, _ reference: SideEvidence
  ) throws(Undefined) -> Finding? {
    guard let mine = side.parts[metric], let theirs = reference.parts[metric] else { return nil }
    let isClustered = side.clusters != nil || reference.clusters != nil
    let (first, second) = (mine.filter { !$0.isNaN }, theirs.filter { !$0.isNaN })
    if !isClustered, (first + second).allSatisfy({ $0 == 0 || $0 == 1 }) {
      return try ofIndependentRates(first, second)
    }
    let means = (try mean(mine, side.clusters), try mean(theirs, reference.clusters))
    let found = try welchTTest(means.0, means.1, level: level)
    let method = isClustered ? "welch_t_clustered" : "welch_t"
    return Finding(
      interval: interval(found.mean.interval, method),
      test: PairedTest(method: method, statistic: found.test.statistic, pValue: found.test.pValue),
      detectable: detectable(
        standardError: found.mean.standardError,
        units: Int(means.0.degreesOfFreedom + means.1.degreesOfFreedom) + 1))
  }

  private func mean(_ values: [Double], _ clusters: Clusters?) throws(Undefined) -> SampleMean {
    let kept = values.indices.filter { !values[$0].isNaN }
    let defined = kept.map { values[$0] }
    guard let clusters else { return try SampleMean(defined) }
    let groups = Clusters(kept.map { clusters.ids[$0] })
    let found = try clusteredMean(defined, clusters: groups, correction: .few, level: level)
    return SampleMean(
      mean: found.estimate.value, standardError: found.estimate.standardError,
      degreesOfFreedom: Double(groups.count - 1))
  }

  private func ofIndependentRates(_ mine: [Double], _ theirs: [Double]) throws(Undefined) -> Finding {
    let first = try Proportion(successes: mine.count { $0 == 1 }, trials: mine.count)
    let second = try Proportion(successes: theirs.count { $0 == 1 }, trials: theirs.count)
    let test = fisherExactTest(first, second)
    return Finding(
      interval: interval(try newcombeInterval(first, second, level: level), "newcombe"),
      test: PairedTest(method: test.method, statistic: test.statistic, pValue: test.pValue),
      detectable: detectable(
        standardError: (first.variance + second.variance).squareRoot(),
        units: first.trials + second.trials - 1))
  }

  /// Areas under ROC curves of independent rows, by DeLong's errors.
  func ofIndependentAreas(
    _ metric: String, _ side: SideEvidence, _ reference: SideEvidence
  ) throws(Undefined) -> Finding? {
    guard let mine = side.ranking, let theirs = reference.ranking, mine.metrics.contains(metric),
      theirs.metrics.contains(metric)
    else { return nil }
    let found = try unpairedAreaTest(
      try ROCAreas(labels: mine.labels, scores: [mine.scores]),
      try ROCAreas(labels: theirs.labels, scores: [theirs.scores]), level: level)
    return Finding(
      interval: interval(found.mean.interval, "delong_unpaired"),
      test: PairedTest(
        method: "delong_unpaired", statistic: found.test.statistic, pValue: found.test.pValue),
      detectable: detectable(
        standardError: found.mean.standardError, units: mine.labels.count + theirs.labels.count - 1))
  }
}

extension Proportion {
  /// Of the rate.
  fileprivate var variance: Double { rate * (1 - rate) / Double(trials) }
}
