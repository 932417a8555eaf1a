import AssayArrow
import AssayCore
import CAssayPlugin
import Testing

/// A column of lists, made as a foreign producer makes it: nil is a null list.
func lists<Value: ArrowNumber & Numeric>(
  _ rows: [[Value?]?], large: Bool = false
) throws -> Column {
  let elements = rows.flatMap { $0 ?? [] }
  var ends = [0]
  for row in rows { ends.append(ends[ends.count - 1] + (row?.count ?? 0)) }
  let field = Field("item", Value.dataType)
  var bits = [UInt8](repeating: 0, count: (rows.count + 7) / 8)
  for (index, row) in rows.enumerated() where row != nil { bits[index / 8] |= 1 << UInt8(index % 8) }
  let offsets = large ? bytes(of: ends.map(Int64.init)) : bytes(of: ends.map(Int32.init))
  return try imported(
    type: large ? .largeList(field) : .list(field), length: rows.count,
    nulls: rows.count { $0 == nil }, buffers: [bits, offsets], children: [Column(elements)])
}

/// Lists of one size as Arrow's `+w:N` has them.
func fixedLists(_ rows: [[Double]], size: Int) throws -> Column {
  try imported(
    type: .fixedSizeList(Field("item", .float64), size: size), length: rows.count, nulls: 0,
    buffers: [nil], children: [Column(rows.flatMap { $0 })])
}

/// Lists over a column of elements.
func lists(of elements: Column, counts: [Int]) throws -> Column {
  var ends = [Int32(0)]
  for count in counts { ends.append(ends[ends.count - 1] + Int32(count)) }
  return try imported(
    type: .list(Field("element", elements.type, isNullable: false)), length: counts.count, nulls: 0,
    buffers: [nil, bytes(of: ends)], children: [elements])
}

private func bytes<Value: BitwiseCopyable>(of values: [Value]) -> [UInt8] {
  values.withUnsafeBytes { Array($0) }
}

/// An array over buffers that live until the process ends.
func imported(
  type: DataType, length: Int, nulls: Int, buffers: [[UInt8]?], children: [Column]
) throws -> Column {
  let slots = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: max(1, buffers.count))
  for (index, buffer) in buffers.enumerated() {
    let copy = buffer.map { bytes in
      let memory = UnsafeMutableRawPointer.allocate(byteCount: max(8, bytes.count), alignment: 64)
      memory.copyMemory(from: bytes, byteCount: bytes.count)
      return UnsafeRawPointer(memory)
    }
    slots.advanced(by: index).initialize(to: copy ?? nil)
  }
  let kept = UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>.allocate(capacity: max(1, children.count))
  for (index, child) in children.enumerated() {
    let slot = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
    child.export(to: slot)
    kept.advanced(by: index).initialize(to: slot)
  }
  var array = ArrowArray(
    length: Int64(length), null_count: Int64(nulls), offset: 0, n_buffers: Int64(buffers.count),
    n_children: Int64(children.count), buffers: slots, children: kept, dictionary: nil,
    release: { $0?.pointee.release = nil }, private_data: nil)
  return try Column(moving: &array, type: type)
}

func shown(_ column: Column) -> [String] {
  (0..<column.length).map { row in
    guard column.isValid(row) else { return "null" }
    guard let list = column.list(at: row) else { return describe(column, row) }
    return "[" + shown(list).joined(separator: ",") + "]"
  }
}

@Suite struct `A column of lists` {
  private var samples: [Column] {
    get throws {
      let rows: [[Double?]?] = [[1, 2], [], [3], nil, [4, nil, 6], [7], [], [8, 9], [10], [11, 12, 13]]
      let flags = (0..<20).map { row -> Bool? in row % 3 == 0 }
      return [
        try lists(rows), try lists(rows, large: true),
        try lists(of: lists(rows), counts: [3, 0, 5, 2]),
        try lists(of: Column(flags), counts: [3, 1, 0, 9, 7]),
        try lists(of: Column((0..<6).map { String(repeating: "é", count: $0) }), counts: [1, 0, 4, 1]),
        try fixedLists([[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]], size: 2),
      ]
    }
  }

  @Test func `keeps every element however its rows are put together`() throws {
    for column in try samples {
      let all = shown(column)
      let count = column.length
      for first in 0..<count {
        for end in first...count {
          let slice = column.slice(offset: first, count: end - first)
          #expect(shown(slice) == Array(all[first..<end]))
          #expect(shown(slice.rebased()) == Array(all[first..<end]))
          let parts = [column.slice(offset: 0, count: first), slice, column.slice(offset: end, count: count - end)]
          #expect(shown(Column.concatenate(parts)) == all)
        }
      }
      let backwards = (0..<Int32(count)).reversed().map { $0 }
      #expect(shown(column.gather(backwards)) == all.reversed())
      #expect(shown(column.slice(offset: 1, count: count - 1).gather([0, 1, 0])) == [all[1], all[2], all[1]])
      #expect(shown(try roundTrip(RecordBatch(["x": column.slice(offset: 1, count: count - 2)])).columns[0])
        == Array(all[1..<count - 1]))
    }
  }

  @Test func `gathers from several columns and leaves an empty list where nobody has a row`() throws {
    for column in try samples where column.type.element != nil {
      let all = shown(column)
      let parts = [column.slice(offset: 2, count: column.length - 2), column]
      let places = [RowPlace(part: 1, row: 1), .absent, RowPlace(part: 0, row: 0), RowPlace(part: 0, row: 1), .absent]
      let gathered = Column.gather(places, from: parts)
      let isFixed = column.type.name.hasPrefix("fixed")
      let nobody = isFixed ? "[null,null]" : "[]"
      #expect(shown(gathered) == [all[1], nobody, all[2], all[3], nobody])
    }
  }

  @Test func `gathers null where nobody has a row of a single value`() throws {
    let columns = [Column([1.5, 2.5]), Column(["a", "b"]), Column([true, false] as [Bool?]), Column([1, nil] as [Int64?])]
    for column in columns {
      let gathered = Column.gather([.absent, RowPlace(part: 0, row: 1), .absent], from: [column])
      #expect(rows(gathered) == ["null", describe(column, 1), "null"])
      #expect(gathered.nullCount == (0..<3).count { !gathered.isValid($0) })
    }
  }

  @Test func `is not copied where its rows follow each other`() throws {
    let column = try lists([[1.0, 2], [3], [], [4]] as [[Double?]?])
    let places = (1..<4).map { RowPlace(part: 0, row: $0) }
    let gathered = Column.gather(places, from: [column])
    var (source, slice) = (ArrowArray(), ArrowArray())
    column.export(to: &source)
    gathered.export(to: &slice)
    defer {
      source.release?(&source)
      slice.release?(&slice)
    }
    #expect(slice.offset == 0 && slice.length == 3)
    #expect(slice.children[0]!.pointee.buffers[1] == source.children[0]!.pointee.buffers[1])
    // The offsets of a slice start where its elements do, not at 0.
    #expect(slice.buffers[1]!.load(as: Int32.self) == 2)
  }

  @Test func `becomes flat where a list of numbers is wanted`() throws {
    let boxes = try fixedLists([[1, 2], [3, 4], [5, 6], [7, 8]], size: 2)
    let flat = DataType.list(Field("item", .float64))
    #expect(shown(try lists(of: boxes, counts: [2, 0, 1, 1]).cast(to: flat)) == ["[1.0,2.0,3.0,4.0]", "[]", "[5.0,6.0]", "[7.0,8.0]"])
    #expect(shown(try boxes.slice(offset: 1, count: 2).cast(to: flat)) == ["[3.0,4.0]", "[5.0,6.0]"])
    let nested = try lists(of: lists([[1, 2], [], [3], [4]] as [[Int64?]?]), counts: [0, 3, 1])
    #expect(shown(try nested.slice(offset: 1, count: 2).cast(to: flat)) == ["[1.0,2.0,3.0]", "[4.0]"])
    #expect(nested.type.castTarget(among: [flat]) == flat)
    let holed = try lists(of: lists([[1, 2], nil] as [[Int64?]?]), counts: [1, 1])
    let error = #expect(throws: AssayError.self) { try holed.cast(to: flat, named: "boxes", firstRow: 10) }
    #expect(error?.code == .cast && error?.details["row"] == "12")
  }

  @Test func `goes into the type whose elements suit its own`() throws {
    let numbers = DataType.list(Field("item", .int64))
    let texts = DataType.list(Field("item", .utf8))
    let named = DataType.list(Field("element", .utf8, isNullable: false))
    #expect(named.castTarget(among: [numbers, texts]) == texts)
    #expect(DataType.list(Field("l", .int32)).castTarget(among: [texts, numbers]) == numbers)
    #expect(texts.castTarget(among: [DataType.list(Field("item", .binary))])?.name == "list<binary>")
    #expect(texts.castTarget(among: [numbers, .float64]) == nil)
    #expect(DataType.float64.castTarget(among: [numbers]) == nil)
  }

  @Test func `misses a value where an element is null`() throws {
    let column = try lists([[1, 2], [3, nil], nil, []] as [[Double?]?])
    #expect(column.missingRows() == [1, 2] && column.firstMissing == 1)
    #expect(column.slice(offset: 2, count: 2).missingRows() == [2 - 2])
    #expect(column.slice(offset: 0, count: 1).firstMissing == nil)
  }
}

@Suite struct `Lists of one size` {
  @Test(arguments: ["+w:-1", "+w:", "+w:99999999999", "+w:x"])
  func `with a senseless size are refused`(format: String) {
    var schema = schema(format)
    defer { schema.release?(&schema) }
    #expect(throws: AssayError.self) { try Schema(importing: &schema) }
  }

  @Test func `are imported, and refused where elements are missing`() throws {
    var schema = schema("+w:3")
    defer { schema.release?(&schema) }
    let type = try Schema(importing: &schema).fields[0].type
    #expect(type == .fixedSizeList(Field("item", .float64), size: 3) && type.format == "+w:3")
    #expect(throws: AssayError.self) {
      try imported(type: type, length: 2, nulls: 0, buffers: [nil], children: [Column([1.0, 2, 3, 4, 5])])
    }
    let huge = DataType.fixedSizeList(Field("item", .float64), size: Int(Int32.max))
    #expect(throws: AssayError.self) {
      try imported(type: huge, length: 1 << 50, nulls: 0, buffers: [nil], children: [Column([1.0])])
    }
  }

  private func schema(_ format: String) -> ArrowSchema {
    var schema = ArrowSchema()
    Schema([Field("x", .fixedSizeList(Field("item", .float64), size: 2))]).export(to: &schema)
    // Leaked, as everything that a test writes into a struct.
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: 64)
    for (index, byte) in format.utf8CString.enumerated() { copy[index] = byte }
    schema.children[0]!.pointee.format = UnsafePointer(copy)
    return schema
  }
}
