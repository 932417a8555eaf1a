extension Column {
  /// The same values with offset 0: what plugins are promised.
  ///
  /// Values of fixed size are not copied; offsets and bits that do not start on
  /// a byte are. The offsets of lists and texts need not start at 0 afterwards.
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
    case .fixedSizeList(_, let size):
      kept = children.map { $0.slice(offset: offset * size, count: length * size).rebased() }
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
  /// - Complexity: O(*n*) in the positions, and in the bytes of texts and lists, which
  ///   are copied by the range.
  public func gather(_ rows: [Int32]) -> Column {
    guard nullCount == 0, type != .bool, let width = type.byteWidth else {
      return Assembly(of: [self], at: rows.lazy.map { RowPlace(part: 0, row: $0) }).column
    }
    let values =
      switch width {
      case 1: gatherFixed(rows, as: UInt8.self)
      case 2: gatherFixed(rows, as: UInt16.self)
      case 4: gatherFixed(rows, as: UInt32.self)
      default: gatherFixed(rows, as: UInt64.self)
      }
    return Column(
      type: type, length: rows.count, nullCount: 0, buffers: [.none, values], dictionary: dictionary)
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

  /// Rows of several columns, in any order.
  ///
  /// A place without a row becomes an empty list in a column of lists, and null in
  /// any other.
  /// - Precondition: At least one column; all of the same type, without dictionaries
  ///   that differ; every place lies in its column.
  /// - Complexity: O(*n*) in the places and in the bytes that are copied. Rows that
  ///   follow each other are copied at once, and not at all where they are all that
  ///   is asked for.
  public static func gather(_ places: [RowPlace], from columns: [Column]) -> Column {
    let assembly = Assembly(of: columns, at: places)
    return assembly.slice ?? assembly.column
  }

  /// The columns one after the other.
  ///
  /// - Precondition: At least one column; all of the same type. Columns with
  ///   dictionaries share the first one's.
  /// - Complexity: O(*n*).
  public static func concatenate(_ columns: [Column]) -> Column {
    precondition(!columns.isEmpty)
    let filled = columns.filter { $0.length > 0 }
    if filled.count == 1 { return filled[0] }
    if filled.isEmpty { return columns[0] }
    return Assembly(whole: filled).column
  }
}

/// A row of one of several columns or batches.
public struct RowPlace: Sendable, Hashable {
  /// Which of them, from 0.
  public let part: Int32
  /// The row there, from 0; negative for none.
  public let row: Int32

  public init(part: Int32, row: Int32) {
    self.part = part
    self.row = row
  }

  /// No row at all.
  public static let absent = RowPlace(part: 0, row: -1)
}
