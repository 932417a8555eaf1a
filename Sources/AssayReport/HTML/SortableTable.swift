import AssayCore

/// A table whose rows the reader can sort by its columns, without a script.
///
/// Every row carries its rank in each column, and the style sheet orders the rows by the
/// ranks of the column that is chosen.
struct SortableTable {
  /// So many columns have a rank: the style sheet has a rule for each.
  static let mostColumns = 16

  var caption: String
  var table: ResultTable
  /// The column whose values stand as bars behind their numbers.
  var metered: String?
  /// A group of radio buttons of its own in the page.
  var id: String
  var limit: Int

  /// Columns that are told apart by a number, a text first.
  private var columns: [ResultTable.Column] { Array(table.columns.prefix(Self.mostColumns)) }

  func write(to markup: inout Markup) {
    let count = min(limit, table.rowCount)
    let ranks = columns.map { $0.values.ranks(count) }
    let texts = columns.map(\.values.texts)
    markup.element("div", ["class": "sorter"]) { sorter in
      sorter.element("label", ["class": "turn"]) { label in
        label.void("input", ["type": "checkbox", "class": "turned"])
        label.append("lowest first")
      }
      sorter.element("div", ["class": "panel tall", "tabindex": "0", "role": "region", "aria-label": caption]) {
        $0.element("table", ["style": "--columns:\(columns.count - 1)"]) { table in
          table.element("caption", caption)
          writeHead(to: &table)
          table.element("tbody") { body in
            for row in 0..<count { write(row, ranks, texts, to: &body) }
          }
        }
      }
    }
    markup.breakLine()
  }

  private func writeHead(to table: inout Markup) {
    table.element("thead") { head in
      head.element("tr") { row in
        for (index, column) in columns.enumerated() {
          row.element("th", ["scope": "col", "class": column.values.numbers == nil ? "" : "number"]) { cell in
            cell.element("label", ["title": "sort by \(column.name)"]) { label in
              label.append(breaking: column.name)
              if index == 0 {
                label.void("input", ["type": "radio", "name": id, "class": "k\(index)", "checked": ""])
              } else {
                label.void("input", ["type": "radio", "name": id, "class": "k\(index)"])
              }
            }
          }
        }
      }
    }
  }

  private func write(_ row: Int, _ ranks: [[Int?]], _ texts: [[String]], to body: inout Markup) {
    // What has no value stays behind, whichever way the others are turned.
    let style = ranks.enumerated().map { column, ranks in
      ranks[row].map { "--k\(column):\($0)" } ?? "--k\(column):\(row);--m\(column):\(2 * table.rowCount)"
    }.joined(separator: ";")
    body.element("tr", ["style": style]) { line in
      for (index, column) in columns.enumerated() {
        guard let numbers = column.values.numbers else {
          if index == 0 {
            line.element("th", ["scope": "row"], texts[index][row])
          } else {
            line.element("td", texts[index][row])
          }
          continue
        }
        let text = numbers[row].map { $0.cellText(isWhole: column.values.isWhole) } ?? "–"
        if column.name == metered, let value = numbers[row] {
          let share = (100 * min(1, max(0, value))).fixedText(decimals: 1)
          line.element("td", ["class": "number meter", "style": "--v:\(share)%"], text)
        } else {
          line.element("td", ["class": "number"], text)
        }
      }
    }
  }
}

extension Markup {
  /// A name that may break after each `_`.
  fileprivate mutating func append(breaking name: String) {
    for (index, part) in name.split(separator: "_", omittingEmptySubsequences: false).enumerated() {
      if index > 0 {
        append("_")
        void("wbr")
      }
      append(String(part))
    }
  }
}

extension Double {
  fileprivate func cellText(isWhole: Bool) -> String {
    isWhole ? groupedText : text(digits: 4)
  }
}

extension ResultTable.Values {
  fileprivate var isWhole: Bool {
    if case .int64 = self { true } else { false }
  }

  /// The place of each of the first rows where the greatest number stands first, and a
  /// text where it stood; nil for what has no value.
  fileprivate func ranks(_ count: Int) -> [Int?] {
    guard let numbers else { return Array(0..<count) }
    let known = (0..<count).filter { numbers[$0] != nil }
    let sorted = known.sorted { first, second in
      let (one, other) = (numbers[first] ?? 0, numbers[second] ?? 0)
      return one != other ? one > other : first < second
    }
    var ranks = [Int?](repeating: nil, count: count)
    for (rank, row) in sorted.enumerated() { ranks[row] = rank }
    return ranks
  }
}
