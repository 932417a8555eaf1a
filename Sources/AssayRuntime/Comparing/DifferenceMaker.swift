import AssayCore
import AssayStatistics

/// Compares a metric of two sides over the same items.
///
/// Areas under ROC curves are compared by DeLong's paired test, rates over items by
/// McNemar's exact test, means over items by the sign-flip permutation or Student's t, and
/// every other metric by the bootstrap that draws the same items on both sides. Sides that are
/// independent samples have tests of their own.
struct DifferenceMaker: Sendable {
  let level: Double
  let power: Double
  let seed: UInt64
  /// Whether the sides have the same items.
  var isPaired = true

  /// From so few items, or clusters of them, the bootstrap's percentiles are no interval.
  static let fewestDrawn = 10
  /// Why there is no interval where there is no spread.
  static let withoutSpread = "nothing varies in these items, so they do not say how far the difference could be off"

  /// What a way to compare found.
  struct Finding {
    var interval: ConfidenceInterval?
    var intervalReason: String?
    var test: PairedTest?
    var detectable: Double?
    /// What is peculiar about the difference.
    var reason: String?
  }

  /// A side against a reference.
  func difference(
    of metric: String, direction: Direction, _ side: SideEvidence, against reference: SideEvidence
  ) -> MetricDifference {
    let (mine, theirs) = (side.counts.scored, reference.counts.scored)
    let items = isPaired ? min(mine, theirs) : mine + theirs
    var result = MetricDifference(
      side: side.name, reference: reference.name, value: nil, items: items)
    for evidence in [reference, side] {
      let found = evidence.metric(metric)
      guard found?.value == nil else { continue }
      result.reason = "\(evidence.name): \(found?.reason ?? "there is no \(metric)")"
      return result
    }
    guard let value = side.metric(metric)?.value, let other = reference.metric(metric)?.value else {
      return result
    }
    result.value = value - other
    result.isBetter = direction.isBetter(value, than: other)
    let found = finding(of: metric, value - other, side, reference)
    result.interval = found.interval
    result.intervalReason = found.intervalReason
    result.test = direction == .zeroIsBest ? nearness(of: metric, side, reference) : found.test
    result.detectable = found.detectable
    result.reason = found.reason
    return result
  }

  private func finding(
    of metric: String, _ difference: Double, _ side: SideEvidence, _ reference: SideEvidence
  ) -> Finding {
    let isClustered = side.clusters != nil || reference.clusters != nil
    do throws(Undefined) {
      if !isPaired {
        if let finding = try ofIndependentParts(metric, side, reference) { return finding }
        if !isClustered, let finding = try ofIndependentAreas(metric, side, reference) { return finding }
        return try ofReplicates(metric, difference, side, reference)
      }
      if let finding = try ofParts(metric, side, reference) { return finding }
      if !isClustered, let finding = try ofAreas(metric, side, reference) { return finding }
      return try ofReplicates(metric, difference, side, reference)
    } catch {
      return Finding(intervalReason: error.message)
    }
  }

  // MARK: - Areas

  private func ofAreas(
    _ metric: String, _ side: SideEvidence, _ reference: SideEvidence
  ) throws(Undefined) -> Finding? {
    guard let mine = side.ranking, let theirs = reference.ranking, mine.metrics.contains(metric),
      theirs.metrics.contains(metric), mine.labels == theirs.labels
    else { return nil }
    let areas = try ROCAreas(labels: mine.labels, scores: [mine.scores, theirs.scores])
    let found = try areas.difference(0, 1, level: level)
    let error = found.difference.standardError
    guard error > 1e-12 || (areas.areas[0] > 0 && areas.areas[0] < 1) else {
      return Finding(intervalReason: Self.withoutSpread)
    }
    return Finding(
      interval: interval(found.difference.interval, RankedItems.method),
      test: PairedTest(
        method: RankedItems.method, statistic: found.test.statistic, pValue: found.test.pValue),
      detectable: detectable(standardError: error, units: mine.labels.count),
      reason: error > 0 ? nil : "the two curves order all items alike")
  }

  // MARK: - Replicates

  private func ofReplicates(
    _ metric: String, _ difference: Double, _ side: SideEvidence, _ reference: SideEvidence
  ) throws(Undefined) -> Finding {
    guard let mine = side.replicates?.values(of: metric),
      let theirs = reference.replicates?.values(of: metric), mine.count == theirs.count
    else {
      return withoutItems(metric, side, reference)
    }
    let method = side.replicates?.method ?? "poisson_bootstrap"
    let drawn = BootstrapReplicates(values: zip(mine, theirs).map { $0 - $1 })
    let bounds = try drawn.percentileInterval(level: level)
    let error = try drawn.standardError()
    let units = units(side, reference)
    guard units >= Self.fewestDrawn else {
      return Finding(
        intervalReason: "the bootstrap says nothing from \(units) items or clusters; it needs \(Self.fewestDrawn)")
    }
    let size = 1e-12 * max(abs(mine[0]), abs(theirs[0]))
    let areAlike = zip(mine, theirs).allSatisfy { $0 == $1 || $0.isNaN }
    guard error > size || (areAlike && Set(mine).count > 1) else {
      return Finding(intervalReason: Self.withoutSpread)
    }
    return Finding(
      interval: ConfidenceInterval(
        level: level, low: bounds.low, high: bounds.high, method: method,
        replicates: drawn.values.count, undefinedReplicates: drawn.undefined),
      test: PairedTest(method: method, pValue: Self.pValue(drawn.values, difference, error)),
      detectable: detectable(standardError: error, units: units),
      reason: error == 0 && difference == 0 ? "both sides are alike in every replicate" : nil)
  }

  /// Twice the share of the replicates on the rarer side of 0.
  ///
  /// Replicates count as one more on either side, so that no p-value is 0. Where none lies on
  /// the rarer side their number says no more than that, and the normal tail is taken where
  /// it is smaller: or else no difference among many tests could be significant.
  private static func pValue(_ drawn: [Double], _ difference: Double, _ error: Double) -> Double {
    let (below, above) = (drawn.count { $0 <= 0 }, drawn.count { $0 >= 0 })
    let share = min(1, 2 * Double(1 + min(below, above)) / Double(drawn.count + 1))
    guard min(below, above) == 0, error > 0 else { return share }
    return min(share, 2 * NormalDistribution.cumulative(-abs(difference) / error))
  }

  /// Whether one side is nearer to 0 than the other, of a metric that is best there: the
  /// difference of two opposite biases is large, and neither need be the better one.
  private func nearness(
    of metric: String, _ side: SideEvidence, _ reference: SideEvidence
  ) -> PairedTest? {
    guard let mine = side.replicates?.values(of: metric), let value = side.metric(metric)?.value,
      let theirs = reference.replicates?.values(of: metric), let other = reference.metric(metric)?.value,
      mine.count == theirs.count, units(side, reference) >= Self.fewestDrawn
    else { return nil }
    let drawn = BootstrapReplicates(values: zip(mine, theirs).map { abs($0) - abs($1) })
    guard let error = try? drawn.standardError() else { return nil }
    return PairedTest(
      method: side.replicates?.method ?? "poisson_bootstrap",
      pValue: Self.pValue(drawn.values, abs(value) - abs(other), error))
  }

  /// How many items, or clusters of them, were drawn.
  private func units(_ side: SideEvidence, _ reference: SideEvidence) -> Int {
    let (mine, theirs) = (
      side.clusters?.count ?? side.counts.scored, reference.clusters?.count ?? reference.counts.scored
    )
    return isPaired ? mine : mine + theirs - 1
  }

  /// What the intervals of the two sides say, as if their items were not the same: of models
  /// that find the same items hard the interval is wider than it need be.
  private func withoutItems(_ metric: String, _ side: SideEvidence, _ reference: SideEvidence) -> Finding {
    let reason = side.metric(metric)?.intervalReason ?? side.replicatesReason ?? "there is no way to draw replicates of \(metric)"
    guard side.isStored || !isPaired, let mine = side.metric(metric), let theirs = reference.metric(metric),
      let value = mine.value, let other = theirs.value, let first = mine.interval, let second = theirs.interval,
      first.level == level, second.level == level
    else { return Finding(intervalReason: reason) }
    let bounds = differenceInterval(
      of: value, Bounds(low: first.low, high: first.high), and: other, Bounds(low: second.low, high: second.high))
    return Finding(interval: interval(bounds, "unpaired"))
  }

  // MARK: - Parts of the three

  func interval(_ bounds: Bounds, _ method: String) -> ConfidenceInterval {
    ConfidenceInterval(level: level, low: bounds.low, high: bounds.high, method: method)
  }

  /// The least true difference that would be found, by the error of this one.
  func detectable(standardError: Double, units: Int) -> Double? {
    guard standardError > 0, units >= 2 else { return nil }
    let design = PairedMeansDesign(
      standardDeviation: standardError * Double(units).squareRoot(), alpha: 1 - level)
    return try? design.detectableEffect(rows: units, power: power)
  }
}

extension Direction {
  /// Whether a value is better than another; nil where they are equally good, or
  /// neither end is better.
  func isBetter(_ value: Double, than other: Double) -> Bool? {
    let (mine, theirs) =
      switch self {
      case .higherIsBetter: (value, other)
      case .lowerIsBetter: (-value, -other)
      case .zeroIsBest: (-abs(value), -abs(other))
      case .none: (0.0, 0.0)
      }
    return mine == theirs ? nil : mine > theirs
  }
}
