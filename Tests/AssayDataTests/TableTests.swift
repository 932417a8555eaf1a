import AssayArrow
import AssayCore
import AssayData
import AssayJSON
import Testing

@Suite struct `A table` {
  let folder = Folder()

  /// A reader that writes down how it was called.
  final class Reader {
    var calls: [JSONValue] = []
    let schema: Schema

    init(_ schema: Schema) { self.schema = schema }

    func open(
      _ fileExtension: String, _ path: String, _ options: JSONValue
    ) throws(AssayError) -> any BatchStream {
      calls.append(options)
      return MemoryStream(schema: schema, batches: [])
    }
  }

  private let schema = Schema([
    Field("id", .utf8), Field("label", .int64), Field("score", .float64), Field("empty", .utf8),
  ])

  @Test func `tells a reader the columns, types and rows that are wanted`() throws {
    let reader = Reader(schema)
    let table = try Table(
      opening: .file(folder.file("a.csv", "x")), range: RowRange(first: 2, end: nil), nullText: ["NA"],
      threads: 3, readers: reader.open)
    _ = try table.read([ColumnRequest("label", accepts: [.float64]), ColumnRequest("id")])
    #expect(reader.calls == [
      ["schema_only": true, "null_text": ["NA"]],
      [
        "columns": ["label", "id"], "types": ["label": "float64", "id": "utf8"], "null_text": ["NA"],
        "range": [2, nil], "threads": 3,
      ],
    ])
  }

  @Test func `asks for no types where a file has its own`() throws {
    let reader = Reader(schema)
    let table = try Table(opening: .file(folder.file("a.parquet", "x")), readers: reader.open)
    _ = try table.read([ColumnRequest("label", accepts: [.float64])])
    #expect(reader.calls.last == ["columns": ["label"]])
    #expect(!table.isText)
  }

  @Test(arguments: [
    ("label", [DataType.bool, .int64, .utf8], "int64"), ("label", [.float32], "float64"), ("label", [.bool], "int64"),
    ("label", [.utf8], "utf8"), ("score", [.int64], "float64"), ("score", [.utf8], "utf8"), ("score", [.float32], "float64"),
    ("empty", [.float32, .float64], "float64"), ("empty", [.int32], "int64"), ("empty", [.bool], "bool"),
    ("id", [.utf8, .int64], "utf8"), ("label", [], "int64"),
  ])
  func `reads text as what suits the accepted types`(column: String, accepted: [DataType], type: String) throws {
    let reader = Reader(schema)
    let table = try Table(opening: .file(folder.file("a.tsv.gz", "x")), readers: reader.open)
    _ = try table.read([ColumnRequest(column, accepts: accepted)])
    #expect(reader.calls.last?["types"] == .object([column: .string(type)]))
  }

  @Test(arguments: [(0, 10, 10), (3, 5, 2), (8, 20, 2), (10, 12, 0), (4, 4, 0)])
  func `cuts a stream to its rows and columns`(first: Int, end: Int, count: Int) throws {
    let numbers = (0..<10).map { Int64($0) }
    for sizes in [[1], [3], [100]] {
      let source = stream(RecordBatch(["a": Column(numbers), "b": Column(numbers)]), sizes: sizes)
      let table = Table(source, range: RowRange(first: first, end: end))
      let rows = try table.read([ColumnRequest("b")])
      #expect(rows.schema.fields.map(\.name) == ["b"])
      #expect(try rows.texts("b") == numbers.dropFirst(first).prefix(count).map { String($0) })
    }
  }

  @Test func `says which columns there are where one is not`() throws {
    let table = Table(MemoryStream(schema: schema, batches: []), named: "a.csv")
    let error = failure { _ = try table.read([ColumnRequest("labels")]) }
    #expect(error?.code == .columnMissing)
    #expect(error?.message == "a.csv has no column \"labels\". Did you mean \"label\"? Its columns are \"id\", \"label\", \"score\", \"empty\".")
  }

  @Test(arguments: ["a.csv", "a.parquet", "a.jsonl"])
  func `needs a file that is there and holds something`(name: String) {
    #expect(failure { _ = try open("/nowhere/" + name) }?.code == .fileMissing)
    #expect(failure { _ = try open(folder.file(name, "")) }?.code == .fileUnreadable)
  }
}
