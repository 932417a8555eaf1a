import AssayCore

/// The slices by the same columns, as the rows of one small table.
struct SliceGroup {
  /// The columns that make the slices.
  var keys: [String]
  /// The metrics shown: the headline and those with a threshold.
  var metrics: [String]
  var slices: [SliceResult]

  /// The groups of an evaluator's slices, in the order of their first slice.
  static func groups(of evaluator: EvaluatorResult) -> [SliceGroup] {
    var groups: [SliceGroup] = []
    for slice in evaluator.slices {
      let keys = slice.by.map(\.column)
      if let index = groups.firstIndex(where: { $0.keys == keys }) {
        groups[index].slices.append(slice)
      } else {
        groups.append(SliceGroup(keys: keys, metrics: evaluator.leadingMetrics, slices: [slice]))
      }
    }
    return groups
  }

  var title: String { "By " + keys.joined(separator: ", ") }

  /// Whether some slice has rows without a score, which then deserve a column.
  var hasUnscored: Bool { slices.contains { $0.counts.withoutScore > 0 } }

  /// Mean and standard deviation over folds; nil for slices that are no folds,
  /// whose mean would say nothing.
  func spread(of metric: String) -> (mean: Double, deviation: Double)? {
    guard keys.contains("fold") else { return nil }
    let values = slices.compactMap { slice in slice.metrics.first { $0.name == metric }?.value }
    guard values.count > 1 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }

  /// The head and the rows as text, for every format that has tables.
  var cells: (head: [String], rows: [[String]]) {
    let head = keys + ["rows"] + (hasUnscored ? ["without score"] : []) + metrics
    var rows = slices.map { slice in
      let unscored = hasUnscored ? [slice.counts.withoutScore.groupedText] : []
      let values = metrics.map { name in
        slice.metrics.first { $0.name == name }.map(\.valueText) ?? "–"
      }
      return slice.by.map(\.value) + [slice.rows.groupedText] + unscored + values
    }
    let spreads = metrics.map { spread(of: $0) }
    if spreads.contains(where: { $0 != nil }) {
      let blank = Array(repeating: "", count: head.count - metrics.count - 1)
      rows.append(["mean"] + blank + spreads.map { $0?.mean.text() ?? "–" })
      rows.append(["± deviation"] + blank + spreads.map { $0?.deviation.text(digits: 3) ?? "–" })
    }
    return (head, rows)
  }
}

extension SliceResult {
  /// `site=a, split=test`.
  var name: String { by.map { "\($0.column)=\($0.value)" }.joined(separator: ", ") }
}
