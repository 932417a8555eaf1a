extension Column {
  /// The first row that is null or NaN: where a value is needed, both are missing.
  ///
  /// - Complexity: O(1) for columns without nulls that are not floating-point.
  public var firstMissing: Int? {
    let null = firstNull
    let nan = firstNaN(before: null ?? length)
    return nan ?? null
  }

  /// Every row that is null or NaN, in order.
  ///
  /// - Complexity: O(*n*).
  public func missingRows() -> [Int32] {
    guard let first = firstMissing else { return [] }
    var rows: [Int32] = []
    for row in first..<length where !isValid(row) || isNaN(at: row) { rows.append(Int32(row)) }
    return rows
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
    let low = low ?? -.infinity
    let high = high ?? .infinity
    switch type {
    case .float64: return firstOutside(Double.self, low, high) { $0 }
    case .float32: return firstOutside(Float.self, low, high) { Double($0) }
    default:
      guard type.isInteger else { return nil }
      for row in 0..<length where isValid(row) {
        let value = integer(at: row).map(Double.init) ?? Double(Int64.max)
        if value < low || value > high { return (row, value) }
      }
      return nil
    }
  }

  @inline(__always)
  private func firstOutside<Value: ArrowNumber>(
    _ type: Value.Type, _ low: Double, _ high: Double, _ number: (Value) -> Double
  ) -> (row: Int, value: Double)? {
    guard let values = try? values(of: type) else { return nil }
    // Whole blocks first, so that the common case costs two comparisons a value.
    var row = 0
    while row < values.count {
      let end = min(row + 1024, values.count)
      var isInside = true
      for index in row..<end {
        let value = number(values[index])
        isInside = isInside && !(value < low) && !(value > high)
      }
      if !isInside {
        for index in row..<end where isValid(index) {
          let value = number(values[index])
          if value < low || value > high { return (index, value) }
        }
      }
      row = end
    }
    return nil
  }

  private func firstNaN(before end: Int) -> Int? {
    if type == .float64, let values = try? values(of: Double.self) {
      return (0..<end).first { values[$0].isNaN }
    }
    if type == .float32, let values = try? values(of: Float.self) {
      return (0..<end).first { values[$0].isNaN }
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
