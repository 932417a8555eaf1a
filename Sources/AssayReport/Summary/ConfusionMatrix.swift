import AssayCore

/// A confusion matrix in its long form, as a square of counts.
struct ConfusionMatrix {
  var labels: [String]
  /// By actual label, then by predicted label.
  var counts: [[Double]]
  /// How many labels were put together under the last one, to keep it readable.
  var folded = 0

  /// The matrix of a table with the columns `actual`, `predicted` and `count`.
  ///
  /// - Parameter limit: With more labels than that, the rarest are put together.
  init?(_ table: ResultTable, limit: Int) {
    guard let actual = table.column("actual")?.values.texts,
      let predicted = table.column("predicted")?.values.texts,
      let counted = (table.column("count") ?? table.column("weight"))?.values.numbers
    else { return nil }
    let all = Self.ordered(actual + predicted)
    var totals = [String: Double]()
    for row in counted.indices { totals[actual[row], default: 0] += counted[row] ?? 0 }
    let kept = all.count <= limit ? all : Self.largest(all, by: totals, limit - 1)
    folded = all.count - kept.count
    labels = kept + (folded > 0 ? ["\(folded) others"] : [])
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
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

  private static func largest(_ names: [String], by totals: [String: Double], _ limit: Int) -> [String] {
    let kept = Set(
      names.sorted { (totals[$0] ?? 0, $1) > (totals[$1] ?? 0, $0) }.prefix(limit))
    return names.filter(kept.contains)
  }

  /// The share of an actual label's rows that were given a predicted one; nil
  /// for a label without rows.
  func share(_ actual: Int, _ predicted: Int) -> Double? {
    let total = counts[actual].reduce(0, +)
    return total > 0 ? counts[actual][predicted] / total : nil
  }
}

extension ResultTable.Values {
  /// The values as text for a reader; null is empty.
  var texts: [String] {
    switch self {
    case .bool(let values): values.map { $0.map { $0 ? "true" : "false" } ?? "" }
    case .int64(let values): values.map { $0.map { String($0) } ?? "" }
    case .float64(let values): values.map { $0.map { $0.text(digits: 6) } ?? "" }
    case .utf8(let values): values.map { $0 ?? "" }
    }
  }

  /// The values as finite numbers, nil where they are none; nil for a column of text.
  var numbers: [Double?]? {
    switch self {
    case .bool(let values): values.map { $0.map { $0 ? 1 : 0 } }
    case .int64(let values): values.map { $0.map(Double.init) }
    case .float64(let values): values.map { value in value.flatMap { $0.isFinite ? $0 : nil } }
    case .utf8: nil
    }
  }
}
