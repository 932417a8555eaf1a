import AssayArrow
import AssayCore
import AssayData
import Testing

@Suite struct `A table with a row for each element` {
  private func boxes(_ keys: [Int64?], sizes: [Int] = [2]) -> MemoryStream {
    let batch = RecordBatch([
      "image": Column(keys), "score": Column((0..<keys.count).map { Double($0) / 2 }),
      "label": Column(keys.indices.map { "l\($0)" }), "width": Column(keys.map { ($0 ?? 0) * 100 }),
    ])
    return stream(batch, sizes: sizes)
  }

  private func grouped(_ stream: MemoryStream, lists: Set<String> = ["score", "label"]) throws -> GroupedStream {
    try GroupedStream(stream, by: "image", lists: lists, named: "boxes.csv", side: .sample)
  }

  @Test(arguments: [[1], [2, 3], [100]])
  func `has a row for each key, in the order in which keys are first seen`(sizes: [Int]) throws {
    let table = try grouped(boxes([7, 7, 3, 7, 5, 3], sizes: sizes))
    #expect(table.schema.fields.map(\.type.name) == ["int64", "list<float64>", "list<utf8>", "int64"])
    let batch = try #require(try table.next())
    #expect(batch.columns[0].texts == ["7", "3", "5"])
    #expect(batch.columns[1].texts == ["[0.0,0.5,1.5]", "[1.0,2.5]", "[2.0]"])
    #expect(batch.columns[2].texts == ["[l0,l1,l3]", "[l2,l5]", "[l4]"])
    #expect(batch.columns[3].texts == ["700", "300", "500"])
    #expect(try table.next() == nil)
  }

  @Test func `keeps what is in order as it is`() throws {
    let batch = try #require(try grouped(boxes([1, 1, 2, 3, 3], sizes: [100])).next())
    #expect(batch.columns[1].texts == ["[0.0,0.5]", "[1.0]", "[1.5,2.0]"])
  }

  @Test func `has a key without elements where a row has no value`() throws {
    let batch = RecordBatch([
      "image": Column([1, 2, 3, 2] as [Int64]), "score": Column([nil, 0.5, nil, 0.25] as [Double?]),
      "label": Column([nil, "a", nil, nil] as [String?]),
    ])
    let rows = try #require(try grouped(stream(batch, sizes: [3])).next())
    #expect(rows.columns[0].texts == ["1", "2", "3"])
    #expect(rows.columns[1].texts == ["[]", "[0.5,0.25]", "[]"])
    #expect(rows.columns[2].texts == ["[]", "[a,null]", "[]"])
  }

  @Test func `puts lists of four behind each other`() throws {
    let batch = RecordBatch([
      "image": Column([2, 1, 2] as [Int64]), "box": try lists([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]),
    ])
    let rows = try #require(try grouped(stream(batch, sizes: [2]), lists: ["box"]).next())
    let flat = try rows.columns[1].cast(to: .list(Field("item", .float64)))
    #expect(flat.texts == ["[1.0,2.0,3.0,4.0,9.0,10.0,11.0,12.0]", "[5.0,6.0,7.0,8.0]"])
  }

  @Test func `is empty where the table is`() throws {
    #expect(try grouped(boxes([])).next() == nil)
  }

  @Test func `must not differ where a key has one value`() throws {
    let batch = RecordBatch([
      "image": Column(["a", "b", "a"] as [String?]), "score": Column([1.0, 2, 3]),
      "split": Column(["x", "x", "y"] as [String?]),
    ])
    let error = failure { _ = try grouped(stream(batch, sizes: [9]), lists: ["score"]).next() }
    #expect(error?.code == .groupDiffers)
    #expect(error?.details == ["key": "a", "column": "split", "row": "3", "file": "boxes.csv"])
  }

  @Test func `needs its key in every row`() {
    #expect(failure { _ = try grouped(boxes([1, nil])).next() }?.code == .keyInvalid)
    #expect(failure { _ = try GroupedStream(boxes([1]), by: "id", lists: [], named: "f", side: .sample) }?.code == .columnMissing)
  }
}

@Suite struct `Lists in rows of JSON` {
  private let folder = Folder()

  private func read(_ lines: String, _ accepted: [String]) throws -> [String?] {
    let table = try open(folder.file("\(UInt64.random(in: 0 ... .max)).jsonl", lines))
    let types = accepted.compactMap { DataType(name: $0) }
    return try table.read([ColumnRequest("x", accepts: types)]).collect().flatMap { $0.columns[0].texts }
  }

  @Test(arguments: [
    (#"{"x": [[1, 2, 3, 4], [5, 6, 7, 8]]}"# + "\n" + #"{"x": []}"#, ["[1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0]", "[]"]),
    (#"{"x": []}"# + "\n" + #"{"x": [0.5, 1]}"#, ["[]", "[0.5,1.0]"]),
    (#"{"x": [1, 2]}"# + "\n" + #"{"x": null}"#, ["[1.0,2.0]", nil]),
    (#"{"x": [[[1], []], 2, [[3]]]}"#, ["[1.0,2.0,3.0]"]),
    (#"{"x": 3}"#, ["3.0"]),
  ] as [(String, [String?])])
  func `are flat where a list of numbers is wanted`(lines: String, expected: [String?]) throws {
    #expect(try read(lines, ["list<float64>"]) == expected)
  }

  @Test func `keep the type that is accepted`() throws {
    #expect(try read(#"{"x": [1, 2]}"#, ["list<int64>", "list<utf8>"]) == ["[1,2]"])
    #expect(try read(#"{"x": ["a", "b"]}"#, ["list<int64>", "list<utf8>"]) == ["[a,b]"])
    #expect(try read(#"{"x": "a"}"#, ["list<int64>", "list<utf8>"]) == ["a"])
    #expect(try read(#"{"x": [true, false]}"#, ["list<bool>"]) == ["[true,false]"])
  }

  @Test(arguments: [#"{"x": [[1, "a"]]}"#, #"{"x": [1, {"y": 2}]}"#])
  func `are refused with the row where an element does not fit`(line: String) {
    let error = failure { _ = try read("{\"x\": [1]}\n\(line)", ["list<float64>"]) }
    #expect(error?.code == .cast && error?.details["row"] == "2")
  }

  @Test func `may not nest without end`() {
    let deep = String(repeating: "[", count: 3000) + String(repeating: "]", count: 3000)
    let error = failure { _ = try read("{\"x\": [1]}\n{\"x\": \(deep)}", ["list<float64>"]) }
    #expect(error?.code == .cast && error?.details["row"] == "2", "\(error?.message ?? "")")
  }
}
