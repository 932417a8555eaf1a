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
///
/// Schemas are equal where their fields are: what else a producer says about the
/// data changes no row.
public struct Schema: Sendable, Hashable {
  public var fields: [Field]
  /// What the producer says about the whole, by name; empty where it says nothing.
  public var metadata: [String: String]

  public init(_ fields: [Field], metadata: [String: String] = [:]) {
    self.fields = fields
    self.metadata = metadata
  }

  /// The position of the first field of that name.
  public func index(of name: String) -> Int? {
    fields.firstIndex { $0.name == name }
  }

  public static func == (a: Schema, b: Schema) -> Bool { a.fields == b.fields }

  public func hash(into hasher: inout Hasher) { hasher.combine(fields) }
}
