import AssayArrow
import AssayPluginKit
import AssayStatistics
import KernelReporting
import KernelSupport

/// What two raters said of the same rows.
struct TwoRaters {
  private let categories: RankedCategories
  private let cells: [(first: Int, second: Int, count: Int)]
  private let total: Int

  /// - Parameter cells: How often the one said the first and the other the second, ascending.
  init(_ categories: RankedCategories, _ cells: [(first: Int, second: Int, count: Int)]) {
    self.categories = categories
    self.cells = cells
    total = cells.reduce(0) { $0 + $1.count }
  }

  func report(to sink: Sink) throws(PluginError) {
    let agreed = cells.reduce(0) { $0 + ($1.first == $1.second ? $1.count : 0) }
    var detail = MetricDetail()
    (detail.numerator, detail.denominator) = (Double(agreed), Double(total))
    detail.support = total
    if total > 0 {
      try sink.metric("agreement", Double(agreed) / Double(total), detail)
    } else {
      try sink.undefined("agreement", "No row has two ratings.")
    }
    try reportBeyondChance(to: sink)
    try sink.metric("categories", Double(categories.count))
    if sink.wants("categories") { try sink.table("categories", RecordBatch(perCategory())) }
    if sink.wants("confusion") { try sink.table("confusion", RecordBatch(confusion())) }
  }

  private func reportBeyondChance(to sink: Sink) throws(PluginError) {
    let kappas: [(String, AgreementWeights)] = [
      ("cohen_kappa", .none), ("cohen_kappa_linear", .linear), ("cohen_kappa_quadratic", .quadratic),
    ]
    let reporter = AgreementReporter(sink: sink)
    guard categories.count <= RankedCategories.most else {
      for name in kappas.map(\.0) + ["gwet_ac1"] { try reporter.tooMany(name, categories.count) }
      return
    }
    let table = table()
    for (name, weights) in kappas where sink.wants(name) {
      guard weights == .none || categories.isOrdered || categories.count <= 2 else {
        try sink.undefined(
          name,
          "The categories are texts, which have no order: name them in theirs with --param categories.")
        continue
      }
      try reporter.report(name, method: "fleiss-cohen-everitt") { level throws(Undefined) in
        try cohenKappa(table, weights: weights, level: level)
      }
    }
    guard categories.fitsTable(rows: cells.count) else {
      return try reporter.tooMany("gwet_ac1", categories.count)
    }
    try reporter.report("gwet_ac1", method: "gwet") { level throws(Undefined) in
      try ratings().gwetAC(level: level)
    }
  }

  private func table() -> [[Double]] {
    let row = [Double](repeating: 0, count: categories.count)
    var table = [[Double]](repeating: row, count: categories.count)
    for cell in cells { table[cell.first][cell.second] = Double(cell.count) }
    return table
  }

  private func ratings() throws(Undefined) -> RatingCounts {
    let rows = cells.map { cell in
      var row = [Int](repeating: 0, count: categories.count)
      row[cell.first] += 1
      row[cell.second] += 1
      return row
    }
    return try RatingCounts(rows, times: cells.map(\.count))
  }

  private func perCategory() -> FoundTable {
    var first = [Int](repeating: 0, count: categories.count)
    var (second, both) = (first, first)
    for cell in cells {
      first[cell.first] += cell.count
      second[cell.second] += cell.count
      if cell.first == cell.second { both[cell.first] += cell.count }
    }
    let specific = both.indices.map { category in
      let used = first[category] + second[category]
      return used > 0 ? 2 * Double(both[category]) / Double(used) : nil
    }
    return FoundTable("categories", [
      "category": .texts(categories.names), "a": .counts(first), "b": .counts(second),
      "both": .counts(both), "specific_agreement": .numbers(specific),
    ])
  }

  private func confusion() -> FoundTable {
    FoundTable("confusion", [
      "a": .texts(cells.map { categories.names[$0.first] }),
      "b": .texts(cells.map { categories.names[$0.second] }), "count": .counts(cells.map(\.count)),
    ])
  }
}
