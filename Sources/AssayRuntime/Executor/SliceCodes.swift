import AssayArrow

/// The values of a column as small numbers, so that a text is made for each
/// distinct value of a chunk and not for each row.
struct SliceCodes {
  /// For each of the rows the number of its value, numbered as they come.
  private(set) var codes: [Int32] = []
  /// For each number the value as a result writes it; all different.
  private(set) var texts: [String] = []

  /// - Parameter rows: The rows that count.
  init(_ column: Column, rows: [Int32]) {
    var interner = Interner()
    /// The first row of each distinct value.
    var examples: [Int32] = []
    codes.reserveCapacity(rows.count)
    let isText = column.type.isText
    for row in rows {
      let code = Self.code(of: column, isText: isText, Int(row), &interner, examples)
      if Int(code) == examples.count { examples.append(row) }
      codes.append(code)
    }
    let writer = SliceColumn(column)
    unite(examples.map { writer.text(at: Int($0)) })
  }

  /// Gives values that are written alike, such as 0 and -0, one number.
  private mutating func unite(_ written: [String]) {
    var numbers: [String: Int32] = [:]
    let united = written.map { text in
      if let known = numbers[text] { return known }
      let number = Int32(texts.count)
      numbers[text] = number
      texts.append(text)
      return number
    }
    guard texts.count < written.count else { return }
    for index in codes.indices { codes[index] = united[Int(codes[index])] }
  }

  @inline(__always)
  private static func code(
    of column: Column, isText: Bool, _ row: Int, _ interner: inout Interner, _ examples: [Int32]
  ) -> Int32 {
    guard column.isValid(row) else {
      return interner.number(hash: 0) { !column.isValid(Int(examples[Int($0)])) }
    }
    if isText {
      return interner.number(hash: Interner.hash(column.bytes(at: row))) {
        let example = Int(examples[Int($0)])
        return column.isValid(example) && column.hasSameBytes(row, example)
      }
    }
    let hash = Interner.mixed(column.key(at: row))
    return interner.number(hash: hash) { column.isValid(Int(examples[Int($0)])) }
  }
}

extension Column {
  fileprivate func hasSameBytes(_ row: Int, _ other: Int) -> Bool {
    let (mine, theirs) = (bytes(at: row), bytes(at: other))
    guard mine.byteCount == theirs.byteCount else { return false }
    // Safety: both are as long as compared.
    return unsafe mine.withUnsafeBytes { mine in
      unsafe theirs.withUnsafeBytes { theirs in unsafe mine.elementsEqual(theirs) }
    }
  }

  /// A number that differs where the values of two rows do; not for text.
  fileprivate func key(at row: Int) -> UInt64 {
    switch type {
    case .bool: bool(at: row) ? 1 : 0
    case .float64, .float32: number(at: row)?.bitPattern ?? 0
    case .dictionary: UInt64(truncatingIfNeeded: dictionaryIndex(at: row) ?? -1)
    case .uint64: (try? values(of: UInt64.self))?[row] ?? 0
    default: UInt64(truncatingIfNeeded: integer(at: row) ?? 0)
    }
  }
}
