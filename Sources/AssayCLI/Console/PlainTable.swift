import AssayReport

/// Text in columns, for lists that are not results.
struct PlainTable {
  var head: [String]
  var rows: [[String]]

  private static let gap = "  "

  /// The last column is broken at spaces where the terminal ends.
  func text(_ terminal: Terminal) -> String {
    let rows = rows.map { $0.map(Self.safe) }
    let widths = head.indices.map { column in
      ([head[column]] + rows.map { $0[column] }).map(\.count).max() ?? 0
    }
    let faint = terminal.style == .ansi ? ("\u{1B}[2m", "\u{1B}[0m") : ("", "")
    var lines = [faint.0 + line(head, widths, terminal.width)[0] + faint.1]
    for row in rows { lines += line(row, widths, terminal.width) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ cells: [String], _ widths: [Int], _ width: Int) -> [String] {
    var start = ""
    for (cell, width) in zip(cells, widths).dropLast() {
      start += cell + String(repeating: " ", count: width - cell.count) + Self.gap
    }
    let room = max(24, width - start.count)
    let parts = Self.wrap(cells.last ?? "", room)
    let indent = String(repeating: " ", count: start.count)
    var lines = parts.enumerated().map { ($0 == 0 ? start : indent) + $1 }
    while lines[0].last == " " { lines[0].removeLast() }
    return lines
  }

  private static func wrap(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var current = ""
      for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
        if !current.isEmpty, current.count + 1 + word.count > width {
          lines.append(current)
          current = String(word)
        } else {
          current += current.isEmpty ? String(word) : " " + word
        }
      }
      lines.append(current)
    }
    return lines
  }

  /// Text of others must not steer a terminal.
  private static func safe(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      let isControl = (scalar.value < 32 && scalar != "\n") || (127..<160).contains(scalar.value)
      safe += isControl ? "\u{FFFD}" : String(scalar)
    }
    return safe
  }
}
