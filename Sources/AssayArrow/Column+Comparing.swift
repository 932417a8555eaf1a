extension Column {
  /// Whether two rows hold the same bits, or are both null; false for lists and structs.
  public func hasSameValue(_ row: Int, _ other: Int) -> Bool {
    guard isValid(row), isValid(other) else { return isValid(row) == isValid(other) }
    if type == .bool { return bool(at: row) == bool(at: other) }
    if type.hasBytes { return hasSameBytes(bytes(at: row), bytes(at: other)) }
    guard let width = type.byteWidth else { return false }
    let buffer = buffers[1]
    let values = buffer.bytes
    let (mine, theirs) = ((offset + row) * width, (offset + other) * width)
    return hasSameBytes(values.extracting(mine..<mine + width), values.extracting(theirs..<theirs + width))
  }

  private func hasSameBytes(_ a: RawSpan, _ b: RawSpan) -> Bool {
    guard a.byteCount == b.byteCount else { return false }
    // Safety: both spans live until the comparison is through.
    return unsafe a.withUnsafeBytes { a in unsafe b.withUnsafeBytes { b in unsafe a.elementsEqual(b) } }
  }
}
