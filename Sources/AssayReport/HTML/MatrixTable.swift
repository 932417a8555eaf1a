import AssayCore

/// A matrix of many labels as a table whose labels stay in sight while it scrolls.
struct MatrixTable {
  /// With more labels than that, those that are confused least are put together.
  static let mostLabels = 160

  var matrix: ConfusionMatrix

  func write(to markup: inout Markup) {
    let caption = "Counts by actual (down) and predicted (across) label"
    markup.element("div", ["class": "panel tall", "tabindex": "0", "role": "region", "aria-label": caption]) {
      $0.element("table", ["class": "matrix"]) { table in
        table.element("caption", caption)
        table.element("thead") { head in
          head.element("tr") { row in
            row.element("td", "actual ↓ predicted →")
            for label in matrix.labels { row.element("th", ["scope": "col"]) { $0.element("span", label) } }
          }
        }
        table.element("tbody") { body in
          for index in matrix.labels.indices { write(index, to: &body) }
        }
      }
    }
    markup.breakLine()
  }

  private func write(_ row: Int, to body: inout Markup) {
    body.element("tr") { line in
      line.element("th", ["scope": "row"], matrix.labels[row])
      for column in matrix.labels.indices {
        let count = matrix.counts[row][column]
        guard count != 0 else {
          line.element("td", row == column ? ["class": "own"] : [:], "")
          continue
        }
        let share = matrix.share(row, column).map { $0 >= 0 ? min($0, 1) : 0 } ?? 0
        let strength = 8 + Int((80 * share).rounded())
        line.element(
          "td",
          [
            "class": share > 0.6 ? "on" : "", "style": "--v:\(strength)%",
            "title": matrix.sentence(row, column),
          ], count.cellText)
      }
    }
    body.breakLine()
  }
}

extension Double {
  /// As much of a count as a small cell shows.
  fileprivate var cellText: String { magnitude < 1000 ? text(digits: 3) : tickText }
}
