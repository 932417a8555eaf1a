/// The shapes of a unit's entries, by code.
struct DwarfAbbreviations: Sendable {
  struct Shape: Sendable {
    let tag: UInt64
    let hasChildren: Bool
    let attributes: [Attribute]
  }

  struct Attribute: Sendable {
    let name: UInt64
    let form: UInt64
    /// The value of a constant that stands here once for all entries.
    let constant: Int64
  }

  private var shapes: [UInt64: Shape] = [:]

  subscript(_ code: UInt64) -> Shape? { shapes[code] }

  init(_ bytes: [UInt8], at offset: Int) throws(ByteCursor.Damaged) {
    var cursor = try ByteCursor(bytes, at: offset)
    while true {
      let code = try cursor.uleb()
      guard code != 0 else { return }
      let tag = try cursor.uleb()
      let hasChildren = try cursor.u8() != 0
      var attributes: [Attribute] = []
      while true {
        let name = try cursor.uleb()
        let form = try cursor.uleb()
        let constant = form == DwarfForm.implicitConst ? try cursor.sleb() : 0
        guard name != 0 || form != 0 else { break }
        attributes.append(Attribute(name: name, form: form, constant: constant))
      }
      shapes[code] = Shape(tag: tag, hasChildren: hasChildren, attributes: attributes)
    }
  }
}
