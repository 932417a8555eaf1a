import AssayArrow
import AssayCore
import Testing

@Suite struct `A column` {
  @Test func `gives back its numbers, texts and nulls`() throws {
    let numbers = Column([1.5, nil, 3.5] as [Double?])
    let values = try numbers.values(of: Double.self)
    #expect(values[0] == 1.5)
    #expect(values[2] == 3.5)
    #expect(!numbers.isValid(1))
    #expect(numbers.firstNull == 1)
    let texts = Column(["a", nil, "größer", ""])
    #expect((0..<4).map { texts.string(at: $0) } == ["a", nil, "größer", ""])
    let flags = Column([true, nil, false] as [Bool?])
    #expect((0..<3).map { flags.bool(at: $0) } == [true, false, false])
    #expect(flags.nullCount == 1)
  }

  @Test func `refuses to be read as another type`() {
    let numbers = Column([1.5, 2.5])
    #expect(throws: AssayError.self) { _ = try numbers.values(of: Int64.self).count }
  }

  @Test(arguments: [(0, 20), (3, 9), (8, 8), (19, 1), (20, 0)])
  func `sliced, gathered, rebased or concatenated keeps every value`(first: Int, count: Int) {
    for column in samples {
      let expected = (first..<first + count).map { describe(column, $0) }
      let slice = column.slice(offset: first, count: count)
      #expect(rows(slice) == expected)
      #expect(slice.nullCount == (0..<count).filter { !slice.isValid($0) }.count)
      #expect(rows(slice.rebased()) == expected)
      #expect(rows(slice.gather((0..<Int32(count)).reversed())) == expected.reversed())
      let back = column.slice(offset: first + count, count: 20 - first - count)
      let whole = Column.concatenate([column.slice(offset: 0, count: first), slice, back])
      #expect(rows(whole) == (0..<20).map { describe(column, $0) })
      #expect(whole.nullCount == column.nullCount)
    }
  }

  @Test func `survives the way through the C interface and back`() throws {
    for column in samples {
      let batch = RecordBatch(["x": column.slice(offset: 3, count: 14)])
      let copy = try roundTrip(batch)
      #expect(copy.schema == batch.schema)
      #expect(rows(copy.columns[0]) == (3..<17).map { describe(column, $0) })
      #expect(copy.columns[0].nullCount == batch.columns[0].nullCount)
    }
  }

  private var samples: [Column] {
    let rows = 0..<20
    let doubles: [Double] = rows.map { Double($0) / 3 }
    let integers: [Int64?] = rows.map { $0 % 3 == 0 ? nil : Int64($0) }
    let flags: [Bool?] = rows.map { $0 % 7 == 1 ? nil : $0 % 2 == 0 }
    let texts: [String?] = rows.map { $0 % 5 == 2 ? nil : String(repeating: "ä", count: $0) }
    return [
      Column(doubles), Column(integers), Column(rows.map { Int32($0) }), Column(flags),
      Column(texts), Column(nulls: 20),
    ]
  }
}

@Suite struct `A type's name` {
  @Test(arguments: ["float64", "large_utf8", "list<int32>", "large_list<list<bool>>"])
  func `is read back as the same type`(name: String) {
    #expect(DataType(name: name)?.name == name)
  }

  @Test(arguments: ["double", "list<", "list<x>", ""])
  func `is refused when unknown`(name: String) {
    #expect(DataType(name: name) == nil)
  }
}

func rows(_ column: Column) -> [String] {
  (0..<column.length).map { describe(column, $0) }
}

func describe(_ column: Column, _ row: Int) -> String {
  guard column.isValid(row) else { return "null" }
  switch column.type {
  case .bool: return "\(column.bool(at: row))"
  case .float64: return (try? column.values(of: Double.self)[row]).map { "\($0)" } ?? "?"
  case .utf8, .largeUtf8: return column.string(at: row) ?? "?"
  default: return column.integer(at: row).map { "\($0)" } ?? "?"
  }
}
