extension RunSummary {
  /// Counts detections from the highest score down.
  ///
  /// - Parameter body: Receives each distinct score, with what counts at it or above.
  func walk(
    _ order: some Sequence<UInt32>, _ outcomes: Outcomes, positives: Int,
    _ body: (Double, HitCounts) -> Void
  ) {
    var counts = HitCounts(positives: positives)
    var current: Double?
    for position in order {
      let outcome = outcomes[Int(position)]
      guard outcome != .none else { continue }
      let score = block.detections.scores[Int(position)]
      if let current, current != score { body(current, counts) }
      current = score
      counts.add(outcome)
    }
    if let current { body(current, counts) }
  }
}

/// The score from which on F1 is highest.
///
/// Detections of equal scores enter together, and of equal optima the higher score
/// wins. F1 is compared as a fraction of integers.
struct BestF1: Sendable, Hashable {
  private(set) var threshold: Double?
  private(set) var counts = HitCounts()

  mutating func consider(_ score: Double, _ candidate: HitCounts) {
    // 2 a / b > 2 c / d, with the sums of detections and truths as b and d.
    let (mine, theirs) = (counts.predicted + counts.positives, candidate.predicted + candidate.positives)
    guard candidate.hits > 0 else { return }
    guard threshold == nil || candidate.hits * mine > counts.hits * theirs else { return }
    threshold = score
    counts = candidate
  }
}

/// What counts at the thresholds 0.00, 0.01, …, 1.00.
struct Sweep: Sendable, Hashable {
  static let thresholds = (0...100).map { Double($0) / 100 }

  private(set) var counts: [HitCounts]
  private var next = 100

  init(positives: Int) {
    counts = [HitCounts](repeating: HitCounts(positives: positives), count: Self.thresholds.count)
  }

  /// Takes note of what counts at a score or above it; scores must fall.
  mutating func advance(_ score: Double, _ before: HitCounts) {
    while next >= 0, Self.thresholds[next] > score {
      counts[next] = before
      next -= 1
    }
  }

  /// Takes note of what counts in all.
  mutating func finish(_ total: HitCounts) {
    while next >= 0 {
      counts[next] = total
      next -= 1
    }
  }
}
