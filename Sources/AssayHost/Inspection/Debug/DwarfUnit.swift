/// What one source file brought into the debug information.
struct DwarfUnit: Sendable {
  struct Header: Sendable {
    let offset: Int
    let end: Int
    let version: Int
    let addressSize: Int
    let offsetSize: Int
    let abbreviationsOffset: Int
    /// Where the first entry stands.
    let firstEntry: Int
    /// Whether this holds code, and not only a type that other units share.
    let holdsCode: Bool
  }

  let header: Header
  let abbreviations: DwarfAbbreviations
  var language: UInt64 = 0
  var producer = ""
  var stringOffsetsBase: Int
  var addressBase: Int

  init(_ header: Header, _ abbreviations: DwarfAbbreviations) {
    self.header = header
    self.abbreviations = abbreviations
    // What a unit of version 5 means where it does not say: behind the header.
    stringOffsetsBase = header.offsetSize * 2
    addressBase = 8
  }
}

extension DwarfUnit.Header {
  /// Reads the header at an offset of `.debug_info`.
  init(_ info: [UInt8], at offset: Int) throws(ByteCursor.Damaged) {
    var cursor = try ByteCursor(info, at: offset)
    var length = try cursor.size(4)
    var offsetSize = 4
    if length == 0xFFFF_FFFF {
      length = try cursor.size(8)
      offsetSize = 8
    }
    guard length > 0, length <= cursor.remaining else { throw ByteCursor.Damaged() }
    let end = cursor.offset + length
    let version = Int(try cursor.u16())
    guard (2...5).contains(version) else { throw ByteCursor.Damaged() }
    var unitType: UInt8 = 1
    let addressSize: Int
    let abbreviations: Int
    if version >= 5 {
      unitType = try cursor.u8()
      addressSize = Int(try cursor.u8())
      abbreviations = try cursor.size(offsetSize)
    } else {
      abbreviations = try cursor.size(offsetSize)
      addressSize = Int(try cursor.u8())
    }
    guard [4, 8].contains(addressSize) else { throw ByteCursor.Damaged() }
    switch unitType {
    case 2, 6: try cursor.skip(8 + offsetSize)
    case 4, 5: try cursor.skip(8)
    default: break
    }
    guard cursor.offset <= end else { throw ByteCursor.Damaged() }
    self.init(
      offset: offset, end: end, version: version, addressSize: addressSize, offsetSize: offsetSize,
      abbreviationsOffset: abbreviations, firstEntry: cursor.offset,
      holdsCode: unitType == 1 || unitType == 3)
  }
}

extension DwarfUnit {
  /// The language of the source, as far as it matters.
  enum Language: Sendable {
    case c, cPlusPlus, rust, swift, other
  }

  var sourceLanguage: Language {
    switch language {
    case 0x01, 0x02, 0x0C, 0x1D, 0x2C: .c
    case 0x04, 0x1A, 0x21, 0x2B: .cPlusPlus
    case 0x1C: .rust
    case 0x1E: .swift
    default: .other
    }
  }
}
