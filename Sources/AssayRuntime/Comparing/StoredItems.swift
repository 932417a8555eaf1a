import AssayCore
import AssayData

/// The items that the stored rows of all sides share, under one evaluator.
struct StoredItems {
  /// By side, the rows of the shared items in the first side's order.
  let rows: [[ScoredRow]]
  /// By side, how many items it has.
  let counts: [Int]
  /// By side, the first items that another side lacks.
  let firstUnmatched: [[String]]
  /// Whether items met by their keys, and not by the numbers of rows.
  let isKeyed: Bool

  /// Items meet by key where every row has one, else by the number of the row.
  ///
  /// - Throws: `data.duplicate-key` for a key twice on one side.
  init(_ sides: [(name: String, rows: [ScoredRow])]) throws(AssayError) {
    let isKeyed = sides.allSatisfy { side in side.rows.allSatisfy { $0.key != nil } }
    self.isKeyed = isKeyed
    func name(_ row: ScoredRow) -> String { isKeyed ? row.key ?? "" : String(row.row) }
    var known: [[String: ScoredRow]] = []
    for side in sides {
      var rows: [String: ScoredRow] = [:]
      for row in side.rows where rows.updateValue(row, forKey: name(row)) != nil {
        throw AssayError(
          .keyDuplicate,
          "The item \"\(name(row))\" occurs twice in the rows of side \(side.name). Keys must be unique.",
          details: ["key": name(row), "side": side.name])
      }
      known.append(rows)
    }
    let shared = sides[0].rows.map(name).filter { key in known.allSatisfy { $0[key] != nil } }
    rows = known.map { rows in shared.compactMap { rows[$0] } }
    counts = sides.map(\.rows.count)
    let all = Set(shared)
    firstUnmatched = sides.map { side in
      Array(side.rows.map(name).filter { !all.contains($0) }.prefix(JoinReport.listed))
    }
  }

  var compared: Int { rows.first?.count ?? 0 }

  /// What messages call an item.
  func name(ofItem item: Int) -> String {
    let row = rows[0][item]
    return isKeyed ? "\"\(row.key ?? "")\"" : "row \(row.row)"
  }
}
