/// The type of a column, as the Arrow C Data Interface names it.
public indirect enum DataType: Sendable, Hashable {
  case null
  case bool
  case int8, int16, int32, int64
  case uint8, uint16, uint32, uint64
  case float32, float64
  case utf8, largeUtf8
  case binary, largeBinary
  case list(Field), largeList(Field)
  /// Lists of one length.
  case fixedSizeList(Field, size: Int)
  case structure([Field])
  case dictionary(index: DataType, values: DataType)
  /// A type that Assay carries but does not read, by its Arrow format string.
  case other(format: String)
}

extension DataType {
  private static let plainNames: [(name: String, format: String, type: DataType)] = [
    ("null", "n", .null), ("bool", "b", .bool),
    ("int8", "c", .int8), ("int16", "s", .int16), ("int32", "i", .int32), ("int64", "l", .int64),
    ("uint8", "C", .uint8), ("uint16", "S", .uint16), ("uint32", "I", .uint32),
    ("uint64", "L", .uint64),
    ("float32", "f", .float32), ("float64", "g", .float64),
    ("utf8", "u", .utf8), ("large_utf8", "U", .largeUtf8),
    ("binary", "z", .binary), ("large_binary", "Z", .largeBinary),
  ]

  /// The name that manifests and messages use, such as `float64` or `list<utf8>`.
  public var name: String {
    switch self {
    case .list(let field): "list<\(field.type.name)>"
    case .largeList(let field): "large_list<\(field.type.name)>"
    case .fixedSizeList(let field, let size): "fixed_size_list<\(field.type.name)>[\(size)]"
    case .structure: "struct"
    case .dictionary(_, let values): "dictionary<\(values.name)>"
    case .other(let format): "arrow(\(format))"
    default: Self.plainNames.first { $0.type == self }?.name ?? "null"
    }
  }

  /// The type of a name such as `float64` or `list<utf8>`; nil for an unknown one.
  public init?(name: String) {
    if let plain = Self.plainNames.first(where: { $0.name == name }) {
      self = plain.type
    } else if name.hasPrefix("list<"), name.hasSuffix(">"),
      let item = DataType(name: String(name.dropFirst(5).dropLast()))
    {
      self = .list(Field("item", item))
    } else if name.hasPrefix("large_list<"), name.hasSuffix(">"),
      let item = DataType(name: String(name.dropFirst(11).dropLast()))
    {
      self = .largeList(Field("item", item))
    } else {
      return nil
    }
  }

  /// The Arrow format string.
  public var format: String {
    switch self {
    case .list: "+l"
    case .largeList: "+L"
    case .fixedSizeList(_, let size): "+w:\(size)"
    case .structure: "+s"
    case .dictionary(let index, _): index.format
    case .other(let format): format
    default: Self.plainNames.first { $0.type == self }?.format ?? "n"
    }
  }

  /// The type of a plain format string; `other` for those that Assay only carries.
  init(plainFormat format: String) {
    self = Self.plainNames.first { $0.format == format }?.type ?? .other(format: format)
  }

  /// The bytes of one value; nil for bits and for everything of variable size.
  public var byteWidth: Int? {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    case .dictionary(let index, _): index.byteWidth
    default: nil
    }
  }

  public var isInteger: Bool {
    switch self {
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: true
    default: false
    }
  }

  public var isFloatingPoint: Bool { self == .float32 || self == .float64 }

  public var isText: Bool { self == .utf8 || self == .largeUtf8 }

  /// The type of the elements of lists of any kind; nil for other types.
  public var element: DataType? {
    switch self {
    case .list(let field), .largeList(let field), .fixedSizeList(let field, _): field.type
    default: nil
    }
  }

  public var isList: Bool { element != nil }

  public var isBinary: Bool { self == .binary || self == .largeBinary }

  /// How many buffers an array of this type has; nil for a type that is only carried.
  var bufferCount: Int? {
    switch self {
    case .null: 0
    case .structure, .fixedSizeList: 1
    case .utf8, .largeUtf8, .binary, .largeBinary: 3
    case .other: nil
    default: 2
    }
  }

  /// The fields of a nested type.
  var children: [Field] {
    switch self {
    case .list(let field), .largeList(let field), .fixedSizeList(let field, _): [field]
    case .structure(let fields): fields
    default: []
    }
  }

  /// The bytes of one offset of a type of variable size; nil for the others.
  var offsetWidth: Int? {
    switch self {
    case .utf8, .binary, .list: 4
    case .largeUtf8, .largeBinary, .largeList: 8
    default: nil
    }
  }
}
