import AssayCore

/// A confusion matrix in its long form, as a square of counts.
struct ConfusionMatrix {
  /// The label of what is no object: its row holds detections without an object, its
  /// column objects without a detection. In brackets where a class has the name.
  let background: String

  var labels: [String]
  /// By actual label, then by predicted label.
  var counts: [[Double]]
  /// How many labels were put together under one, to keep the matrix readable.
  var folded = 0

  /// The matrix of a table with the columns `actual`, `predicted` and `count`. A pair
  /// that is not in the table counts 0.
  ///
  /// - Parameters:
  ///   - order: Labels in the order that they should have; others follow as they
  ///     come, and the background is last.
  ///   - limit: With more labels than that, those that are least confused with
  ///     others, and of these the rarest, are put together.
  init?(_ table: ResultTable, order: [String] = [], limit: Int) {
    guard let actual = table.column("actual")?.values.texts,
      let predicted = table.column("predicted")?.values.texts,
      let counted = (table.column("count") ?? table.column("weight"))?.values.numbers
    else { return nil }
    let present = Set(actual + predicted)
    let background = present.contains("(background)") ? "(background)" : "background"
    self.background = background
    let all = Self.ordered(order.filter(present.contains) + actual + predicted)
    let others = all.filter { $0 != background }
    let hasBackground = others.count < all.count
    var kept = others
    if all.count > limit {
      let weights = Self.weights(actual, predicted, counted, apartFrom: background)
      kept = Self.largest(others, by: weights, limit - (hasBackground ? 2 : 1))
    }
    folded = others.count - kept.count
    labels = kept + (folded > 0 ? ["\(folded) others"] : []) + (hasBackground ? [background] : [])
    var places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    if hasBackground { places[background] = labels.count - 1 }
    counts = Array(repeating: Array(repeating: 0, count: labels.count), count: labels.count)
    for row in counted.indices {
      let (i, j) = (places[actual[row]] ?? kept.count, places[predicted[row]] ?? kept.count)
      counts[i][j] += counted[row] ?? 0
    }
  }

  private static func ordered(_ names: [String]) -> [String] {
    var seen = Set<String>()
    return names.filter { seen.insert($0).inserted }
  }

  private typealias Weight = (confused: Double, total: Double)

  /// How often each label was taken for another one or another one for it, and how
  /// often it occurs at all.
  private static func weights(
    _ actual: [String], _ predicted: [String], _ counts: [Double?], apartFrom background: String
  ) -> [String: Weight] {
    var weights: [String: Weight] = [:]
    for row in counts.indices {
      let count = counts[row] ?? 0
      let pair = [actual[row], predicted[row]]
      let isConfusion = pair[0] != pair[1] && !pair.contains(background)
      for label in Set(pair) {
        weights[label, default: (0, 0)].total += count
        if isConfusion { weights[label, default: (0, 0)].confused += count }
      }
    }
    return weights
  }

  private static func largest(
    _ names: [String], by weights: [String: Weight], _ limit: Int
  ) -> [String] {
    let sorted = names.sorted { first, second in
      let (one, other) = (weights[first] ?? (0, 0), weights[second] ?? (0, 0))
      return (one.confused, one.total, second) > (other.confused, other.total, first)
    }
    let kept = Set(sorted.prefix(max(1, limit)))
    return names.filter(kept.contains)
  }

  /// The share of an actual label's rows that were given a predicted one; nil
  /// for a label without rows.
  func share(_ actual: Int, _ predicted: Int) -> Double? {
    let total = counts[actual].reduce(0, +)
    return total > 0 ? counts[actual][predicted] / total : nil
  }

  /// What a cell says, in words.
  func sentence(_ actual: Int, _ predicted: Int) -> String {
    let count = counts[actual][predicted].text(digits: 6)
    let share = share(actual, predicted).map { ", \($0.percentText)" } ?? ""
    let names =
      switch (labels[actual], labels[predicted]) {
      case (background, let name): "predicted \(name) where there is none"
      case (let name, background): "\(name) missed"
      case (let name, let other): "actual \(name), predicted \(other)"
      }
    return "\(names): \(count)\(share)"
  }

  /// A label that was taken for another one.
  struct Pair {
    var actual: String
    var predicted: String
    var count: Double
    /// Of the actual label's rows.
    var share: Double?
  }

  /// The pairs of different labels that were confused most often, without the background.
  func confusions(limit: Int) -> [Pair] {
    let indices = labels.indices.filter { labels[$0] != background }
    let pairs = indices.flatMap { i in
      indices.filter { $0 != i && counts[i][$0] > 0 }.map { j in
        Pair(actual: labels[i], predicted: labels[j], count: counts[i][j], share: share(i, j))
      }
    }
    let numbered = pairs.enumerated().sorted {
      ($0.element.count, $0.element.share ?? 0, $1.offset) > ($1.element.count, $1.element.share ?? 0, $0.offset)
    }
    return numbered.prefix(limit).map(\.element)
  }
}

extension EvaluatorResult {
  /// The confusion matrix, its labels in the order of the classes.
  func confusionMatrix(limit: Int) -> ConfusionMatrix? {
    guard let table = table("confusion_matrix") else { return nil }
    return ConfusionMatrix(table, order: classNames, limit: limit)
  }

  /// The classes in the order of the table about them.
  var classNames: [String] { table("per_class")?.column("class")?.values.texts ?? [] }
}
