import AssayCore
import AssayStatistics

extension DifferenceMaker {
  /// So many items are permuted; with more of them Student's t is as good.
  private static let permutedItems = 10_000
  /// So many items are ranked for Wilcoxon's test, which is only shown beside another.
  private static let rankedItems = 1_000_000

  /// Compares a metric that is a mean over items; nil where it is none, or where it is
  /// about other items on the other side, as a precision is.
  func ofParts(
    _ metric: String, _ side: SideEvidence, _ reference: SideEvidence
  ) throws(Undefined) -> Finding? {
    guard let mine = side.parts[metric], let theirs = reference.parts[metric],
      mine.count == theirs.count, zip(mine, theirs).allSatisfy({ $0.isNaN == $1.isNaN })
    else { return nil }
    let kept = mine.indices.filter { !mine[$0].isNaN }
    let pairs = kept.map { (mine[$0], theirs[$0]) }
    let groups = side.clusters.map { clusters in Clusters(kept.map { clusters.ids[$0] }) }
    if groups == nil, pairs.allSatisfy({ $0.0.isBit && $0.1.isBit }) {
      return try ofRates(PairedCounts(pairs.map { $0.0 == 1 }, pairs.map { $0.1 == 1 }))
    }
    let differences = pairs.map { $0.0 - $0.1 }
    if differences.allSatisfy({ $0 == 0 }) { return try ofEqual(pairs.map(\.0), groups) }
    guard let groups else { return try ofMeans(differences) }
    let found = try clusteredTTest(differences, clusters: groups, correction: .few, level: level)
    return Finding(
      interval: interval(found.mean.interval, "paired_t_clustered"),
      test: PairedTest(
        method: "paired_t_clustered", statistic: found.test.statistic, pValue: found.test.pValue),
      detectable: detectable(standardError: found.mean.standardError, units: groups.count))
  }

  /// Sides that are equal on every item: an interval of no width where items do differ from
  /// each other, so that the sides look like one; of bits in clusters the one of that many
  /// clusters, each as right as its worst item; else none.
  private func ofEqual(_ values: [Double], _ groups: Clusters?) throws(Undefined) -> Finding {
    var finding = Finding(
      test: PairedTest(method: "sign_flip_exact", statistic: 0, pValue: 1),
      reason: "both sides are equal on every item")
    if let groups, values.allSatisfy(\.isBit) {
      var isRight = [Bool](repeating: true, count: groups.count)
      for (value, cluster) in zip(values, groups.ids) where value == 0 { isRight[cluster] = false }
      finding.interval = interval(
        try newcombePairedInterval(PairedCounts(isRight, isRight), level: level), "newcombe_paired")
    } else if values.contains(where: { $0 != values[0] }), groups?.count != 1 {
      finding.interval = interval(
        Bounds(low: 0, high: 0), groups == nil ? "paired_t" : "paired_t_clustered")
    } else {
      finding.intervalReason = Self.withoutSpread
    }
    return finding
  }

  private func ofRates(_ counts: PairedCounts) throws(Undefined) -> Finding {
    let test = mcNemarTest(counts)
    let share = Double(counts.discordant) / Double(max(1, counts.total))
    let design = PairedProportionsDesign(discordance: share, alpha: 1 - level)
    return Finding(
      interval: interval(try newcombePairedInterval(counts, level: level), "newcombe_paired"),
      test: PairedTest(
        method: "mcnemar_exact", statistic: test.statistic, pValue: test.pValue,
        pairs: PairedTest.Pairs(
          both: counts.both, onlySide: counts.onlyFirst, onlyReference: counts.onlySecond,
          neither: counts.neither),
        others: [PairedTest.Other(method: "mcnemar_mid_p", pValue: mcNemarTest(counts, method: .midP).pValue)]),
      detectable: try? design.detectableEffect(rows: counts.total, power: power),
      reason: counts.discordant == 0 ? "there are no items on which only one side is right" : nil)
  }

  /// The permutation test where the items are few enough, with Student's interval.
  private func ofMeans(_ differences: [Double]) throws(Undefined) -> Finding {
    var others: [PairedTest.Other] = []
    var test: PairedTest?
    if differences.count <= Self.permutedItems {
      let found = try signFlipTest(differences, seed: seed)
      test = PairedTest(
        method: found.method == "exact" ? "sign_flip_exact" : "sign_flip", statistic: found.statistic,
        pValue: found.pValue)
    }
    var finding = Finding()
    do throws(Undefined) {
      let found = try pairedTTest(differences, level: level)
      finding.interval = interval(found.mean.interval, "paired_t")
      finding.detectable = detectable(standardError: found.mean.standardError, units: differences.count)
      if test == nil {
        test = PairedTest(
          method: "paired_t", statistic: found.test.statistic, pValue: found.test.pValue)
      } else {
        others.append(PairedTest.Other(method: "paired_t", pValue: found.test.pValue))
      }
    } catch { finding.intervalReason = error.message }
    if differences.count <= Self.rankedItems {
      let ranks = try wilcoxonSignedRankTest(differences)
      others.append(PairedTest.Other(method: "wilcoxon_signed_rank", pValue: ranks.pValue))
    }
    test?.others = others
    finding.test = test
    return finding
  }
}

extension Double {
  fileprivate var isBit: Bool { self == 0 || self == 1 }
}
