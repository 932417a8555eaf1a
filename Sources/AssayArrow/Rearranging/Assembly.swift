/// Rows of columns of one type, on their way into a new column.
///
/// Rows that follow each other are a piece, copied at once with the bytes of its texts
/// and the elements of its lists.
struct Assembly {
  /// Some rows of one part that follow each other, or rows that nobody has.
  struct Piece {
    var part: Int
    /// Negative where nobody has the rows.
    var first: Int
    var count: Int

    var isAbsent: Bool { first < 0 }
  }

  let parts: [Column]
  let pieces: [Piece]
  let length: Int

  var type: DataType { parts[0].type }

  private init(_ parts: [Column], _ pieces: [Piece]) {
    self.parts = parts
    self.pieces = pieces
    length = pieces.reduce(0) { $0 + $1.count }
  }

  /// All rows of all parts, in order.
  init(whole parts: [Column]) {
    self.init(parts, parts.indices.map { Piece(part: $0, first: 0, count: parts[$0].length) })
  }

  /// - Precondition: At least one part; every place lies in its part.
  init(of parts: [Column], at places: some Collection<RowPlace>) {
    precondition(!parts.isEmpty)
    var pieces: [Piece] = []
    for place in places {
      let (part, row) = (Int(place.part), Int(place.row))
      precondition(row < parts[part].length)
      if let last = pieces.last, last.part == part,
        row < 0 ? last.isAbsent : !last.isAbsent && last.first + last.count == row
      {
        pieces[pieces.count - 1].count += 1
      } else {
        pieces.append(Piece(part: part, first: row < 0 ? -1 : row, count: 1))
      }
    }
    self.init(parts, pieces)
  }

  /// The rows without a copy, where they are one piece.
  var slice: Column? {
    guard pieces.count == 1, !pieces[0].isAbsent else { return nil }
    return parts[pieces[0].part].slice(offset: pieces[0].first, count: pieces[0].count)
  }

  var column: Column {
    switch type {
    case .null, .other: return Column(nulls: length)
    default: break
    }
    let (bits, nulls) = validity
    var buffers = [bits]
    var children: [Column] = []
    switch type {
    case .bool: buffers.append(booleans)
    case .structure(let fields):
      children = fields.indices.map { index in
        Assembly(parts.map { $0.field(index) }, pieces).column
      }
    case .fixedSizeList(_, let size): children = [fixedElements(size)]
    default:
      if let width = type.byteWidth {
        buffers.append(fixed(width, parts.map { ($0.buffers[1], $0.offset) }))
      } else {
        let (offsets, inside) = type.offsetWidth == 4 ? self.offsets(Int32.self) : self.offsets(Int64.self)
        buffers.append(offsets)
        if type.children.isEmpty {
          let texts = Assembly(parts, inside)
          buffers.append(texts.fixed(1, parts.map { ($0.buffers[2], 0) }))
        } else {
          children = [Assembly(parts.map { $0.children[0] }, inside).column]
        }
      }
    }
    return Column(
      type: type, length: length, nullCount: nulls, buffers: buffers, children: children,
      dictionary: parts[0].dictionary)
  }
}

// MARK: - Bits

extension Assembly {
  private var validity: (Buffer, nullCount: Int) {
    // A row that nobody has is an empty list, and null where it is no list.
    let absentNulls = type.isList ? 0 : pieces.reduce(0) { $0 + ($1.isAbsent ? $1.count : 0) }
    guard absentNulls > 0 || parts.contains(where: { $0.nullCount > 0 }) else { return (.none, 0) }
    let bits = bits(parts.map(\.validity), absent: type.isList)
    let nulls = length - Bitmap(buffer: bits, offset: 0, count: length).countOfOnes
    return nulls == 0 ? (.none, 0) : (bits, nulls)
  }

  private var booleans: Buffer {
    bits(
      parts.map { Bitmap(buffer: $0.buffers[1], offset: $0.offset, count: $0.length) }, absent: false)
  }

  /// - Parameter maps: For each part its bits; nil where all of them are set.
  private func bits(_ maps: [Bitmap?], absent: Bool) -> Buffer {
    var bytes = [UInt8](repeating: 0, count: (length + 7) / 8)
    var position = 0
    for piece in pieces {
      let map = maps[piece.part]
      for row in piece.first..<piece.first + piece.count {
        if piece.isAbsent ? absent : map?.bit(at: row) ?? true {
          bytes[position >> 3] |= 1 << UInt8(position & 7)
        }
        position += 1
      }
    }
    return Buffer(copying: bytes)
  }
}

// MARK: - Values

extension Assembly {
  /// Values of `width` bytes; zeros for rows that nobody has.
  ///
  /// - Parameter sources: For each part its values and the position of its first.
  private func fixed(_ width: Int, _ sources: [(buffer: Buffer, offset: Int)]) -> Buffer {
    unsafe Buffer(byteCount: length * width) { memory in
      var position = 0
      for piece in pieces where piece.count > 0 {
        let count = piece.count * width
        let target = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[position..<position + count])
        if piece.isAbsent {
          unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
        } else {
          let source = sources[piece.part]
          let first = (source.offset + piece.first) * width
          // Safety: the pieces together are exactly as long as the memory.
          unsafe source.buffer.bytes.extracting(first..<first + count).withUnsafeBytes { bytes in
            unsafe target.copyMemory(from: bytes)
          }
        }
        position += count
      }
    }
  }

  /// The offsets of lists or texts, and where what they hold stands in the parts.
  private func offsets<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ width: Offset.Type
  ) -> (Buffer, [Piece]) {
    var ends: [Offset] = [0]
    ends.reserveCapacity(length + 1)
    var inside: [Piece] = []
    inside.reserveCapacity(pieces.count)
    var total: Offset = 0
    for piece in pieces {
      guard !piece.isAbsent else {
        ends.append(contentsOf: repeatElement(total, count: piece.count))
        continue
      }
      let part = parts[piece.part]
      let buffer = part.buffers[1]
      let source = buffer.values(of: Offset.self, from: part.offset + piece.first, count: piece.count + 1)
      guard !source.isEmpty else {
        ends.append(contentsOf: repeatElement(total, count: piece.count))
        continue
      }
      for index in 1..<source.count { ends.append(total &+ (source[index] &- source[0])) }
      let count = source[source.count - 1] &- source[0]
      total = total &+ count
      inside.append(Piece(part: piece.part, first: Int(source[0]), count: Int(count)))
    }
    return (Buffer(copying: ends), inside)
  }

  /// The elements of lists of one size; nulls for rows that nobody has.
  private func fixedElements(_ size: Int) -> Column {
    let inside = pieces.map { piece in
      Piece(
        part: piece.part,
        first: piece.isAbsent ? -1 : (parts[piece.part].offset + piece.first) * size,
        count: piece.count * size)
    }
    return Assembly(parts.map { $0.children[0] }, inside).column
  }
}
