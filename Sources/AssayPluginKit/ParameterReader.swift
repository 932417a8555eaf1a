/// Reads the JSON in which parameters reach a plugin.
///
/// The host has parsed, checked and written that JSON itself; a plugin needs no
/// JSON library for it. What is not JSON gives nil, never a trap.
struct ParameterReader {
  private let bytes: [UInt8]
  private var position = 0
  private static let deepest = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The one value that all the bytes are.
  mutating func document() -> Parameters.Value? {
    let value = value(depth: 0)
    skipSpace()
    return position == bytes.count ? value : nil
  }

  private mutating func value(depth: Int) -> Parameters.Value? {
    skipSpace()
    guard position < bytes.count, depth < Self.deepest else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return list(depth: depth)
    case UInt8(ascii: "\""): return text().map { .text($0) }
    case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func object(depth: Int) -> Parameters.Value? {
    var members: [String: Parameters.Value] = [:]
    position += 1
    if next("}") { return .object(members) }
    repeat {
      skipSpace()
      guard let name = text(), next(":"), let value = value(depth: depth + 1) else { return nil }
      members[name] = value
    } while next(",")
    return next("}") ? .object(members) : nil
  }

  private mutating func list(depth: Int) -> Parameters.Value? {
    var items: [Parameters.Value] = []
    position += 1
    if next("]") { return .list(items) }
    repeat {
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
    } while next(",")
    return next("]") ? .list(items) : nil
  }

  private mutating func number() -> Parameters.Value? {
    let start = position
    let allowed = Array("+-.0123456789eE".utf8)
    while position < bytes.count, allowed.contains(bytes[position]) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if let whole = Int(text) { return .integer(whole) }
    return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
  }

  private mutating func text() -> String? {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
    position += 1
    var units: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let character = escaped() else { return nil }
        units += Array(String(character).utf8)
      default: units.append(byte)
      }
    }
    return nil
  }

  private mutating func escaped() -> Character? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"): return escapedUnicode()
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(Unicode.Scalar(byte))
    default: return nil
    }
  }

  private mutating func escapedUnicode() -> Character? {
    guard let first = hexadecimal() else { return nil }
    if let scalar = Unicode.Scalar(first) { return Character(scalar) }
    // The first half of a pair; the second must follow.
    guard first < 0xDC00, take("\\u"), let second = hexadecimal(), 0xDC00..<0xE000 ~= second else {
      return nil
    }
    let joined = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    return Unicode.Scalar(joined).map(Character.init)
  }

  private mutating func hexadecimal() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let text = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    position += 4
    return text.first == "+" || text.first == "-" ? nil : UInt32(text, radix: 16)
  }

  private mutating func take(_ text: StaticString) -> Bool {
    let expected = Array(text.description.utf8)
    guard bytes[position...].starts(with: expected) else { return false }
    position += expected.count
    return true
  }

  private mutating func next(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(character.value) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
  }
}
