public import AssayCore

/// How strictly values go into a column of another type.
public enum CastMode: String, Sendable, Hashable, CaseIterable {
  /// Every value must convert without a change.
  case exact
  /// A number may be rounded to the nearest one that the floating-point target has.
  case round
}

extension Column {
  /// The same values in a column of another type.
  ///
  /// Numbers go into each other where the value is the same; 0 and 1 are false and
  /// true; dictionaries are decoded; integers and booleans can be written as text;
  /// text gives its bytes; lists of lists go into flat lists. Text never becomes a
  /// number, because nobody said that it was one. NaN and null stay what they are.
  /// - Parameters:
  ///   - name: The column's name in messages.
  ///   - firstRow: The global number of the column's first row, from 0, for messages.
  /// - Throws: `data.cast` with the first row and value that do not convert.
  /// - Complexity: O(1) for the same type, else O(*n*).
  public func cast(
    to target: DataType, mode: CastMode = .exact, named name: String = "", firstRow: Int = 0
  ) throws(AssayError) -> Column {
    if type == target { return self }
    let cast = Cast(source: self, target: target, mode: mode, name: name, firstRow: firstRow)
    switch (type, target) {
    case (.null, _): return Column(nulls: length, of: target)
    case (.dictionary, _):
      return try decoded().cast(to: target, mode: mode, named: name, firstRow: firstRow)
    case (.bool, _) where target.isNumber: return try cast.fromBool()
    case (_, .bool) where type.isNumber: return try cast.toBool()
    case (_, _) where type.isNumber && target.isNumber: return try cast.betweenNumbers()
    case (_, _) where type.hasBytes && target.hasBytes && (type.isText || !target.isText):
      return try cast.betweenTexts()
    case (_, _) where (type == .bool || type.isInteger) && target.isText:
      return try cast.toText().cast(to: target)
    case (_, _) where type.isList && target.isList: return try cast.betweenLists()
    default: throw cast.impossible
    }
  }

  /// The values that a dictionary column stands for; any other column as it is.
  public func decoded() -> Column {
    guard case .dictionary = type, let values = dictionary.first else { return self }
    var hasNulls = false
    let positions = (0..<length).map { row in
      guard let position = dictionaryIndex(at: row) else {
        hasNulls = true
        return Int32(0)
      }
      return Int32(truncatingIfNeeded: position)
    }
    guard values.length > 0 else { return Column(nulls: length, of: values.type) }
    let column = values.gather(positions)
    return hasNulls ? column.masked { dictionaryIndex(at: $0) != nil } : column
  }

  /// A column of nulls of a type; of type null where the type is only carried.
  public init(nulls length: Int, of type: DataType) {
    let bits = Buffer(copying: [UInt8](repeating: 0, count: (length + 7) / 8))
    let zeros = { (width: Int) in Buffer(copying: [UInt8](repeating: 0, count: width)) }
    var children: [Column] = []
    var buffers: [Buffer] = [bits]
    switch type {
    case .null, .other, .dictionary:
      self.init(nulls: length)
      return
    case .structure(let fields): children = fields.map { Column(nulls: length, of: $0.type) }
    case .fixedSizeList(let field, let size): children = [Column(nulls: length * size, of: field.type)]
    case .list(let field), .largeList(let field):
      children = [Column(nulls: 0, of: field.type)]
      buffers.append(zeros((length + 1) * (type.offsetWidth ?? 8)))
    case .bool: buffers.append(zeros((length + 7) / 8))
    default:
      if let width = type.offsetWidth {
        buffers += [zeros((length + 1) * width), .none]
      } else {
        buffers.append(zeros(length * (type.byteWidth ?? 8)))
      }
    }
    self.init(type: type, length: length, nullCount: length, buffers: buffers, children: children)
  }
}

extension DataType {
  public var isNumber: Bool { isInteger || isFloatingPoint }

  var hasBytes: Bool {
    switch self {
    case .utf8, .largeUtf8, .binary, .largeBinary: true
    default: false
    }
  }

  /// The type among `accepted` that a column of this type is cast to.
  ///
  /// Its own type where that is accepted; else the first that can hold all of its
  /// values; else the first that can hold some of them, numbers before others. Lists
  /// go by their elements.
  /// - Returns: Nil where no accepted type comes into question.
  public func castTarget(among accepted: [DataType]) -> DataType? {
    if accepted.contains(self) { return self }
    if case .dictionary(_, let values) = self { return values.castTarget(among: accepted) }
    if let element {
      let elements = accepted.compactMap { $0.offsetWidth == nil ? nil : $0.element }
      guard let target = element.castTarget(among: elements) ?? flatElement?.castTarget(among: elements)
      else { return nil }
      return accepted.first { $0.offsetWidth != nil && $0.element == target }
    }
    return accepted.first { $0.holdsAll(of: self) }
      ?? accepted.first { $0.isNumber && $0.mayHold(some: self) } ?? accepted.first { $0.mayHold(some: self) }
  }

  /// What lists of lists hold in the end; nil for types without lists inside lists.
  private var flatElement: DataType? {
    guard let element, element.isList else { return nil }
    return element.flatElement ?? element.element
  }

  /// Whether every value of `other` is also one of this type.
  private func holdsAll(of other: DataType) -> Bool {
    switch (self, other) {
    case (_, .null), (.int64, .bool), (.int32, .bool), (.int8, .bool), (.float64, .float32): true
    case (.largeUtf8, .utf8), (.largeBinary, .binary), (.utf8, .largeUtf8): true
    default:
      if let width = other.byteWidth, other.isInteger, self == .float64 { width < 8 }
      else if let width = other.byteWidth, other.isInteger, isInteger, let wider = byteWidth {
        other.isSigned == isSigned ? width <= wider : !other.isSigned && width < wider
      } else { false }
    }
  }

  private func mayHold(some other: DataType) -> Bool {
    (isNumber || self == .bool) && (other.isNumber || other == .bool)
      || ((other.isInteger || other == .bool) && isText) || (other.hasBytes && hasBytes && !isText)
  }

  private var isSigned: Bool {
    switch self {
    case .int8, .int16, .int32, .int64: true
    default: false
    }
  }
}

extension AssayError.Code {
  /// A value does not convert to the type that is needed.
  public static let cast = Self(rawValue: "data.cast")
}
