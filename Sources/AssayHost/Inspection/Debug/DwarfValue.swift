/// The value of an attribute, before indirect ones are looked up.
enum DwarfValue: Sendable {
  case number(UInt64)
  case flag(Bool)
  case text(String)
  /// A place in the table of texts.
  case textOffset(Int)
  /// A place in the table of texts that lines use.
  case lineTextOffset(Int)
  /// The number of a text in the unit's own table.
  case textIndex(Int)
  case address(UInt64)
  /// The number of an address in the unit's own table.
  case addressIndex(Int)
  /// The place of another entry in `.debug_info`.
  case entry(Int)
  /// A place in another section.
  case sectionOffset(Int)
  /// Something that nothing here needs, or that lies in another file.
  case other
}

extension DwarfValue {
  /// Reads a value of the form and moves behind it.
  static func read(
    _ form: UInt64, constant: Int64, _ cursor: inout ByteCursor, _ unit: DwarfUnit.Header,
    isNested: Bool = false
  ) throws(ByteCursor.Damaged) -> DwarfValue {
    switch form {
    case 0x01: return .address(try cursor.unsigned(unit.addressSize))
    case 0x05: return .number(try cursor.unsigned(2))
    case 0x06: return .number(try cursor.unsigned(4))
    case 0x07: return .number(try cursor.unsigned(8))
    case 0x0B: return .number(try cursor.unsigned(1))
    case 0x0D: return .number(UInt64(bitPattern: try cursor.sleb()))
    case 0x0F: return .number(try cursor.uleb())
    case DwarfForm.implicitConst: return .number(UInt64(bitPattern: constant))
    case 0x0C: return .flag(try cursor.u8() != 0)
    case 0x19: return .flag(true)
    case 0x08: return .text(try cursor.text())
    case 0x0E: return .textOffset(try cursor.size(unit.offsetSize))
    case 0x1F: return .lineTextOffset(try cursor.size(unit.offsetSize))
    case 0x17: return .sectionOffset(try cursor.size(unit.offsetSize))
    case 0x16:
      guard !isNested else { throw ByteCursor.Damaged() }
      return try read(try cursor.uleb(), constant: 0, &cursor, unit, isNested: true)
    case 0x10...0x15: return try reference(form, &cursor, unit)
    case 0x1A, 0x1F02, 0x25...0x28: return .textIndex(try index(form, &cursor))
    case 0x1B, 0x1F01, 0x29...0x2C: return .addressIndex(try index(form, &cursor))
    default:
      try skip(form, &cursor, unit)
      return .other
    }
  }

  private static func reference(
    _ form: UInt64, _ cursor: inout ByteCursor, _ unit: DwarfUnit.Header
  ) throws(ByteCursor.Damaged) -> DwarfValue {
    switch form {
    case 0x10: return .entry(try cursor.size(unit.version == 2 ? unit.addressSize : unit.offsetSize))
    case 0x11: return try entry(try cursor.size(1), unit)
    case 0x12: return try entry(try cursor.size(2), unit)
    case 0x13: return try entry(try cursor.size(4), unit)
    case 0x14: return try entry(try cursor.size(8), unit)
    default:
      guard let distance = Int(exactly: try cursor.uleb()) else { throw ByteCursor.Damaged() }
      return try entry(distance, unit)
    }
  }

  /// An entry by its distance from the beginning of the unit.
  private static func entry(
    _ distance: Int, _ unit: DwarfUnit.Header
  ) throws(ByteCursor.Damaged) -> DwarfValue {
    let (offset, overflows) = unit.offset.addingReportingOverflow(distance)
    guard !overflows else { throw ByteCursor.Damaged() }
    return .entry(offset)
  }

  private static func index(
    _ form: UInt64, _ cursor: inout ByteCursor
  ) throws(ByteCursor.Damaged) -> Int {
    switch form {
    case 0x25...0x28: return try cursor.size(Int(form - 0x24))
    case 0x29...0x2C: return try cursor.size(Int(form - 0x28))
    default:
      guard let index = Int(exactly: try cursor.uleb()) else { throw ByteCursor.Damaged() }
      return index
    }
  }

  /// Blocks, lists and what lies in other files.
  private static func skip(
    _ form: UInt64, _ cursor: inout ByteCursor, _ unit: DwarfUnit.Header
  ) throws(ByteCursor.Damaged) {
    switch form {
    case 0x03: try cursor.skip(try cursor.size(2))
    case 0x04: try cursor.skip(try cursor.size(4))
    case 0x0A: try cursor.skip(try cursor.size(1))
    case 0x09, 0x18:
      guard let count = Int(exactly: try cursor.uleb()) else { throw ByteCursor.Damaged() }
      try cursor.skip(count)
    case 0x1D, 0x1F20, 0x1F21: try cursor.skip(unit.offsetSize)
    case 0x1C: try cursor.skip(4)
    case 0x1E: try cursor.skip(16)
    case 0x20, 0x24: try cursor.skip(8)
    case 0x22, 0x23: _ = try cursor.uleb()
    default: throw ByteCursor.Damaged()
    }
  }
}
