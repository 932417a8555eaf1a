/// A table of text whose columns line up, no wider than it is told to be.
struct TextTable {
  enum Alignment { case leading, trailing, decimal }

  struct Column {
    var title: String
    var alignment = Alignment.leading
  }

  struct Cell {
    var text: String
    var role = TextRole.normal

    init(_ text: String, _ role: TextRole = .normal) {
      self.text = Escaping.terminal(text)
      self.role = role
    }
  }

  struct Row {
    var cells: [Cell]
    /// A remark that follows the cells, and goes on below them where it is long.
    var note: Cell?
    /// Stands alone over the rows that follow, as wide as it is.
    var title: Cell?
  }

  var columns: [Column]
  var rows: [Row] = []
  /// Whether the titles are shown.
  var hasHead = true

  /// The narrowest that the first column becomes.
  private static let narrowest = 12
  /// The widest that the other columns become.
  private static let widest = 28
  private static let gap = 2

  /// Adds a title over the rows that follow.
  mutating func addTitle(_ text: String) {
    rows.append(Row(cells: columns.map { _ in Cell("") }, title: Cell(text, .faint)))
  }

  /// The lines of the table, each indented by two spaces.
  ///
  /// Where the table is too wide, its first column is cut short, then columns
  /// are left out from the right.
  /// - Parameter width: In cells of the terminal.
  func lines(width: Int, style: TerminalStyle) -> [String] {
    let fitted = fitted(to: width - 2)
    var lines: [String] = []
    if fitted.table.hasHead {
      let head = Row(cells: fitted.table.columns.map { Cell($0.title, .faint) })
      lines.append(fitted.table.line(head, fitted.widths, isHead: true, style))
    }
    for row in fitted.table.rows {
      lines += fitted.table.lines(row, fitted.widths, width: width - 2, style)
    }
    if fitted.dropped > 0 {
      let names = columns.suffix(fitted.dropped).map { $0.title.truncated(to: Self.widest) }.filter { !$0.isEmpty }
      if !names.isEmpty {
        let remark = "not shown, the terminal is too narrow: \(names.joined(separator: ", "))"
        lines += remark.wrapped(to: width - 2).map { TextRole.faint.painted($0, style) }
      }
    }
    return lines.map { "  " + $0 }
  }

  private func fitted(to width: Int) -> (table: TextTable, widths: [Int], dropped: Int) {
    var table = self
    table.alignDecimals()
    var widths = table.columns.indices.map { column in
      let widest = table.rows.reduce(table.hasHead ? table.columns[column].title.displayWidth : 0) {
        max($0, $1.cells[column].text.displayWidth)
      }
      // One long name should not push out all the others.
      return column == 0 || !table.hasHead ? widest : min(widest, Self.widest)
    }
    func total() -> Int { widths.reduce(0, +) + Self.gap * (widths.count - 1) }
    while total() > width, widths.count > 1 {
      let excess = total() - width
      let possible = widths[0] - Self.narrowest
      if possible >= excess {
        widths[0] -= excess
      } else {
        widths.removeLast()
        table.columns.removeLast()
        for index in table.rows.indices { table.rows[index].cells.removeLast() }
      }
    }
    widths[0] = min(widths[0], max(Self.narrowest, width))
    return (table, widths, columns.count - widths.count)
  }

  /// Pads numbers on the right so that their points stand one below the other.
  private mutating func alignDecimals() {
    for column in columns.indices where columns[column].alignment == .decimal {
      let tails = rows.map { row in
        let text = row.cells[column].text
        return Self.isFixedNumber(text) ? text.drop { $0 != "." }.count : 0
      }
      let longest = tails.max() ?? 0
      for (row, tail) in tails.enumerated() where Self.isFixedNumber(rows[row].cells[column].text) {
        rows[row].cells[column].text += String(repeating: " ", count: longest - tail)
      }
    }
  }

  private static func isFixedNumber(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" }
  }

  private func line(_ row: Row, _ widths: [Int], isHead: Bool, _ style: TerminalStyle) -> String {
    let parts = row.cells.indices.map { column in
      let cell = row.cells[column]
      let text = cell.text.truncated(to: widths[column])
      let padding = String(repeating: " ", count: widths[column] - text.displayWidth)
      let painted = cell.role.painted(text, style)
      return columns[column].alignment == .leading ? painted + padding : padding + painted
    }
    return parts.joined(separator: String(repeating: " ", count: Self.gap)).droppingTrailingSpaces
  }

  private func lines(_ row: Row, _ widths: [Int], width: Int, _ style: TerminalStyle) -> [String] {
    if let title = row.title { return [title.role.painted(title.text.truncated(to: width), style)] }
    let line = line(row, widths, isHead: false, style)
    guard let note = row.note else { return [line] }
    // The note starts where the row's own text ends.
    let used = row.cells.lastIndex { !$0.text.isEmpty } ?? 0
    let indent = widths[...used].reduce(0, +) + Self.gap * (used + 1)
    if note.text.displayWidth <= width - indent {
      let blank = String(repeating: " ", count: max(Self.gap, indent - line.plainWidth))
      return [line + blank + note.role.painted(note.text, style)]
    }
    // No room beside the row for a sentence: below it.
    let hanging = min(4, width / 4)
    return [line]
      + note.text.wrapped(to: width - hanging).map {
        String(repeating: " ", count: hanging) + note.role.painted($0, style)
      }
  }
}

extension String {
  /// The width without the codes for colours.
  fileprivate var plainWidth: Int {
    var width = 0
    var rest = self[...]
    while let escape = rest.firstIndex(of: "\u{1B}") {
      width += rest[..<escape].displayWidth
      rest = rest[escape...].drop { $0 != "m" }.dropFirst()
    }
    return width + rest.displayWidth
  }

  fileprivate var droppingTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
