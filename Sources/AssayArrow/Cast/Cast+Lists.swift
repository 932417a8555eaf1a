import AssayCore

extension Cast {
  /// Lists of lists go into flat lists row by row: `[[1, 2], [3]]` becomes `[1, 2, 3]`.
  func betweenLists() throws(AssayError) -> Column {
    guard let wanted = target.element, let held = source.type.element, target.offsetWidth != nil else {
      throw impossible
    }
    if held.isList, !wanted.isList {
      return try flattened().cast(to: target, mode: mode, named: name, firstRow: firstRow)
    }
    if held == wanted, source.type.offsetWidth == target.offsetWidth {
      // Only the element's name or whether it may be null differs.
      return Column(
        type: target, length: source.length, offset: source.offset, nullCount: source.nullCount,
        buffers: source.buffers, children: source.children)
    }
    let all = source.elementRange
    let elements = try source.children[0].slice(offset: all.lowerBound, count: all.count)
      .cast(to: wanted, mode: mode, named: name)
    return Column(
      type: target, length: source.length, nullCount: source.nullCount,
      buffers: [source.rebased().buffers[0], try offsets(from: all.lowerBound)], children: [elements])
  }

  /// The lists with one level less.
  private func flattened() throws(AssayError) -> Column {
    let inner = source.children[0]
    let all = source.elementRange
    if inner.slice(offset: all.lowerBound, count: all.count).nullCount > 0 {
      for row in 0..<source.length {
        guard source.range(at: row).contains(where: { !inner.isValid($0) }) else { continue }
        throw refused(row, "a list that is null inside a list")
      }
    }
    let base = inner.slice(offset: all.lowerBound, count: all.count).elementRange
    var ends: [Int64] = [0]
    ends.reserveCapacity(source.length + 1)
    for row in 0..<source.length {
      let range = source.range(at: row)
      let end = range.isEmpty ? nil : Int64(inner.range(at: range.upperBound - 1).upperBound - base.lowerBound)
      ends.append(end ?? ends[row])
    }
    let child = inner.children[0].slice(offset: base.lowerBound, count: base.count)
    return Column(
      type: .largeList(Field("item", child.type)), length: source.length, nullCount: source.nullCount,
      buffers: [source.rebased().buffers[0], Buffer(copying: ends)], children: [child])
  }

  /// The offsets in the target's width, counted from `base`.
  func offsets(from base: Int) throws(AssayError) -> Buffer {
    var ends: [Int] = source.length == 0 ? [0] : []
    ends.reserveCapacity(source.length + 1)
    for row in 0..<source.length {
      let range = source.range(at: row)
      if row == 0 { ends.append(range.lowerBound - base) }
      ends.append(range.upperBound - base)
    }
    if target.offsetWidth == 8 { return Buffer(copying: ends.map(Int64.init)) }
    guard (ends.last ?? 0) <= Int(Int32.max) else { throw impossible }
    return Buffer(copying: ends.map { Int32(truncatingIfNeeded: $0) })
  }
}

extension Column {
  /// Where the elements of all rows of a list column stand in its child.
  var elementRange: Range<Int> {
    length == 0 ? 0..<0 : range(at: 0).lowerBound..<range(at: length - 1).upperBound
  }
}
