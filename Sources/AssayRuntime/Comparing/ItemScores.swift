import AssayCore
import Synchronization

/// Keeps the scores of all items, in their order, by the name of the evaluator's plan.
final class ItemScores: RowSink {
  /// The items of one side under one evaluator.
  struct Items: Sendable {
    /// NaN without a score.
    var scores: [Double] = []
    /// 1 for an item that passed its bar and 0 for one that failed; NaN without either.
    var passed: [Double] = []
    /// Of pairs of answers: 1 where b won in both orders, a half for a tie; NaN where the
    /// orders disagree.
    var wins: [Double] = []
    /// Of pairs of answers: 1 where both orders agree, and 0.
    var agreements: [Double] = []
    var counts = Counts()
  }

  private let items = Mutex<[String: Items]>([:])

  func receive(_ rows: [ScoredRow]) throws(AssayError) {
    guard let first = rows.first else { return }
    items.withLock { all in
      var kept = all.removeValue(forKey: first.evaluator) ?? Items()
      for row in rows { kept.add(row) }
      all[first.evaluator] = kept
    }
  }

  func items(of plan: String) -> Items { items.withLock { $0[plan] ?? Items() } }
}

extension ItemScores.Items {
  mutating func add(_ row: ScoredRow) {
    scores.append(row.score ?? .nan)
    passed.append(row.outcome == .passed ? 1 : row.outcome == .failed ? 0 : .nan)
    counts.add(row.outcome)
    guard let pair = row.pair else { return }
    wins.append(pair.verdict?.win ?? .nan)
    agreements.append(pair.verdict.map { $0 == .inconsistent ? 0 : 1 } ?? .nan)
  }

  /// The items for which a list says yes; all others are as if they were not there. The counts
  /// stay.
  func filtered(_ isKept: [Bool]) -> ItemScores.Items {
    var kept = self
    kept.scores = zip(scores, isKept).filter(\.1).map(\.0)
    kept.passed = zip(passed, isKept).filter(\.1).map(\.0)
    kept.wins = zip(wins, isKept).filter(\.1).map(\.0)
    kept.agreements = zip(agreements, isKept).filter(\.1).map(\.0)
    return kept
  }
}

extension ScoredPair.Verdict {
  /// What it is worth to b; nil where the orders disagree.
  fileprivate var win: Double? {
    switch self {
    case .a: 0
    case .b: 1
    case .tie: 0.5
    case .inconsistent: nil
    }
  }
}
