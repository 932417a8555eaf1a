extension Column {
  /// The same values with offset 0: what plugins are promised.
  ///
  /// Values of fixed size are not copied; offsets and bits that do not start on
  /// a byte are.
  /// - Complexity: O(1), or O(*n*) where something has to be copied.
  public func rebased() -> Column {
    guard offset > 0 else { return self }
    let first = validity.map { $0.aligned() } ?? Buffer.none
    var rest: [Buffer] = []
    var kept = children
    switch type {
    case .null, .other: return self
    case .bool: rest = [Bitmap(buffer: buffers[1], offset: offset, count: length).aligned()]
    case .structure: kept = children.map { $0.slice(offset: offset, count: length).rebased() }
    default:
      if let width = type.offsetWidth {
        // Offsets need not start at 0, so the old ones serve from a later position on.
        rest = [buffers[1].dropping(first: offset * width)] + buffers.dropFirst(2)
      } else if let width = type.byteWidth {
        rest = [buffers[1].dropping(first: offset * width)]
      }
    }
    return Column(
      type: type, length: length, nullCount: nullCount, buffers: [first] + rest, children: kept,
      dictionary: dictionary)
  }

  /// The rows of these positions, in that order.
  ///
  /// - Precondition: Every position lies in the column.
  /// - Complexity: O(*n*) in the positions, and in the bytes of texts.
  public func gather(_ rows: [Int32]) -> Column {
    let hasNulls = nullCount > 0
    var nulls = 0
    var bits = Buffer.none
    if hasNulls {
      bits = Bitmap.packing(count: rows.count) { index in
        let isThere = isValid(Int(rows[index]))
        if !isThere { nulls += 1 }
        return isThere
      }
      if nulls == 0 { bits = .none }
    }
    return gather(rows, validity: bits, nullCount: nulls)
  }

  private func gather(_ rows: [Int32], validity bits: Buffer, nullCount nulls: Int) -> Column {
    func column(_ buffers: [Buffer], children: [Column] = []) -> Column {
      Column(
        type: type, length: rows.count, nullCount: nulls, buffers: [bits] + buffers,
        children: children, dictionary: dictionary)
    }
    switch type {
    case .null, .other: return Column(nulls: rows.count)
    case .bool:
      let source = Bitmap(buffer: buffers[1], offset: offset, count: length)
      return column([Bitmap.packing(count: rows.count) { source.bit(at: Int(rows[$0])) }])
    case .structure:
      return column([], children: children.map { child in
        child.slice(offset: offset, count: length).gather(rows)
      })
    default: break
    }
    if type.offsetWidth != nil { return gatherVariable(rows, column) }
    switch type.byteWidth {
    case 1: return column([gatherFixed(rows, as: UInt8.self)])
    case 2: return column([gatherFixed(rows, as: UInt16.self)])
    case 4: return column([gatherFixed(rows, as: UInt32.self)])
    default: return column([gatherFixed(rows, as: UInt64.self)])
    }
  }

  private func gatherFixed<Value: BitwiseCopyable>(_ rows: [Int32], as type: Value.Type) -> Buffer {
    let buffer = buffers[1]
    let source = buffer.values(of: Value.self, from: offset, count: length)
    return unsafe Buffer(byteCount: rows.count * MemoryLayout<Value>.stride) { memory in
      // Safety: the memory holds exactly as many values as there are rows.
      guard let start = unsafe memory.baseAddress?.assumingMemoryBound(to: Value.self) else { return }
      for index in rows.indices { unsafe start[index] = source[Int(rows[index])] }
    }
  }

  private func gatherVariable(_ rows: [Int32], _ column: ([Buffer], [Column]) -> Column) -> Column {
    var ends = [0]
    ends.reserveCapacity(rows.count + 1)
    var bytes: [UInt8] = []
    var elements: [Int32] = []
    let text = children.isEmpty ? buffers[2] : Buffer.none
    let data = text.bytes
    for row in rows {
      let range = range(at: Int(row))
      if children.isEmpty {
        // Safety: the bytes are copied at once.
        unsafe data.extracting(range).withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
      } else {
        elements.append(contentsOf: range.lazy.map(Int32.init))
      }
      ends.append(ends[ends.count - 1] + range.count)
    }
    let offsets = type.offsetWidth == 4
      ? Buffer(copying: ends.map { Int32(truncatingIfNeeded: $0) }) : Buffer(copying: ends.map(Int64.init))
    if children.isEmpty { return column([offsets, Buffer(copying: bytes)], []) }
    return column([offsets], [children[0].gather(elements)])
  }

  /// The columns one after the other.
  ///
  /// - Precondition: At least one column; all of the same type. Columns with
  ///   dictionaries share the first one's.
  /// - Complexity: O(*n*).
  public static func concatenate(_ columns: [Column]) -> Column {
    precondition(!columns.isEmpty)
    let first = columns[0]
    let filled = columns.filter { $0.length > 0 }
    if filled.count == 1 { return filled[0] }
    if filled.isEmpty || first.type == .null {
      return first.type == .null
        ? Column(nulls: columns.reduce(0) { $0 + $1.length }) : first
    }
    return Concatenation(columns: filled).column
  }
}

/// The state of putting columns one after the other.
private struct Concatenation {
  let columns: [Column]
  var type: DataType { columns[0].type }
  var length: Int { columns.reduce(0) { $0 + $1.length } }
  var nullCount: Int { columns.reduce(0) { $0 + $1.nullCount } }

  var column: Column {
    Column(
      type: type, length: length, nullCount: nullCount, buffers: [validity] + values,
      children: children, dictionary: columns[0].dictionary)
  }

  private var validity: Buffer {
    if nullCount == 0 { return .none }
    return bits { column, row in column.isValid(row) }
  }

  private func bits(_ isSet: (Column, Int) -> Bool) -> Buffer {
    var flags: [Bool] = []
    flags.reserveCapacity(length)
    for column in columns { for row in 0..<column.length { flags.append(isSet(column, row)) } }
    return Bitmap.packing(count: flags.count) { flags[$0] }
  }

  private var values: [Buffer] {
    if type == .bool { return [bits { column, row in column.bool(at: row) }] }
    if let width = type.byteWidth { return [fixed(width)] }
    if type.offsetWidth != nil {
      return children.isEmpty ? [offsets, text] : [offsets]
    }
    return []
  }

  private func fixed(_ width: Int) -> Buffer {
    unsafe Buffer(byteCount: length * width) { memory in
      var position = 0
      for column in columns {
        let count = column.length * width
        let buffer = column.buffers[1]
        let first = column.offset * width
        let source = buffer.bytes.extracting(first..<first + count)
        // Safety: the parts together are exactly as long as the memory.
        unsafe source.withUnsafeBytes { bytes in
          unsafe UnsafeMutableRawBufferPointer(rebasing: memory[position..<position + count])
            .copyMemory(from: bytes)
        }
        position += count
      }
    }
  }

  private var offsets: Buffer {
    var ends = [0]
    ends.reserveCapacity(length + 1)
    for column in columns {
      for row in 0..<column.length { ends.append(ends[ends.count - 1] + column.range(at: row).count) }
    }
    return type.offsetWidth == 4
      ? Buffer(copying: ends.map { Int32(truncatingIfNeeded: $0) }) : Buffer(copying: ends.map(Int64.init))
  }

  private var text: Buffer {
    var bytes: [UInt8] = []
    for column in columns where column.length > 0 {
      let start = column.range(at: 0).lowerBound
      let end = column.range(at: column.length - 1).upperBound
      let buffer = column.buffers[2]
      let part = buffer.bytes.extracting(start..<end)
      unsafe part.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }
    return Buffer(copying: bytes)
  }

  private var children: [Column] {
    switch type {
    case .structure(let fields):
      return fields.indices.map { index in
        Column.concatenate(columns.map { $0.field(index) })
      }
    case .list, .largeList:
      return [Column.concatenate(columns.map { column in
        let start = column.range(at: 0).lowerBound
        let end = column.range(at: column.length - 1).upperBound
        return column.children[0].slice(offset: start, count: end - start)
      })]
    default: return []
    }
  }
}
