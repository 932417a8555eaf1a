import AssayCore

/// One conversion of a column that is not of the wanted type.
struct Cast {
  let source: Column
  let target: DataType
  let mode: CastMode
  let name: String
  let firstRow: Int

  private var place: String { name.isEmpty ? "The column" : "Column \"\(name)\"" }

  var impossible: AssayError {
    let remedy = source.type.isText && target.isNumber
      ? " Text is not taken for a number: write it as one in the data."
      : ""
    return AssayError(
      .cast, "\(place) holds \(source.type.name), which does not convert to \(target.name).\(remedy)",
      details: ["column": name])
  }

  func refused(_ row: Int, _ value: String) -> AssayError {
    let number = firstRow + row + 1
    let remedy = target.isFloatingPoint && source.type.isNumber && mode == .exact
      ? " Permit rounding with --cast round." : ""
    return AssayError(
      .cast,
      "\(place), row \(number): \(value) (\(source.type.name)) is not exactly a value of \(target.name).\(remedy)",
      details: ["column": name, "row": String(number), "value": value])
  }

  // MARK: Numbers

  func betweenNumbers() throws(AssayError) -> Column {
    switch source.type {
    case .int8: try fromInteger(Int8.self)
    case .int16: try fromInteger(Int16.self)
    case .int32: try fromInteger(Int32.self)
    case .int64: try fromInteger(Int64.self)
    case .uint8: try fromInteger(UInt8.self)
    case .uint16: try fromInteger(UInt16.self)
    case .uint32: try fromInteger(UInt32.self)
    case .uint64: try fromInteger(UInt64.self)
    case .float32: try fromFloat(Float.self)
    case .float64: try fromFloat(Double.self)
    default: throw impossible
    }
  }

  private func fromInteger<Source: FixedWidthInteger & ArrowNumber>(
    _ type: Source.Type
  ) throws(AssayError) -> Column {
    switch target {
    case .int8: try convert { (value: Source) in Int8(exactly: value) }
    case .int16: try convert { (value: Source) in Int16(exactly: value) }
    case .int32: try convert { (value: Source) in Int32(exactly: value) }
    case .int64: try convert { (value: Source) in Int64(exactly: value) }
    case .uint8: try convert { (value: Source) in UInt8(exactly: value) }
    case .uint16: try convert { (value: Source) in UInt16(exactly: value) }
    case .uint32: try convert { (value: Source) in UInt32(exactly: value) }
    case .uint64: try convert { (value: Source) in UInt64(exactly: value) }
    case .float32: try toFloat(Float.self, from: type)
    case .float64: try toFloat(Double.self, from: type)
    default: throw impossible
    }
  }

  private func toFloat<Source: FixedWidthInteger & ArrowNumber, Target: BinaryFloatingPoint & ArrowNumber & Numeric>(
    _ target: Target.Type, from source: Source.Type
  ) throws(AssayError) -> Column {
    if mode == .round { return try convert { (value: Source) in Target(value) } }
    return try convert { (value: Source) in Target(exactly: value) }
  }

  private func fromFloat<Source: BinaryFloatingPoint & ArrowNumber>(
    _ type: Source.Type
  ) throws(AssayError) -> Column {
    switch target {
    case .int8: try convert { (value: Source) in Int8(exactly: value) }
    case .int16: try convert { (value: Source) in Int16(exactly: value) }
    case .int32: try convert { (value: Source) in Int32(exactly: value) }
    case .int64: try convert { (value: Source) in Int64(exactly: value) }
    case .uint8: try convert { (value: Source) in UInt8(exactly: value) }
    case .uint16: try convert { (value: Source) in UInt16(exactly: value) }
    case .uint32: try convert { (value: Source) in UInt32(exactly: value) }
    case .uint64: try convert { (value: Source) in UInt64(exactly: value) }
    case .float64: try convert { (value: Source) in Double(value) }
    case .float32:
      try convert { (value: Source) -> Float? in
        let converted = Float(value)
        if value.isFinite, !converted.isFinite { return nil }
        let isSame = mode == .round || Source(converted) == value || value.isNaN
        return isSame ? converted : nil
      }
    default: throw impossible
    }
  }

  /// Converts row by row; NaN in a target that has none is null, as everywhere.
  @inline(__always)
  private func convert<Source: ArrowNumber & Numeric, Target: ArrowNumber & Numeric>(
    _ body: (Source) -> Target?
  ) throws(AssayError) -> Column {
    let values = try source.values(of: Source.self)
    let hasNulls = source.nullCount > 0
    var failure = -1
    let column = Column(count: source.length, of: Target.self) { target in
      for row in 0..<values.count {
        if let converted = body(values[row]) {
          target[row] = converted
        } else {
          target[row] = 0
          let isNull = (hasNulls && !source.isValid(row)) || values[row] != values[row]
          if !isNull, failure < 0 { failure = row }
        }
      }
    }
    if failure >= 0 { throw refused(failure, "\(values[failure])") }
    let keepsNaN = target.isFloatingPoint || !source.type.isFloatingPoint
    if keepsNaN { return hasNulls ? column.masked { source.isValid($0) } : column }
    return column.masked { source.isValid($0) && values[$0] == values[$0] }
  }

  // MARK: Booleans

  func fromBool() throws(AssayError) -> Column {
    let bits = source
    let column = Column(count: bits.length, of: Int8.self) { values in
      for row in 0..<bits.length { values[row] = bits.bool(at: row) ? 1 : 0 }
    }
    let numbers = bits.nullCount > 0 ? column.masked { bits.isValid($0) } : column
    return try numbers.cast(to: target)
  }

  func toBool() throws(AssayError) -> Column {
    // NaN becomes null, and everything but 0 and 1 is refused.
    let numbers = try source.cast(to: .float64, mode: .round)
    let values = try numbers.values(of: Double.self)
    var flags: [Bool?] = []
    flags.reserveCapacity(values.count)
    for row in 0..<values.count {
      if !source.isValid(row) || values[row].isNaN {
        flags.append(nil)
      } else if values[row] == 0 || values[row] == 1 {
        flags.append(values[row] == 1)
      } else {
        throw refused(row, source.numberText(at: row))
      }
    }
    return Column(flags)
  }

  // MARK: Texts

  func toText() throws(AssayError) -> Column {
    Column((0..<source.length).map { row -> String? in
      guard source.isValid(row) else { return nil }
      return source.type == .bool ? String(source.bool(at: row)) : source.numberText(at: row)
    })
  }

  func betweenTexts() throws(AssayError) -> Column {
    Column(
      type: target, length: source.length, nullCount: source.nullCount,
      buffers: [source.rebased().buffers[0], try offsets(from: 0), source.buffers[2]])
  }
}

extension Column {
  /// A number of the column in the fewest digits that read back as the same value.
  func numberText(at row: Int) -> String {
    if type == .float64, let values = try? values(of: Double.self) { return "\(values[row])" }
    if type == .float32, let values = try? values(of: Float.self) { return "\(values[row])" }
    if type == .uint64, let values = try? values(of: UInt64.self) { return "\(values[row])" }
    return integer(at: row).map(String.init) ?? "null"
  }
}
