extension Character {
  /// How many cells of a terminal the character takes: 0, 1 or 2.
  ///
  /// The wide ranges are those of Unicode's East Asian Width, in the large.
  fileprivate var displayWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    switch first.value {
    case ..<0x300: return 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: break
    }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return unicodeScalars.contains { $0.value == 0xFE0F } ? 2 : 1
    }
  }
}

extension StringProtocol {
  /// How many cells of a terminal the text takes.
  var displayWidth: Int {
    // The common case without looking up a property.
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return reduce(0) { $0 + $1.displayWidth }
  }

  /// The text cut to a width, with `…` where something is missing.
  func truncated(to width: Int) -> String {
    guard displayWidth > width else { return String(self) }
    guard width > 0 else { return "" }
    var text = ""
    var used = 1
    for character in self {
      used += character.displayWidth
      if used > width { break }
      text.append(character)
    }
    return text + "…"
  }

  /// The text broken at spaces into lines of at most a width; a longer word is
  /// broken where it must be.
  func wrapped(to width: Int) -> [String] {
    let width = Swift.max(8, width)
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      var word = String(word)
      if !line.isEmpty, line.displayWidth + 1 + word.displayWidth <= width {
        line += " " + word
        continue
      }
      if !line.isEmpty { lines.append(line) }
      while word.displayWidth > width {
        let head = word.head(of: width)
        lines.append(head)
        word.removeFirst(head.count)
      }
      line = word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// As many first characters as fit, at least one.
  private func head(of width: Int) -> String {
    var text = ""
    var used = 0
    for character in self {
      used += character.displayWidth
      if used > width, !text.isEmpty { break }
      text.append(character)
    }
    return text
  }
}
