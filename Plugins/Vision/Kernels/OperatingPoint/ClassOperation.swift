/// A class at the operating point's overlap, over all scores.
struct ClassOperation: Sendable {
  private(set) var best = BestF1()
  private(set) var sweep: Sweep
  private(set) var precisionCurve: InterpolatedPrecision?

  /// - Parameter wantsCurve: Whether to draw precision over recall.
  init(ofClass label: Int, _ summary: RunSummary, _ outcomes: Outcomes, wantsCurve: Bool) {
    let positives = summary.positives(ofClass: label)[0]
    var (best, sweep) = (BestF1(), Sweep(positives: positives))
    var steps: [InterpolatedPrecision.Step] = []
    var before = HitCounts(positives: positives)
    let order = summary.order.detections(ofClass: label)
    summary.walk(order, outcomes, positives: positives) { score, counts in
      best.consider(score, counts)
      sweep.advance(score, before)
      if wantsCurve, counts.hits > before.hits { steps.append((score, counts)) }
      before = counts
    }
    sweep.finish(before)
    self.best = best
    self.sweep = sweep
    if wantsCurve, positives > 0 {
      precisionCurve = InterpolatedPrecision(steps, positives: positives)
    }
  }
}

/// The highest precision at each of COCO's recalls or beyond, detections of equal
/// scores taken together, and the score that reaches the recall.
struct InterpolatedPrecision: Sendable {
  /// A score at which truths were met, with what counts at it or above.
  typealias Step = (score: Double, counts: HitCounts)

  private(set) var precisions: [Double]
  private(set) var thresholds: [Double?]

  init(_ steps: [Step], positives: Int) {
    let firsts = ClassCurves.firsts(ofPositives: positives)
    precisions = [Double](repeating: 0, count: firsts.count)
    thresholds = [Double?](repeating: nil, count: firsts.count)
    var (next, best) = (steps.count, 0.0)
    for recall in firsts.indices.reversed() {
      while next > 0, steps[next - 1].counts.hits >= max(1, firsts[recall]) {
        best = max(best, steps[next - 1].counts.precision ?? 0)
        next -= 1
      }
      precisions[recall] = best
      thresholds[recall] = next < steps.count ? steps[next].score : nil
    }
  }
}
