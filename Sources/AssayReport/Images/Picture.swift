/// A PNG or JPEG file as it is, with the size that its header tells.
struct Picture {
  enum Format: String {
    case png = "image/png"
    case jpeg = "image/jpeg"
  }

  let format: Format
  let width: Int
  let height: Int
  let bytes: [UInt8]

  /// - Returns: nil for bytes of another format, or without a size.
  init?(_ bytes: [UInt8]) {
    let found = Self.png(bytes).map { (Format.png, $0) } ?? Self.jpeg(bytes).map { (Format.jpeg, $0) }
    guard let (format, size) = found, size.width > 0, size.height > 0 else { return nil }
    self.format = format
    (width, height) = size
    self.bytes = bytes
  }

  /// The size in the first chunk, which must be IHDR (PNG specification, 11.2.1).
  private static func png(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
    let head: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
    guard bytes.count >= 24, bytes.starts(with: head) else { return nil }
    return (number(bytes, 16, count: 4), number(bytes, 20, count: 4))
  }

  /// The size in the first start-of-frame segment (ITU-T T.81, B.2.2).
  private static func jpeg(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard bytes.starts(with: [0xFF, 0xD8, 0xFF]) else { return nil }
    var place = 2
    while place + 9 <= bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      switch marker {
      case 0xFF: place += 1
      // Markers without a length.
      case 0x01, 0xD0...0xD8: place += 2
      // Start of frame, but not the tables and the reserved marker among its numbers.
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker):
        return (number(bytes, place + 7, count: 2), number(bytes, place + 5, count: 2))
      case 0xD9, 0xDA: return nil
      default: place += 2 + max(2, number(bytes, place + 2, count: 2))
      }
    }
    return nil
  }

  private static func number(_ bytes: [UInt8], _ place: Int, count: Int) -> Int {
    bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
  }

  /// The file as the address of a resource that is in the address itself.
  var address: String { "data:\(format.rawValue);base64,\(Self.base64(bytes))" }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// RFC 4648, section 4.
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = alphabet
    var encoded: [UInt8] = []
    encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
    var place = 0
    while place < bytes.count {
      let rest = bytes.count - place
      let second = rest > 1 ? bytes[place + 1] : 0
      let third = rest > 2 ? bytes[place + 2] : 0
      let word = Int(bytes[place]) << 16 | Int(second) << 8 | Int(third)
      encoded.append(alphabet[word >> 18])
      encoded.append(alphabet[word >> 12 & 63])
      encoded.append(rest > 1 ? alphabet[word >> 6 & 63] : UInt8(ascii: "="))
      encoded.append(rest > 2 ? alphabet[word & 63] : UInt8(ascii: "="))
      place += 3
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
