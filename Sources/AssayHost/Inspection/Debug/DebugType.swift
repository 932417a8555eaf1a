/// A type as the compiler saw it.
indirect enum DebugType: Sendable, Hashable {
  case void
  case number(name: String, size: Int, Encoding)
  case enumeration(name: String, size: Int)
  case pointer(to: DebugType, isConst: Bool)
  case function(result: DebugType, parameters: [DebugType])
  /// A struct, union, class or array by value.
  case aggregate(keyword: String, name: String)
  /// Not to be told, and why.
  case unknown(String)

  enum Encoding: Sendable, Hashable {
    case bool, float, signed, unsigned, other
    /// An integer that stands for signed and unsigned ones of C.
    case eitherSign
  }
}

extension DebugType {
  /// The type in words.
  var shown: String {
    if let type = cType { return type.description }
    switch self {
    case .void: return "void"
    case .number(let name, let size, _): return name.isEmpty ? "a number of \(size) bytes" : name
    case .enumeration(let name, _): return "enum \(name)"
    case .pointer: return "a pointer"
    case .function: return "a function"
    case .aggregate(let keyword, let name): return name.isEmpty ? "a \(keyword)" : "\(keyword) \(name)"
    case .unknown: return "something unknown"
    }
  }

  /// The type as a prototype can name it; nil where it cannot.
  var cType: CType? {
    switch self {
    case .void: return .void
    case .number(let name, let size, let encoding):
      return Self.number(name, size, encoding)
    case .enumeration(_, let size): return Self.integer(size, isSigned: false)
    case .pointer(.function(let result, let parameters), _):
      return Self.callback(result, parameters) ?? .pointer(to: .void, isConst: false)
    case .pointer(let pointee, let isConst):
      return .pointer(to: pointee.pointeeType, isConst: isConst)
    case .function, .aggregate, .unknown: return nil
    }
  }

  private var pointeeType: CType {
    switch self {
    case .aggregate("struct", let name) where Self.isTag(name): .structure(tag: name)
    case .aggregate("union", let name) where Self.isTag(name): .union(tag: name)
    case .number(let name, 1, _) where name == "char": .character
    default: cType ?? .void
    }
  }

  private static func isTag(_ name: String) -> Bool {
    !name.isEmpty && ArgumentSource.isName(name) && !name.contains("-")
  }

  private static func callback(_ result: DebugType, _ parameters: [DebugType]) -> CType? {
    guard let result = result.cType else { return nil }
    var list: [Prototype.Parameter] = []
    for parameter in parameters {
      guard let type = parameter.cType, type != .void else { return nil }
      if case .function = type { return nil }
      list.append(Prototype.Parameter(name: "", type: type))
    }
    return .function(Prototype(name: "", result: result, parameters: list))
  }

  private static func number(_ name: String, _ size: Int, _ encoding: Encoding) -> CType? {
    switch (encoding, size) {
    case (.bool, 1): return .bool
    case (.float, 4): return .float
    case (.float, 8): return .double
    case (.signed, _), (.unsigned, _), (.eitherSign, _):
      let isSigned = encoding != .unsigned
      if case .integer(let integer)? = try? CType(parsing: name), integer.byteCount == size,
        integer.isSigned == isSigned
      {
        return .integer(integer)
      }
      return integer(size, isSigned: isSigned)
    default: return nil
    }
  }

  private static func integer(_ size: Int, isSigned: Bool) -> CType? {
    switch (size, isSigned) {
    case (1, true): .integer(.int8)
    case (2, true): .integer(.int16)
    case (4, true): .integer(.int32)
    case (8, true): .integer(.int64)
    case (1, false): .integer(.uint8)
    case (2, false): .integer(.uint16)
    case (4, false): .integer(.uint32)
    case (8, false): .integer(.uint64)
    default: nil
    }
  }
}
