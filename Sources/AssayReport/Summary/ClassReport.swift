import AssayCore

/// The table about the classes, as a report reads it.
struct ClassReport {
  struct Row {
    var name: String
    /// The number by which classes are compared; nil where it is undefined.
    var value: Double?
    /// How many objects or rows the class has.
    var support: Double?
    /// The place in the table.
    var index: Int
  }

  var table: ResultTable
  /// The column that ``Row/value`` is from.
  var valueName: String
  var rows: [Row]

  /// What classes are compared by, where a table has several.
  private static let names = ["ap", "map", "ap_50", "map_50", "f1", "iou", "recall", "accuracy", "precision"]

  /// - Returns: nil for a table without the column `class` or without a number.
  init?(_ table: ResultTable) {
    guard let names = table.column("class")?.values.texts else { return nil }
    let numeric = table.columns.map(\.name).filter { $0 != "class" && table.numbers($0) != nil }
    guard let valueName = Self.names.first(where: numeric.contains) ?? numeric.first(where: { $0 != "support" }),
      let values = table.numbers(valueName)
    else { return nil }
    self.table = table
    self.valueName = valueName
    let support = table.numbers("support")
    rows = names.indices.map { index in
      Row(name: names[index], value: values[index], support: support?[index] ?? nil, index: index)
    }
  }

  /// The classes that have a value, the best first.
  var ranked: [Row] {
    rows.filter { $0.value != nil }.sorted { ($0.value ?? 0, $1.index) > ($1.value ?? 0, $0.index) }
  }

  /// The classes that have a value, the worst first.
  var worst: [Row] { ranked.reversed() }

  /// The columns of a short table: of so many as a terminal has room for.
  var shortColumns: [String] {
    let wanted = ["support", valueName, "ap_50", "precision", "recall", "f1", "optimal_threshold"]
    var seen = Set<String>()
    return wanted.filter { table.numbers($0) != nil && seen.insert($0).inserted }
  }

  /// The cells of a class in the short table, its name first.
  func shortCells(of row: Row) -> [String] {
    [row.name] + shortColumns.map { name in
      guard let value = table.numbers(name)?[row.index] else { return "–" }
      return name == "support" ? value.groupedText : value.text(digits: 4)
    }
  }
}

extension EvaluatorResult {
  /// The report about the classes; nil without one.
  var classReport: ClassReport? { table("per_class").flatMap(ClassReport.init) }
}
