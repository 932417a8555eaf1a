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
  case structure([Field])
  case dictionary(index: DataType, values: DataType)
  /// A type that Assay carries but does not read, by its Arrow format string.
  case other(format: String)
}

/// A named column of a schema.
public struct Field: Sendable, Hashable {
  public var name: String
  public var type: DataType
  public var isNullable: Bool

  public init(_ name: String, _ type: DataType, isNullable: Bool = true) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
  }
}

/// The fields of a batch, in order.
public struct Schema: Sendable, Hashable {
  public var fields: [Field]

  public init(_ fields: [Field]) { self.fields = fields }

  /// The position of the first field of that name.
  public func index(of name: String) -> Int? {
    fields.firstIndex { $0.name == name }
  }
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

  /// How many buffers an array of this type has; nil for a type that is only carried.
  var bufferCount: Int? {
    switch self {
    case .null: 0
    case .structure: 1
    case .utf8, .largeUtf8, .binary, .largeBinary: 3
    case .other: nil
    default: 2
    }
  }

  /// The fields of a nested type.
  var children: [Field] {
    switch self {
    case .list(let field), .largeList(let field): [field]
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
