/// The few Swift types that cross to C, by their mangled names.
enum SwiftTypeName {
  /// The type, nil for any other.
  static func type(_ mangled: String) -> DebugType? {
    guard mangled.hasPrefix("$s"), mangled.hasSuffix("D") else { return nil }
    var name = mangled.dropFirst(2).dropLast()
    while name.hasSuffix("Sg") { name = name.dropLast(2) }
    if let number = numbers[String(name)] { return number }
    switch name.prefix(2) {
    case "SP", "SV": return .pointer(to: .void, isConst: true)
    case "Sp", "Sv": return .pointer(to: .void, isConst: false)
    default: break
    }
    // A function with the convention of C.
    return name == "s13OpaquePointerV" || name.contains("IetC") ? .pointer(to: .void, isConst: false) : nil
  }

  private static let numbers: [String: DebugType] = [
    "Sd": .number(name: "double", size: 8, .float), "Sf": .number(name: "float", size: 4, .float),
    "Sb": .number(name: "bool", size: 1, .bool), // Swift imports size_t as Int.
    "Si": .number(name: "ptrdiff_t", size: 8, .eitherSign), "yt": .void,
    "Su": .number(name: "uint64_t", size: 8, .unsigned),
    "s4Int8V": .number(name: "int8_t", size: 1, .signed),
    "s5Int16V": .number(name: "int16_t", size: 2, .signed),
    "s5Int32V": .number(name: "int32_t", size: 4, .signed),
    "s5Int64V": .number(name: "int64_t", size: 8, .signed),
    "s5UInt8V": .number(name: "uint8_t", size: 1, .unsigned),
    "s6UInt16V": .number(name: "uint16_t", size: 2, .unsigned),
    "s6UInt32V": .number(name: "uint32_t", size: 4, .unsigned),
    "s6UInt64V": .number(name: "uint64_t", size: 8, .unsigned),
  ]
}
