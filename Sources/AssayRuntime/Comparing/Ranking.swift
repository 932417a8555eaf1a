import AssayCore
import AssayStatistics

/// Orders sides by one metric, with ranks that sides share which are not told apart.
struct Ranking {
  let metric: String
  let direction: Direction
  let evidence: [SideEvidence]
  let maker: DifferenceMaker

  /// Two sides that were compared.
  private struct Match {
    var better: Int
    var worse: Int
    var pValue: Double
  }

  func leaderboard(adjustment: ComparisonRequest.Adjustment) -> Leaderboard {
    var matches: [Match] = []
    for first in evidence.indices {
      for second in evidence.indices where second > first {
        let found = maker.difference(
          of: metric, direction: direction, evidence[first], against: evidence[second])
        guard let test = found.test, let isBetter = found.isBetter else { continue }
        matches.append(
          Match(
            better: isBetter ? first : second, worse: isBetter ? second : first,
            pValue: test.pValue))
      }
    }
    let adjusted = adjustment.adjusted(matches.map(\.pValue))
    var beaten = [Int](repeating: 0, count: evidence.count)
    for (match, pValue) in zip(matches, adjusted) where pValue <= 1 - maker.level { beaten[match.worse] += 1 }
    let standings = evidence.enumerated().map { index, side in
      let found = side.metric(metric)
      return Leaderboard.Standing(
        side: side.name, value: found?.value, interval: found?.interval,
        rank: found?.value == nil ? nil : beaten[index] + 1)
    }
    let undefined = evidence.filter { $0.metric(metric)?.value == nil }.map(\.name)
    return Leaderboard(
      metric: metric, standings: standings.sorted(by: precedes),
      reason: undefined.isEmpty ? nil : "\(metric) is undefined for \(undefined.joined(separator: ", "))")
  }

  /// By value; a side without one comes last.
  private func precedes(_ a: Leaderboard.Standing, _ b: Leaderboard.Standing) -> Bool {
    guard let x = a.value, let y = b.value else { return a.value != nil && b.value == nil }
    return direction.isBetter(x, than: y) ?? false
  }
}

extension ComparisonRequest.Adjustment {
  /// P-values raised to make up for their number.
  func adjusted(_ pValues: [Double]) -> [Double] {
    switch self {
    case .holm: (try? adjustedPValues(pValues, .holm)) ?? pValues
    case .bh: (try? adjustedPValues(pValues, .benjaminiHochberg)) ?? pValues
    case .none: pValues
    }
  }
}

extension [ComparedEvaluator] {
  /// Adjusts all p-values as one family and says which differences are significant.
  ///
  /// Metrics of which neither end is better are not among them.
  mutating func adjust(_ adjustment: ComparisonRequest.Adjustment, level: Double) {
    var raw: [Double] = []
    forEachTest { raw.append($0.pValue) }
    var adjusted = adjustment.adjusted(raw)[...]
    forEachTest { test in
      guard let value = adjusted.popFirst() else { return }
      test.adjustedPValue = value
      test.isSignificant = value <= 1 - level
    }
  }

  /// Every test of the family, over all items and over slices, in one order.
  private mutating func forEachTest(_ body: (inout PairedTest) -> Void) {
    for evaluator in indices {
      for metric in self[evaluator].metrics.indices { self[evaluator].metrics[metric].forEachTest(body) }
      for slice in self[evaluator].slices.indices {
        for metric in self[evaluator].slices[slice].metrics.indices {
          self[evaluator].slices[slice].metrics[metric].forEachTest(body)
        }
      }
    }
  }
}

extension ComparedMetric {
  fileprivate mutating func forEachTest(_ body: (inout PairedTest) -> Void) {
    guard direction != .none else { return }
    for index in differences.indices {
      guard var test = differences[index].test else { continue }
      body(&test)
      differences[index].test = test
    }
  }
}
