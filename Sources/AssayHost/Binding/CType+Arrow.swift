public import AssayArrow

extension CType {
  /// The column type whose values this number is; nil for every other type.
  public var columnType: DataType? {
    switch self {
    case .bool: .bool
    case .float: .float32
    case .double: .float64
    case .integer(let integer): integer.columnType
    default: nil
    }
  }

  /// Whether this is a pointer to that struct of the contract, or one that
  /// does not say what it points to.
  func isPointer(toStruct tag: String) -> Bool {
    switch pointee {
    case .structure(tag)?, .named(tag)?, .void?: true
    default: false
    }
  }

  /// Whether this is a pointer to that very struct.
  func namesStruct(_ tag: String) -> Bool { isPointer(toStruct: tag) && pointee != .void }

  /// Whether this points to what the function promises not to write.
  var pointsToConst: Bool {
    if case .pointer(_, let isConst) = self { isConst } else { false }
  }

  /// Whether this is a pointer to the bytes of a text.
  var pointsToBytes: Bool {
    switch pointee {
    case .character?, .integer(.uint8)?, .integer(.unsignedChar)?, .void?: true
    default: false
    }
  }

  /// Whether this is a pointer to a terminated text.
  var pointsToText: Bool { pointee == .character }

  /// Whether this is an integer that can count the elements of anything usual.
  var countsElements: Bool {
    if case .integer(let integer) = self { integer.byteCount >= 4 } else { false }
  }

  var isInteger: Bool {
    if case .integer = self { true } else { false }
  }
}

extension CInteger {
  /// The column type of the same width and sign.
  public var columnType: DataType {
    switch (byteCount, isSigned) {
    case (1, true): .int8
    case (2, true): .int16
    case (4, true): .int32
    case (_, true): .int64
    case (1, false): .uint8
    case (2, false): .uint16
    case (4, false): .uint32
    case (_, false): .uint64
    }
  }
}
