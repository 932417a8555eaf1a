extension Column {
  /// A column of numbers without nulls, copied.
  public init<Value: ArrowNumber>(_ values: [Value]) {
    self.init(
      type: Value.dataType, length: values.count, nullCount: 0,
      buffers: [.none, Buffer(copying: values)])
  }

  /// A column of numbers in which nil is null.
  public init<Value: ArrowNumber & Numeric>(_ values: [Value?]) {
    let (validity, nulls) = Column.validity(of: values)
    self.init(
      type: Value.dataType, length: values.count, nullCount: nulls,
      buffers: [validity, Buffer(copying: values.map { $0 ?? 0 })])
  }

  /// A column of booleans in which nil is null.
  public init(_ values: [Bool?]) {
    let (validity, nulls) = Column.validity(of: values)
    self.init(
      type: .bool, length: values.count, nullCount: nulls,
      buffers: [validity, Bitmap.packing(count: values.count) { values[$0] ?? false }])
  }

  /// A text column in which nil is null.
  ///
  /// The type is `utf8`, or `large_utf8` where the text has 2 GiB or more.
  public init(_ values: [String?]) {
    var bytes: [UInt8] = []
    var ends: [Int] = [0]
    ends.reserveCapacity(values.count + 1)
    for value in values {
      if let value { bytes.append(contentsOf: value.utf8) }
      ends.append(bytes.count)
    }
    let (validity, nulls) = Column.validity(of: values)
    self.init(text: bytes, ends: ends, validity: validity, nullCount: nulls)
  }

  private init(text bytes: [UInt8], ends: [Int], validity: Buffer, nullCount: Int) {
    let isLarge = bytes.count > Int(Int32.max)
    let offsets = isLarge
      ? Buffer(copying: ends.map(Int64.init)) : Buffer(copying: ends.map(Int32.init))
    self.init(
      type: isLarge ? .largeUtf8 : .utf8, length: ends.count - 1, nullCount: nullCount,
      buffers: [validity, offsets, Buffer(copying: bytes)])
  }

  /// A column of `length` nulls.
  public init(nulls length: Int) {
    self.init(type: .null, length: length, nullCount: length, buffers: [])
  }

  /// A column of numbers written in place by `fill`, for large ones.
  ///
  /// - Parameter fill: Sets every value of the span.
  public init<Value: ArrowNumber>(
    count: Int, of type: Value.Type = Value.self, fill: (inout MutableSpan<Value>) -> Void
  ) {
    let buffer = unsafe Buffer(byteCount: count * MemoryLayout<Value>.stride) { memory in
      // Safety: the memory is new and large enough; a number needs no initialisation.
      let values = unsafe UnsafeMutableBufferPointer(
        start: memory.baseAddress?.assumingMemoryBound(to: Value.self), count: count)
      var span = unsafe MutableSpan(_unsafeElements: values)
      fill(&span)
    }
    self.init(type: Value.dataType, length: count, nullCount: 0, buffers: [.none, buffer])
  }

  /// The same values with the rows null for which `isValid` says false.
  public func masked(_ isValid: (Int) -> Bool) -> Column {
    let old = self
    var nulls = 0
    let bits = Bitmap.packing(count: length) { row in
      let keeps = old.isValid(row) && isValid(row)
      if !keeps { nulls += 1 }
      return keeps
    }
    guard nulls > 0, !buffers.isEmpty else { return self }
    let based = rebased()
    return Column(
      type: type, length: length, nullCount: nulls, buffers: [bits] + based.buffers.dropFirst(),
      children: based.children, dictionary: dictionary)
  }

  private static func validity<Value>(of values: [Value?]) -> (bits: Buffer, nulls: Int) {
    var nulls = 0
    for value in values where value == nil { nulls += 1 }
    if nulls == 0 { return (.none, 0) }
    return (Bitmap.packing(count: values.count) { values[$0] != nil }, nulls)
  }
}
