extension Column {
  /// The first row that is null or NaN, or a list with a null in it: where a value is
  /// needed, all of them are missing.
  ///
  /// - Complexity: O(1) for columns without nulls that are not floating-point.
  public var firstMissing: Int? {
    if hasNullElements { return missingRows().first.map(Int.init) }
    let null = firstNull
    let nan = firstNaN(before: null ?? length)
    return nan ?? null
  }

  /// Every row that is null or NaN, or a list with a null in it, in order.
  ///
  /// - Complexity: O(*n*).
  public func missingRows() -> [Int32] {
    if hasNullElements {
      return (0..<Int32(length)).filter { !isValid(Int($0)) || hasNullElement(at: Int($0)) }
    }
    guard let first = firstMissing else { return [] }
    var rows: [Int32] = []
    for row in first..<length where !isValid(row) || isNaN(at: row) { rows.append(Int32(row)) }
    return rows
  }

  private var hasNullElements: Bool {
    guard type.isList, let child = children.first, child.nullCount > 0 else { return false }
    let all = elementRange
    return child.slice(offset: all.lowerBound, count: all.count).nullCount > 0
  }

  private func hasNullElement(at row: Int) -> Bool {
    range(at: row).contains { !children[0].isValid($0) }
  }

  private func isNaN(at row: Int) -> Bool {
    switch type {
    case .float64: (try? values(of: Double.self))?[row].isNaN ?? false
    case .float32: (try? values(of: Float.self))?[row].isNaN ?? false
    default: false
    }
  }

  /// The first number outside of a range; null and NaN are in no range and outside of none.
  ///
  /// - Parameters:
  ///   - low: The smallest value allowed; nil for none.
  ///   - high: The largest value allowed; nil for none.
  /// - Complexity: O(*n*).
  public func firstOutside(low: Double?, high: Double?) -> (row: Int, value: Double)? {
    guard low != nil || high != nil else { return nil }
    let (low, high) = (low ?? -.infinity, high ?? .infinity)
    switch type {
    case .float64: return firstOutside(Double.self, low, high) { $0 }
    case .float32: return firstOutside(Float.self, low, high) { Double($0) }
    case .int8: return firstOutside(Int8.self, low, high) { Double($0) }
    case .int16: return firstOutside(Int16.self, low, high) { Double($0) }
    case .int32: return firstOutside(Int32.self, low, high) { Double($0) }
    case .int64: return firstOutside(Int64.self, low, high) { Double($0) }
    case .uint8: return firstOutside(UInt8.self, low, high) { Double($0) }
    case .uint16: return firstOutside(UInt16.self, low, high) { Double($0) }
    case .uint32: return firstOutside(UInt32.self, low, high) { Double($0) }
    case .uint64: return firstOutside(UInt64.self, low, high) { Double($0) }
    default: return nil
    }
  }

  @inline(__always)
  private func firstOutside<Value: ArrowNumber>(
    _ type: Value.Type, _ low: Double, _ high: Double, _ number: (Value) -> Double
  ) -> (row: Int, value: Double)? {
    guard let values = try? values(of: type) else { return nil }
    var start = 0
    while let row = values.firstIndex(from: start, before: values.count, where: {
      number($0) < low || number($0) > high
    }) {
      // Null rows hold anything.
      if isValid(row) { return (row, number(values[row])) }
      start = row + 1
    }
    return nil
  }

  private func firstNaN(before end: Int) -> Int? {
    if type == .float64, let values = try? values(of: Double.self) {
      return values.firstIndex(before: end) { $0.isNaN }
    }
    if type == .float32, let values = try? values(of: Float.self) {
      return values.firstIndex(before: end) { $0.isNaN }
    }
    return nil
  }
}

extension Column {
  /// The bytes of all values of a text or binary column; 0 for other types.
  ///
  /// - Complexity: O(1).
  public var textByteCount: Int {
    guard type.hasBytes, length > 0 else { return 0 }
    return range(at: length - 1).upperBound - range(at: 0).lowerBound
  }
}
