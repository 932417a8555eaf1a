import KernelSupport

/// The points of a curve, at most about as many as asked for.
///
/// A point on a straight line between its neighbours is left out. Beyond that the
/// curve's length is cut into cells, of which each keeps its last point.
private struct Points: Sendable {
  private(set) var x: [Double] = []
  private(set) var y: [Double] = []
  private(set) var thresholds: [Double?] = []
  private var cells: [Int] = []
  private let cellCount: Double

  /// - Parameter limit: The most points; 0 for all.
  init(limit: Int) { cellCount = limit == 0 ? .infinity : Double(limit) }

  /// - Parameter progress: How far along the curve the point is, 0 to 1.
  mutating func add(_ x: Double, _ y: Double, _ threshold: Double?, progress: Double) {
    let cell = cellCount.isFinite ? Int(progress * cellCount) : -1
    if isStraight(to: x, y) || (cell >= 0 && x.isFinite && cells.last == cell && cells.count > 1) {
      self.x.removeLast()
      self.y.removeLast()
      thresholds.removeLast()
      cells.removeLast()
    }
    self.x.append(x)
    self.y.append(y)
    thresholds.append(threshold)
    cells.append(cell)
  }

  private func isStraight(to x: Double, _ y: Double) -> Bool {
    let last = self.x.count - 1
    guard last >= 1 else { return false }
    return (self.x[last] == x && self.x[last - 1] == x)
      || (self.y[last] == y && self.y[last - 1] == y)
  }
}

/// Draws the ROC and the precision-recall curve during a walk.
struct RankingCurves: RankingVisitor {
  private let positives: Double
  private let negatives: Double
  private var roc: Points?
  private var precisionRecall: Points?

  init(positives: Double, negatives: Double, limit: Int, wantsROC: Bool, wantsPR: Bool) {
    self.positives = positives
    self.negatives = negatives
    if wantsROC {
      roc = Points(limit: limit)
      roc?.add(0, 0, nil, progress: 0)
    }
    if wantsPR {
      precisionRecall = Points(limit: limit)
      precisionRecall?.add(1, 0, nil, progress: 0)
    }
  }

  mutating func negatives(_ weight: Double, count: Int, lowest: Double, after: RankingPosition) {
    add(after, threshold: lowest)
  }

  mutating func group(_ group: RankedGroup) { add(group.after, threshold: group.score) }

  private mutating func add(_ position: RankingPosition, threshold: Double) {
    let (truePositives, falsePositives) = (position.positives.value, position.negatives.value)
    let recall = min(1, truePositives / positives)
    let fallout = min(1, falsePositives / negatives)
    let finite = threshold.isFinite ? threshold : nil
    let progress = (recall + fallout) / 2
    roc?.add(fallout, recall, finite, progress: progress)
    precisionRecall?.add(
      truePositives / (truePositives + falsePositives), recall, finite, progress: progress)
  }

  var tables: [FoundTable] {
    var tables: [FoundTable] = []
    if let roc {
      tables.append(
        FoundTable(
          "roc_curve",
          ["fpr": .numbers(roc.x), "tpr": .numbers(roc.y), "threshold": .numbers(roc.thresholds)]))
    }
    if let curve = precisionRecall {
      tables.append(
        FoundTable(
          "pr_curve",
          [
            "precision": .numbers(curve.x), "recall": .numbers(curve.y),
            "threshold": .numbers(curve.thresholds),
          ]))
    }
    return tables
  }
}
