public import AssayCore

/// A column of values of one type: Arrow in memory, immutable, shared by copies.
///
/// Reading is by span for numbers and by row for the rest; whatever a foreign
/// producer handed over was checked when it came in.
public struct Column: Sendable {
  public let type: DataType
  public let length: Int
  /// The position of the first value in the buffers.
  let offset: Int
  /// How many values are null.
  public let nullCount: Int
  /// In Arrow's order for the type; the validity first.
  let buffers: [Buffer]
  let children: [Column]
  let dictionary: [Column]

  init(
    type: DataType, length: Int, offset: Int = 0, nullCount: Int, buffers: [Buffer],
    children: [Column] = [], dictionary: [Column] = []
  ) {
    self.type = type
    self.length = length
    self.offset = offset
    self.nullCount = nullCount
    self.buffers = buffers
    self.children = children
    self.dictionary = dictionary
  }

  var validity: Bitmap? {
    guard nullCount > 0, let first = buffers.first, first.isPresent else { return nil }
    return Bitmap(buffer: first, offset: offset, count: length)
  }

  /// Whether the value of that row is there.
  public func isValid(_ row: Int) -> Bool {
    if type == .null { return false }
    guard nullCount > 0, let validity else { return true }
    return validity.bit(at: row)
  }

  /// The first row that is null.
  public var firstNull: Int? {
    nullCount == 0 ? nil : (0..<length).first { !isValid($0) }
  }

  /// The same values, fewer rows. Nothing is copied.
  ///
  /// - Precondition: The range lies in the column.
  /// - Complexity: O(*n*/8) in the rows where there are nulls, else O(1).
  public func slice(offset first: Int, count: Int) -> Column {
    precondition(first >= 0 && count >= 0 && first + count <= length)
    var nulls = nullCount
    if let validity, count < length {
      nulls = count - Bitmap(buffer: validity.buffer, offset: offset + first, count: count).countOfOnes
    } else if type == .null {
      nulls = count
    }
    return Column(
      type: type, length: count, offset: offset + first, nullCount: nulls, buffers: buffers,
      children: children, dictionary: dictionary)
  }
}

// MARK: - Reading

extension Column {
  /// The numbers of a column of exactly that type. Null rows hold anything.
  ///
  /// - Returns: An empty span where the column is of another type.
  @_lifetime(borrow self)
  private func fixed<Value: BitwiseCopyable>(_ value: Value.Type) -> Span<Value> {
    // Safety: the column keeps its buffers alive.
    let span = unsafe buffers[buffers.count - 1].unboundValues(of: value, from: offset, count: length)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// The values of a number column.
  ///
  /// - Parameter value: The Swift type that the column's type stands for, such as
  ///   `Double` for `float64`. Null rows hold anything.
  /// - Throws: `data.type` where the column is of another type.
  /// - Complexity: O(1).
  @_lifetime(borrow self)
  public func values<Value: ArrowNumber>(of value: Value.Type) throws(AssayError) -> Span<Value> {
    guard type == Value.dataType || storageType == Value.dataType else {
      throw AssayError(
        .dataType, "The column holds \(type.name), not \(Value.dataType.name). Cast it first.")
    }
    return fixed(value)
  }

  private var storageType: DataType {
    if case .dictionary(let index, _) = type { index } else { type }
  }

  /// The boolean of a row of a `bool` column; false for null.
  public func bool(at row: Int) -> Bool {
    guard type == .bool, isValid(row) else { return false }
    return Bitmap(buffer: buffers[1], offset: offset, count: length).bit(at: row)
  }

  /// The bytes of a row of a text or binary column; empty for null.
  @_lifetime(borrow self)
  public func bytes(at row: Int) -> RawSpan {
    let range = isValid(row) ? range(at: row) : 0..<0
    // Safety: the column keeps its buffers alive.
    let data = unsafe buffers[buffers.count - 1].unboundValues(
      of: UInt8.self, from: range.lowerBound, count: range.count)
    return unsafe _overrideLifetime(data.bytes, borrowing: self)
  }

  /// The text of a row, also behind a dictionary; nil for null and for a column
  /// that holds no text.
  public func string(at row: Int) -> String? {
    guard isValid(row) else { return nil }
    if case .dictionary = type {
      return dictionaryIndex(at: row).flatMap { dictionary.first?.string(at: $0) }
    }
    guard type.isText else { return nil }
    // Safety: the string copies the bytes before the closure ends.
    return unsafe bytes(at: row).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// The position in the dictionary of a row; nil for null.
  public func dictionaryIndex(at row: Int) -> Int? {
    guard case .dictionary(let index, _) = type, isValid(row), let values = dictionary.first else {
      return nil
    }
    let position = integer(at: row, as: index)
    return position.flatMap { $0 >= 0 && $0 < values.length ? $0 : nil }
  }

  /// The elements of a row of a list column; empty for null.
  public func list(at row: Int) -> Column? {
    guard let child = children.first, type.isList else { return nil }
    let range = isValid(row) ? range(at: row) : 0..<0
    return child.slice(offset: range.lowerBound, count: range.count)
  }

  /// A child of a struct column, cut to the column's rows.
  public func field(_ index: Int) -> Column {
    children[index].slice(offset: offset, count: length)
  }

  /// The integer of a row of an integer column; nil for null, for other types and
  /// for what does not fit.
  public func integer(at row: Int) -> Int? {
    isValid(row) ? integer(at: row, as: type) : nil
  }

  private func integer(at row: Int, as type: DataType) -> Int? {
    switch type {
    case .int8: Int(fixed(Int8.self)[row])
    case .int16: Int(fixed(Int16.self)[row])
    case .int32: Int(fixed(Int32.self)[row])
    case .int64: Int(fixed(Int64.self)[row])
    case .uint8: Int(fixed(UInt8.self)[row])
    case .uint16: Int(fixed(UInt16.self)[row])
    case .uint32: Int(fixed(UInt32.self)[row])
    case .uint64: Int(exactly: fixed(UInt64.self)[row])
    default: nil
    }
  }

  /// Where the elements of a row stand in the child or in the bytes.
  func range(at row: Int) -> Range<Int> {
    let position = offset + row
    if case .fixedSizeList(_, let size) = type { return position * size..<(position + 1) * size }
    let buffer = buffers[1]
    if type.offsetWidth == 4 {
      let offsets = buffer.values(of: Int32.self, from: position, count: 2)
      return offsets.isEmpty ? 0..<0 : Int(offsets[0])..<Int(offsets[1])
    }
    let offsets = buffer.values(of: Int64.self, from: position, count: 2)
    return offsets.isEmpty ? 0..<0 : Int(offsets[0])..<Int(offsets[1])
  }
}

extension AssayError.Code {
  /// A column is of another type than is needed.
  public static let dataType = Self(rawValue: "data.type")
  /// A plugin or a reader handed over Arrow data that breaks Arrow's rules.
  public static let invalidArrow = Self(rawValue: "data.invalid-arrow")
}
