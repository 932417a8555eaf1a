/// Finds functions and types in the debug information of a library.
///
/// A small reader for DWARF 2 to 5, restricted to what a prototype says. Nothing
/// is trusted: every offset is checked, and depths are bounded.
struct DwarfReader: Sendable {
  let sections: DwarfSections
  let units: [DwarfUnit]
  /// Whether some of it could not be read.
  let isDamaged: Bool

  init(_ sections: DwarfSections) {
    self.sections = sections
    var units: [DwarfUnit] = []
    var tables: [Int: DwarfAbbreviations] = [:]
    var isDamaged = false
    var offset = 0
    while offset < sections.info.count {
      guard let header = try? DwarfUnit.Header(sections.info, at: offset) else {
        isDamaged = true
        break
      }
      offset = header.end
      let known = tables[header.abbreviationsOffset]
      guard
        let table = known
          ?? (try? DwarfAbbreviations(sections.abbreviations, at: header.abbreviationsOffset))
      else {
        isDamaged = true
        continue
      }
      tables[header.abbreviationsOffset] = table
      var unit = DwarfUnit(header, table)
      guard (try? Self.readRoot(&unit, sections)) != nil else {
        isDamaged = true
        continue
      }
      units.append(unit)
    }
    self.units = units
    self.isDamaged = isDamaged
  }

  /// The unit's own entry says where its tables begin.
  private static func readRoot(
    _ unit: inout DwarfUnit, _ sections: DwarfSections
  ) throws(ByteCursor.Damaged) {
    var cursor = try ByteCursor(sections.info, at: unit.header.firstEntry, end: unit.header.end)
    guard let root = try DwarfEntry(&cursor, unit) else { return }
    if let base = root.sectionOffset(DwarfAttribute.stringOffsetsBase) { unit.stringOffsetsBase = base }
    if let base = root.sectionOffset(DwarfAttribute.addressBase) { unit.addressBase = base }
    unit.language = root.number(DwarfAttribute.language) ?? 0
    unit.producer = sections.text(root[DwarfAttribute.producer], unit) ?? ""
  }

  /// The unit that an entry belongs to.
  ///
  /// - Complexity: O(log *n*) in the number of units.
  func unit(of offset: Int) -> DwarfUnit? {
    var low = 0
    var high = units.count
    while low < high {
      let middle = (low + high) / 2
      if units[middle].header.end <= offset { low = middle + 1 } else { high = middle }
    }
    guard low < units.count, units[low].header.firstEntry <= offset else { return nil }
    return units[low]
  }

  /// The entry at an offset, with its unit; nil where there is none.
  func entry(at offset: Int) -> (DwarfEntry, DwarfUnit)? {
    guard let unit = unit(of: offset),
      var cursor = try? ByteCursor(sections.info, at: offset, end: unit.header.end),
      let entry = try? DwarfEntry(&cursor, unit)
    else { return nil }
    return (entry, unit)
  }

  func text(_ value: DwarfValue?, _ unit: DwarfUnit) -> String? { sections.text(value, unit) }

  /// The children of an entry, without theirs.
  func children(of entry: DwarfEntry, _ unit: DwarfUnit) throws(ByteCursor.Damaged) -> [DwarfEntry] {
    guard entry.hasChildren else { return [] }
    var cursor = try ByteCursor(sections.info, at: entry.end, end: unit.header.end)
    var children: [DwarfEntry] = []
    var depth = 0
    while !cursor.isAtEnd {
      guard let child = try DwarfEntry(&cursor, unit) else {
        if depth == 0 { break }
        depth -= 1
        continue
      }
      if depth == 0 { children.append(child) }
      if child.hasChildren { depth += 1 }
    }
    return children
  }
}

extension DwarfEntry {
  /// An offset into another section, which older versions write as a number.
  fileprivate func sectionOffset(_ name: UInt64) -> Int? {
    guard case .sectionOffset(let offset)? = self[name] else { return nil }
    return offset
  }
}

extension DwarfSections {
  /// The text of a value; nil where it is none or lies elsewhere.
  func text(_ value: DwarfValue?, _ unit: DwarfUnit) -> String? {
    switch value {
    case .text(let text): return text
    case .textOffset(let offset): return Self.text(strings, at: offset)
    case .lineTextOffset(let offset): return Self.text(lineStrings, at: offset)
    case .textIndex(let index):
      let size = unit.header.offsetSize
      guard let place = Self.place(unit.stringOffsetsBase, index, size),
        var cursor = try? ByteCursor(stringOffsets, at: place), let offset = try? cursor.size(size)
      else { return nil }
      return Self.text(strings, at: offset)
    default: return nil
    }
  }

  /// The address that a value means.
  func address(_ value: DwarfValue?, _ unit: DwarfUnit) -> UInt64? {
    switch value {
    case .address(let address): return address
    case .addressIndex(let index):
      let size = unit.header.addressSize
      guard let place = Self.place(unit.addressBase, index, size),
        var cursor = try? ByteCursor(addresses, at: place)
      else { return nil }
      return try? cursor.unsigned(size)
    default: return nil
    }
  }

  private static func place(_ base: Int, _ index: Int, _ size: Int) -> Int? {
    let (distance, overflows) = index.multipliedReportingOverflow(by: size)
    let (place, alsoOverflows) = base.addingReportingOverflow(distance)
    return overflows || alsoOverflows ? nil : place
  }

  private static func text(_ bytes: [UInt8], at offset: Int) -> String? {
    guard var cursor = try? ByteCursor(bytes, at: offset) else { return nil }
    return try? cursor.text()
  }
}
