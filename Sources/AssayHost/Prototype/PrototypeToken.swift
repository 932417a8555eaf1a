/// A word or mark of a declaration, with the place where it stands.
struct PrototypeToken: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case word
    case number
    case text
    /// One of the marks of C, or any other character.
    case mark
    case end
  }

  let kind: Kind
  let text: String
  /// The position of the first byte.
  let offset: Int
}

extension PrototypeToken {
  /// Splits a declaration; comments count as space. The last token is the end.
  static func split(_ declaration: String) -> [PrototypeToken] {
    var lexer = PrototypeLexer(bytes: Array(declaration.utf8))
    return lexer.tokens()
  }
}

private struct PrototypeLexer {
  let bytes: [UInt8]
  var position = 0

  mutating func tokens() -> [PrototypeToken] {
    var tokens: [PrototypeToken] = []
    while true {
      skipSpace()
      guard position < bytes.count else { break }
      tokens.append(next())
    }
    return tokens + [PrototypeToken(kind: .end, text: "", offset: bytes.count)]
  }

  private mutating func next() -> PrototypeToken {
    let start = position
    let first = bytes[position]
    let kind: PrototypeToken.Kind
    if Self.isWordStart(first) {
      kind = .word
      skip { Self.isWordStart($0) || Self.isDigit($0) }
    } else if Self.isDigit(first) {
      kind = .number
      skip { Self.isWordStart($0) || Self.isDigit($0) || $0 == UInt8(ascii: ".") }
    } else if first == UInt8(ascii: "\"") {
      kind = .text
      position += 1
      skip { $0 != UInt8(ascii: "\"") }
      position = min(position + 1, bytes.count)
    } else {
      kind = .mark
      takeMark()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return PrototypeToken(kind: kind, text: text, offset: start)
  }

  /// A mark of several bytes, or one whole character.
  private mutating func takeMark() {
    for mark in ["...", "::", "[[", "]]", "->", "&&"] where matches(mark) {
      position += mark.utf8.count
      return
    }
    position += 1
    skip { $0 & 0xC0 == 0x80 }
  }

  private mutating func skip(while isPart: (UInt8) -> Bool) {
    while position < bytes.count, isPart(bytes[position]) { position += 1 }
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      if matches("//") {
        skip { $0 != UInt8(ascii: "\n") }
      } else if matches("/*") {
        position += 2
        while position < bytes.count, !matches("*/") { position += 1 }
        position = min(position + 2, bytes.count)
      } else if [0x20, 0x09, 0x0A, 0x0D, 0x0B, 0x0C].contains(bytes[position]) {
        position += 1
      } else {
        return
      }
    }
  }

  private func matches(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

  private static func isWordStart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24: true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
