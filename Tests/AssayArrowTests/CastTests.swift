import AssayArrow
import AssayCore
import Testing

@Suite struct `Casting a column` {
  private func texts(_ column: Column) -> [String?] {
    (0..<column.length).map { row -> String? in
      guard column.isValid(row) else { return nil }
      switch column.type {
      case .bool: return String(column.bool(at: row))
      case .float64: return number(column, Double.self, row)
      case .float32: return number(column, Float.self, row)
      case .uint64: return number(column, UInt64.self, row)
      default: return column.string(at: row) ?? column.integer(at: row).map(String.init)
      }
    }
  }

  private func number<Value: ArrowNumber>(_ column: Column, _ type: Value.Type, _ row: Int) -> String? {
    guard let values = try? column.values(of: type) else { return nil }
    return "\(values[row])"
  }

  static let numbers: [DataType] = [
    .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .float32, .float64,
  ]

  @Test(arguments: numbers, numbers)
  func `keeps small numbers and nulls in every type`(from: DataType, to: DataType) throws {
    let start = Column([0, nil, 1, 100, 7] as [Int64?]).slice(offset: 1, count: 4)
    let column = try start.cast(to: from).cast(to: to)
    #expect(column.type == to)
    #expect(column.nullCount == 1)
    let numbers = try column.cast(to: .float64)
    #expect(texts(numbers) == [nil, "1.0", "100.0", "7.0"])
  }

  @Test(arguments: [
    (Column([1, 300] as [Int64]), DataType.int8, "300"), (Column([-1] as [Int64]), .uint64, "-1"),
    (Column([9_007_199_254_740_993] as [Int64]), .float64, "9007199254740993"),
    (Column([1.0, 0.5]), .int64, "0.5"), (Column([0.1]), .float32, "0.1"), (Column([1e300]), .int64, "1e+300"),
    (Column([0, 2] as [Int64]), .bool, "2"), (Column([0.5]), .bool, "0.5"),
    (Column([UInt64.max]), .int64, "18446744073709551615"), (Column([Double.infinity]), .int64, "inf"),
  ])
  func `refuses what would change, with row and value`(column: Column, target: DataType, value: String) {
    let error = #expect(throws: AssayError.self) {
      try column.cast(to: target, named: "x", firstRow: 10)
    }
    #expect(error?.code == .cast)
    #expect(error?.details["value"] == value)
    #expect(error?.details["row"] == String(10 + column.length))
    #expect(error?.details["column"] == "x")
  }

  @Test func `rounds to floating point only where that is permitted`() throws {
    #expect(texts(try Column([0.1]).cast(to: .float32, mode: .round)) == ["0.1"])
    #expect(texts(try Column([9_007_199_254_740_993] as [Int64]).cast(to: .float64, mode: .round)) == ["9007199254740992.0"])
    #expect(throws: AssayError.self) { try Column([0.5]).cast(to: .int64, mode: .round) }
    #expect(throws: AssayError.self) { try Column([1e300]).cast(to: .float32, mode: .round) }
  }

  @Test func `takes NaN for null where there is none`() throws {
    #expect(texts(try Column([1, .nan]).cast(to: .int64)) == ["1", nil])
    #expect(texts(try Column([1, .nan]).cast(to: .bool)) == ["true", nil])
    #expect(texts(try Column([1, .nan]).cast(to: .float32)) == ["1.0", "nan"])
  }

  @Test func `knows 0 and 1 as booleans`() throws {
    let flags = Column([true, nil, false] as [Bool?])
    #expect(texts(try flags.cast(to: .int32)) == ["1", nil, "0"])
    #expect(texts(try flags.cast(to: .float64)) == ["1.0", nil, "0.0"])
    #expect(texts(try Column([1, 0] as [UInt8]).cast(to: .bool)) == ["true", "false"])
    #expect(texts(try flags.cast(to: .utf8)) == ["true", nil, "false"])
  }

  @Test func `never takes text for a number`() {
    let error = #expect(throws: AssayError.self) { try Column(["1"]).cast(to: .int64, named: "label") }
    #expect(error?.code == .cast)
    #expect(error?.message.contains("label") == true)
  }

  @Test func `widens and narrows text`() throws {
    let column = Column(["a", nil, "bc", ""] as [String?]).slice(offset: 1, count: 3)
    let wide = try column.cast(to: .largeUtf8)
    #expect(wide.type == .largeUtf8)
    #expect(texts(wide) == [nil, "bc", ""])
    #expect(texts(try wide.cast(to: .utf8)) == [nil, "bc", ""])
    #expect(texts(try Column([5, nil] as [Int64?]).cast(to: .largeUtf8)) == ["5", nil])
  }

  @Test(arguments: [DataType.int64, .float32, .bool, .utf8, .list(Field("item", .float64))])
  func `makes nulls of any type`(target: DataType) throws {
    let column = try Column(nulls: 3).cast(to: target)
    #expect(column.type == target)
    #expect(column.nullCount == 3)
    #expect((0..<3).allSatisfy { !column.isValid($0) })
  }

  @Test func `costs nothing for the same type`() throws {
    #expect(texts(try Column([0.5]).cast(to: .float64)) == ["0.5"])
  }

  @Test(arguments: [
    (DataType.int64, [DataType.bool, .int64, .utf8], DataType.int64), (.float64, [.bool, .int64, .utf8], .int64),
    (.int32, [.float32, .float64], .float64), (.float32, [.float64], .float64), (.float64, [.float32], .float32),
    (.utf8, [.float64], nil), (.int8, [.int64, .utf8], .int64), (.largeUtf8, [.utf8], .utf8),
    (.dictionary(index: .int32, values: .utf8), [.int64, .utf8], .utf8), (.int64, [.utf8], .utf8),
  ] as [(DataType, [DataType], DataType?)])
  func `picks the type that suits a column best`(from: DataType, accepted: [DataType], expected: DataType?) {
    #expect(from.castTarget(among: accepted) == expected)
  }
}

@Suite struct `Missing values and ranges` {
  @Test(arguments: [
    (Column([1, .nan, 2]), 1, [1] as [Int32]), (Column([1, nil, .nan] as [Double?]), 1, [1, 2]),
    (Column([.nan, nil] as [Double?]), 0, [0, 1]), (Column([1, nil] as [Int64?]), 1, [1]),
    (Column(["a", nil] as [String?]), 1, [1]), (Column([1, Float.nan]), 1, [1]),
  ])
  func `count null and NaN alike`(column: Column, first: Int, rows: [Int32]) {
    #expect(column.firstMissing == first)
    #expect(column.missingRows() == rows)
  }

  @Test func `are none in full columns`() {
    #expect(Column([1.0, 2]).firstMissing == nil)
    #expect(Column(["a"]).missingRows().isEmpty)
  }

  @Test func `say the first value outside`() throws {
    let scores = Column((0..<3000).map { $0 == 2500 ? 1.2 : 0.5 })
    let found = try #require(scores.firstOutside(low: 0, high: 1))
    #expect(found.row == 2500)
    #expect(found.value == 1.2)
    #expect(Column([0, 1, .nan]).firstOutside(low: 0, high: 1) == nil)
    #expect(Column([-3] as [Int64]).firstOutside(low: 0, high: nil)?.value == -3)
    #expect(Column([5, nil] as [Int64?]).firstOutside(low: nil, high: 4)?.row == 0)
    #expect(Column(["a"]).firstOutside(low: 0, high: 1) == nil)
  }
}
