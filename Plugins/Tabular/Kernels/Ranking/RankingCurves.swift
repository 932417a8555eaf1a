import KernelSupport

/// The points of a curve, at most about as many as asked for.
///
/// A point on a straight line between its neighbours is left out. Beyond that the
/// curve's length is cut into cells, of which each keeps its last point.
private struct Points: Sendable {
  private struct Point {
    var x: Double
    var y: Double
    var threshold: Double?
    var cell: Int
  }

  private var x: [Double] = []
  private var y: [Double] = []
  private var thresholds: [Double?] = []
  /// The point before ``last``, which stays.
  private var previous: Point?
  /// Not in the arrays yet: the next point may take its place, and mostly does.
  private var last: Point?
  private let cellCount: Double

  /// - Parameter limit: The most points; 0 for all.
  init(limit: Int) { cellCount = limit == 0 ? .infinity : Double(limit) }

  /// - Parameter progress: How far along the curve the point is, 0 to 1.
  @inline(__always)
  mutating func add(_ x: Double, _ y: Double, _ threshold: Double?, progress: Double) {
    let cell = cellCount.isFinite ? Int(progress * cellCount) : -1
    let point = Point(x: x, y: y, threshold: threshold, cell: cell)
    if let previous, let last {
      let isStraight = (last.x == x && previous.x == x) || (last.y == y && previous.y == y)
      if isStraight || (cell >= 0 && x.isFinite && last.cell == cell) {
        self.last = point
        return
      }
    }
    keepLast()
    last = point
  }

  private mutating func keepLast() {
    guard let last else { return }
    x.append(last.x)
    y.append(last.y)
    thresholds.append(last.threshold)
    previous = last
    self.last = nil
  }

  /// The columns of the points so far.
  var columns: (x: [Double], y: [Double], thresholds: [Double?]) {
    var all = self
    all.keepLast()
    return (all.x, all.y, all.thresholds)
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

  @inline(__always)
  mutating func negatives(_ weight: Double, count: Int, lowest: Double, after: RankingPosition) {
    add(after, threshold: lowest)
  }

  @inline(__always)
  mutating func group(_ group: RankedGroup) { add(group.after, threshold: group.score) }

  @inline(__always)
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
    if let roc = roc?.columns {
      tables.append(
        FoundTable(
          "roc_curve",
          ["fpr": .numbers(roc.x), "tpr": .numbers(roc.y), "threshold": .numbers(roc.thresholds)]))
    }
    if let curve = precisionRecall?.columns {
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
