extension Column {
  /// The elements of all rows of a list column, one after another, with those of other
  /// rows where the column is a slice; nil for another type.
  ///
  /// With ``elementRange(at:)`` it reads many short lists without a column for each.
  public var elements: Column? {
    switch type {
    case .list, .largeList: children.first
    default: nil
    }
  }

  /// Where the elements of a row stand in ``elements``; empty for null and for a column
  /// that holds no lists.
  public func elementRange(at row: Int) -> Range<Int> {
    guard elements != nil, isValid(row) else { return 0..<0 }
    return range(at: row)
  }

  /// A list column without nulls: the elements of each row end where `ends` says.
  ///
  /// - Precondition: `ends` ascend, and the last of them, or 0, is the number of elements.
  public init(lists elements: Column, ends: [Int]) {
    precondition((ends.last ?? 0) == elements.length)
    self.init(
      type: .list(Field("item", elements.type)), length: ends.count, nullCount: 0,
      buffers: [.none, Buffer(copying: ([0] + ends).map { Int32($0) })], children: [elements])
  }

  /// A column of bytes without nulls, of the type `binary`.
  ///
  /// - Precondition: All together have less than 2 GiB.
  public init(binary values: [[UInt8]]) {
    var ends: [Int32] = [0]
    ends.reserveCapacity(values.count + 1)
    for value in values { ends.append(ends[ends.count - 1] + Int32(value.count)) }
    self.init(
      type: .binary, length: values.count, nullCount: 0,
      buffers: [.none, Buffer(copying: ends), Buffer(copying: Array(values.joined()))])
  }
}
