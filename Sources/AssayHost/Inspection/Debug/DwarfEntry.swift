/// One entry of the debug information: a function, a parameter, a type.
struct DwarfEntry: Sendable {
  let offset: Int
  let tag: UInt64
  let hasChildren: Bool
  private let attributes: [(name: UInt64, value: DwarfValue)]
  /// Where the next entry stands.
  let end: Int

  /// Reads the entry at the cursor; nil for the end of a list of children.
  init?(_ cursor: inout ByteCursor, _ unit: DwarfUnit) throws(ByteCursor.Damaged) {
    let offset = cursor.offset
    let code = try cursor.uleb()
    guard code != 0 else { return nil }
    guard let shape = unit.abbreviations[code] else { throw ByteCursor.Damaged() }
    var attributes: [(name: UInt64, value: DwarfValue)] = []
    attributes.reserveCapacity(shape.attributes.count)
    for attribute in shape.attributes {
      let value = try DwarfValue.read(
        attribute.form, constant: attribute.constant, &cursor, unit.header)
      attributes.append((attribute.name, value))
    }
    self.offset = offset
    tag = shape.tag
    hasChildren = shape.hasChildren
    self.attributes = attributes
    end = cursor.offset
  }

  subscript(_ name: UInt64) -> DwarfValue? {
    attributes.first { $0.name == name }?.value
  }

  func number(_ name: UInt64) -> UInt64? {
    if case .number(let value)? = self[name] { value } else { nil }
  }

  func flag(_ name: UInt64) -> Bool {
    if case .flag(let flag)? = self[name] { flag } else { false }
  }

  /// The entry that an attribute points to.
  func entry(_ name: UInt64) -> Int? {
    if case .entry(let offset)? = self[name] { offset } else { nil }
  }
}
