/// What one walk over the sorted scores gives: the ranking metrics and the point of
/// the best F1.
struct RankingSummary: RankingVisitor {
  private let positives: Double
  private let negatives: Double
  /// Twice the weight of the pairs in which the negative row stands higher, ties
  /// counted half.
  private var lost = TwoDouble()
  private var precisions = TwoDouble()
  private var gap = 0.0
  private(set) var best: (f1: Double, threshold: Double, at: RankingPosition)?
  private var components: DeLongComponents?

  /// - Parameters:
  ///   - positives: The weight of all positive rows.
  ///   - negatives: The weight of all negative rows.
  ///   - wantsError: Whether ``standardError`` is asked for. Every row counts once then.
  init(positives: Double, negatives: Double, wantsError: Bool) {
    self.positives = positives
    self.negatives = negatives
    if wantsError { components = DeLongComponents(positives: positives, negatives: negatives) }
  }

  mutating func negatives(_ weight: Double, count: Int, lowest: Double, after: RankingPosition) {
    components?.addNegatives(weight, positivesAbove: after.positives.value)
  }

  mutating func group(_ group: RankedGroup) {
    let (truePositives, falsePositives) = (group.after.positives.value, group.after.negatives.value)
    let above = group.before.negatives.value
    lost.add(group.positives * (2 * above + group.negatives))
    precisions.add(group.positives * (truePositives / (truePositives + falsePositives)))
    gap = max(
      gap, truePositives * negatives - falsePositives * positives,
      above * positives - group.before.positives.value * negatives)
    let f1 = 2 * truePositives / (truePositives + falsePositives + positives)
    if f1 > best?.f1 ?? -1 { best = (f1, group.score, group.after) }
    components?.addGroup(group)
  }

  /// The share of the pairs that are in order (Mann and Whitney 1947).
  var areaUnderROC: Double {
    var won = TwoDouble.product(positives, 2 * negatives)
    let whole = won.value
    let lostValue = lost
    won.add(-lostValue.value)
    return min(1, max(0, won.value / whole))
  }

  /// The sum of precisions over the steps of the recall.
  var averagePrecision: Double { precisions.value / positives }

  /// The largest distance between the two classes' distributions of scores.
  var kolmogorovSmirnov: Double { min(1, gap / (positives * negatives)) }

  /// The standard error of ``areaUnderROC`` (DeLong, DeLong and Clarke-Pearson 1988);
  /// nil where a class has one row and where no pair is out of order, which tells
  /// nothing about the spread.
  var standardError: Double? { components?.standardError }
}

/// The sums behind DeLong's variance: how each row fares against the other class.
private struct DeLongComponents: Sendable {
  let positives: Double
  let negatives: Double
  /// Of a positive row: the share of the negative ones that stand above it.
  private var overtaken = Moments()
  /// Of a negative row: the share of the positive ones that stand below it.
  private var overtaking = Moments()

  private struct Moments {
    var sum = TwoDouble()
    var squares = TwoDouble()

    mutating func add(_ share: Double, times count: Double) {
      sum.add(count * share)
      squares.add(count * share * share)
    }

    func variance(count: Double) -> Double {
      max(0, (squares.value - sum.value * sum.value / count) / (count - 1))
    }
  }

  init(positives: Double, negatives: Double) {
    self.positives = positives
    self.negatives = negatives
  }

  mutating func addNegatives(_ count: Double, positivesAbove above: Double) {
    overtaking.add((positives - above) / positives, times: count)
  }

  mutating func addGroup(_ group: RankedGroup) {
    let above = group.before.negatives.value
    overtaken.add((above + group.negatives / 2) / negatives, times: group.positives)
    guard group.negatives > 0 else { return }
    let below = positives - group.after.positives.value
    overtaking.add((below + group.positives / 2) / positives, times: group.negatives)
  }

  var standardError: Double? {
    guard positives > 1, negatives > 1 else { return nil }
    let variance =
      overtaken.variance(count: positives) / positives
      + overtaking.variance(count: negatives) / negatives
    return variance > 0 ? variance.squareRoot() : nil
  }
}
