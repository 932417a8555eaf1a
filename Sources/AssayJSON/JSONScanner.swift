/// A slow walk over a refused text that finds the first fault.
struct JSONScanner {
  private let bytes: [UInt8]
  /// Whether the text is a row of data, in which Python's NaN and Infinity are numbers
  /// and the last of two members of one name counts.
  private let isRow: Bool
  private var position = 0
  private var fault: JSONFault?

  init(_ bytes: [UInt8], isRow: Bool = false) {
    self.bytes = bytes
    self.isRow = isRow
  }

  /// The first fault by position, nil where there is none to be found.
  mutating func firstFault() -> JSONFault? {
    if let offset = firstInvalidUTF8(in: bytes) {
      return JSONFault("a byte that is not UTF-8", at: offset, in: bytes)
    }
    skipSpace()
    guard position < bytes.count else {
      return JSONFault("there is nothing here but white space; a value belongs here", at: position, in: bytes)
    }
    guard value(depth: 0) else { return fault }
    skipSpace()
    guard position == bytes.count else {
      fail("something follows the end of the document; remove it")
      return fault
    }
    return nil
  }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  @discardableResult
  private mutating func fail(_ reason: String, at offset: Int? = nil) -> Bool {
    if fault == nil { fault = JSONFault(reason, at: offset ?? position, in: bytes) }
    return false
  }

  private mutating func skipSpace() {
    while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func value(depth: Int) -> Bool {
    guard let byte else { return fail("the text ends where a value belongs") }
    switch byte {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string() != nil
    case UInt8(ascii: "-"), 0x30...0x39: return number()
    default: return word()
    }
  }

  private mutating func object(depth: Int) -> Bool {
    guard enters(depth) else { return false }
    var keys: Set<[UInt8]> = []
    skipSpace()
    if take("}") { return true }
    while true {
      skipSpace()
      let start = position
      guard byte == UInt8(ascii: "\"") else {
        return fail(
          byte == UInt8(ascii: "}")
            ? "a comma before \"}\"; remove it" : "a member's name in double quotes belongs here")
      }
      guard let key = string() else { return false }
      guard keys.insert(key).inserted || isRow else {
        let name = String(decoding: key, as: UTF8.self)
        return fail("the member \"\(name)\" is there twice; remove one of the two", at: start)
      }
      skipSpace()
      guard take(":") else { return fail("a colon belongs between a member's name and its value") }
      skipSpace()
      guard value(depth: depth + 1) else { return false }
      skipSpace()
      if take("}") { return true }
      guard take(",") else { return fail(unclosed("}", what: "object")) }
    }
  }

  private mutating func array(depth: Int) -> Bool {
    guard enters(depth) else { return false }
    skipSpace()
    if take("]") { return true }
    while true {
      skipSpace()
      if byte == UInt8(ascii: "]") { return fail("a comma before \"]\"; remove it") }
      guard value(depth: depth + 1) else { return false }
      skipSpace()
      if take("]") { return true }
      guard take(",") else { return fail(unclosed("]", what: "array")) }
    }
  }

  private mutating func enters(_ depth: Int) -> Bool {
    guard depth < JSONValue.depthLimit else {
      return fail("arrays and objects nest deeper than \(JSONValue.depthLimit) levels")
    }
    position += 1
    return true
  }

  private func unclosed(_ mark: String, what: String) -> String {
    byte == nil
      ? "the text ends inside an \(what); \"\(mark)\" is missing" : "\",\" or \"\(mark)\" belongs here"
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func word() -> Bool {
    let start = position
    while let byte, isWord(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if ["true", "false", "null"].contains(text) { return true }
    if isRow, ["NaN", "Infinity"].contains(text) { return true }
    switch text {
    case "": return fail("a value belongs here", at: start)
    case "NaN", "nan", "Infinity", "inf":
      return fail("\(text) is not a JSON value; write null", at: start)
    default: return fail("\(text) is not a JSON value; a text needs double quotes", at: start)
    }
  }

  private mutating func number() -> Bool {
    let start = position
    while let byte, isWord(byte) || [0x2B, 0x2D, 0x2E].contains(byte) { position += 1 }
    let text = Array(bytes[start..<position])
    let shown = String(decoding: text, as: UTF8.self)
    if isRow, shown == "-Infinity" { return true }
    guard isNumber(text) else { return fail("\(shown) is not a JSON number", at: start) }
    guard let value = Double(shown), value.isFinite else {
      return fail("\(shown) is too large for a double", at: start)
    }
    return true
  }

  /// Takes a string; its bytes between the quotes with escapes resolved.
  private mutating func string() -> [UInt8]? {
    let start = position
    position += 1
    var result: [UInt8] = []
    while let byte {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return result
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        result.append(contentsOf: Array(String(scalar).utf8))
      case 0..<0x20:
        fail("a control character in a text; write \(escaped(byte))", at: position - 1)
        return nil
      default: result.append(byte)
      }
    }
    fail("the text that begins here has no closing quote", at: start)
    return nil
  }
}

extension JSONScanner {
  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
    default: false
    }
  }

  private func escaped(_ byte: UInt8) -> String {
    switch byte {
    case 0x0A: return "\\n"
    case 0x0D: return "\\r"
    case 0x09: return "\\t"
    default:
      let digits = String(byte, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }

  /// Takes what follows a backslash.
  private mutating func escape() -> Unicode.Scalar? {
    let start = position - 1
    guard let byte else {
      fail("the text ends inside an escape", at: start)
      return nil
    }
    position += 1
    let plain: [UInt8: Unicode.Scalar] = [
      0x22: "\"", 0x5C: "\\", 0x2F: "/", 0x62: "\u{8}", 0x66: "\u{C}", 0x6E: "\n", 0x72: "\r",
      0x74: "\t",
    ]
    if let scalar = plain[byte] { return scalar }
    guard byte == UInt8(ascii: "u") else {
      fail("an escape that JSON does not have; a backslash itself is written \\\\", at: start)
      return nil
    }
    return unicodeEscape(from: start)
  }

  private mutating func unicodeEscape(from start: Int) -> Unicode.Scalar? {
    guard let high = fourDigits() else {
      fail("four hexadecimal digits belong after \\u", at: start)
      return nil
    }
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, take("\\"), take("u"), let low = fourDigits(),
      (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    else {
      fail("half of a surrogate pair", at: start)
      return nil
    }
    return scalar
  }

  private mutating func fourDigits() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = bytes[position..<position + 4]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    position += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  private func isNumber(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    func digits() -> Int {
      let count = rest.prefix { (0x30...0x39).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let leadsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0, !leadsWithZero || whole == 1 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}

/// The offset of the first byte that does not belong to a UTF-8 sequence.
private func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
  var decoder = UTF8.ForwardParser()
  var iterator = bytes.makeIterator()
  var offset = 0
  while true {
    switch decoder.parseScalar(from: &iterator) {
    case .valid(let scalar): offset += scalar.count
    case .error: return offset
    case .emptyInput: return nil
    }
  }
}
