extension DwarfReader {
  /// The type of an entry; nothing there means `void`.
  func type(of entry: DwarfEntry, _ unit: DwarfUnit, depth: Int = 0) -> DebugType {
    switch entry[DwarfAttribute.type] {
    case nil: return .void
    case .entry(let offset)?: return type(at: offset, depth: depth)
    default: return .unknown("its type lies in another file")
    }
  }

  private func type(at offset: Int, depth: Int) -> DebugType {
    // Deeper than any parameter of C, and a bound for types that go in circles.
    guard depth < 24 else { return .unknown("its type nests too deep") }
    guard let (entry, unit) = entry(at: offset) else { return .unknown("its type cannot be read") }
    let name = text(entry[DwarfAttribute.name], unit) ?? ""
    switch entry.tag {
    case DwarfTag.baseType: return baseType(entry, name, unit)
    case DwarfTag.typedef: return typedef(entry, name, unit, depth)
    case DwarfTag.constType, DwarfTag.volatileType, DwarfTag.restrictType, DwarfTag.atomicType:
      return type(of: entry, unit, depth: depth + 1)
    case DwarfTag.pointerType, DwarfTag.referenceType, DwarfTag.rvalueReferenceType:
      return pointer(entry, name, unit, depth)
    case DwarfTag.subroutineType: return function(entry, unit, depth)
    case DwarfTag.enumerationType:
      return .enumeration(name: name, size: Int(truncatingIfNeeded: entry.number(DwarfAttribute.byteSize) ?? 0))
    case DwarfTag.structureType, DwarfTag.classType: return structure(entry, name, unit, depth)
    case DwarfTag.unionType: return .aggregate(keyword: "union", name: name)
    case DwarfTag.arrayType: return .aggregate(keyword: "array", name: "")
    default: return .unknown("its type is of a kind that C does not have")
    }
  }

  private func baseType(_ entry: DwarfEntry, _ name: String, _ unit: DwarfUnit) -> DebugType {
    let size = Int(truncatingIfNeeded: entry.number(DwarfAttribute.byteSize) ?? 0)
    let encoding: DebugType.Encoding =
      switch entry.number(DwarfAttribute.encoding) {
      case 2: .bool
      case 4: .float
      case 5, 6: .signed
      case 7, 8, 0x10: .unsigned
      default: .other
      }
    // Rust's c_char is an i8, and a pointer to one is a text far more often.
    let isRustText = unit.sourceLanguage == .rust && name == "i8"
    return .number(name: isRustText ? "char" : name, size: size, encoding)
  }

  /// A typedef keeps its name where it says more than what is behind it.
  private func typedef(
    _ entry: DwarfEntry, _ name: String, _ unit: DwarfUnit, _ depth: Int
  ) -> DebugType {
    let type = type(of: entry, unit, depth: depth + 1)
    if case .number(_, let size, let encoding) = type, CInteger(rawValue: name) != nil {
      return .number(name: name, size: size, encoding)
    }
    return type
  }

  private func pointer(
    _ entry: DwarfEntry, _ name: String, _ unit: DwarfUnit, _ depth: Int
  ) -> DebugType {
    let isRustConst = name.hasPrefix("*const ") || (name.hasPrefix("&") && !name.hasPrefix("&mut "))
    guard let target = entry.entry(DwarfAttribute.type) else {
      return .pointer(to: .void, isConst: isRustConst)
    }
    return .pointer(
      to: type(at: target, depth: depth + 1),
      isConst: isRustConst || isConst(at: target, depth: depth))
  }

  /// Whether a type is const, through typedefs and other qualifiers.
  private func isConst(at offset: Int, depth: Int) -> Bool {
    var offset = offset
    for _ in 0..<8 {
      guard let (entry, _) = entry(at: offset) else { return false }
      switch entry.tag {
      case DwarfTag.constType: return true
      case DwarfTag.typedef, DwarfTag.volatileType, DwarfTag.restrictType:
        guard let next = entry.entry(DwarfAttribute.type) else { return false }
        offset = next
      default: return false
      }
    }
    return false
  }

  private func function(_ entry: DwarfEntry, _ unit: DwarfUnit, _ depth: Int) -> DebugType {
    guard depth < 8, let children = try? children(of: entry, unit) else {
      return .unknown("its type cannot be read")
    }
    let parameters = children.filter { $0.tag == DwarfTag.formalParameter }
      .map { type(of: $0, unit, depth: depth + 4) }
    return .function(result: type(of: entry, unit, depth: depth + 4), parameters: parameters)
  }

  private func structure(
    _ entry: DwarfEntry, _ name: String, _ unit: DwarfUnit, _ depth: Int
  ) -> DebugType {
    switch unit.sourceLanguage {
    case .swift: return swiftType(entry, name, unit, depth)
    case .rust where !entry.flag(DwarfAttribute.declaration):
      // Transparent wrappers and optional functions are structs here and scalars in a call.
      return .unknown("it is a Rust struct, \(name)")
    default: return .aggregate(keyword: "struct", name: name)
    }
  }

  /// Swift wraps a generic type, such as a pointer, into a struct without a name.
  private func swiftType(
    _ entry: DwarfEntry, _ name: String, _ unit: DwarfUnit, _ depth: Int
  ) -> DebugType {
    let mangled = text(entry[DwarfAttribute.linkageName], unit) ?? name
    if mangled.isEmpty, let children = try? children(of: entry, unit), children.count == 1 {
      return type(of: children[0], unit, depth: depth + 1)
    }
    return SwiftTypeName.type(mangled) ?? .unknown("it is a Swift type, \(mangled)")
  }
}
