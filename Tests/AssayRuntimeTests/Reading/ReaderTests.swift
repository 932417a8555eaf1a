import AssayArrow
import AssayCore
import AssayData
import AssayHost
import AssayJSON
import Glibc
import Testing

/// Where the package is and what was built beside the tests.
private enum Place {
  static let package = String(#filePath.split(separator: "/").dropLast(4).reduce(into: "") { $0 += "/" + $1 })

  static let data: String? = {
    let named = getenv("ASSAY_SHARED_DATA").map { String(cString: $0) }
    return [named, package + "/../shared/data"].compactMap { $0 }.first { access($0 + "/tabular", R_OK) == 0 }
  }()

  /// The folder of the readers; `make` builds them, a bare `swift test` does not.
  static let readers: String? = [package + "/.build/debug", package + "/.build/release"].first {
    access($0 + "/libassay_arrow_reader.so", R_OK) == 0
  }

  static let isReady = readers != nil
}

private func table(_ path: String, range: RowRange = RowRange(first: 0, end: nil), nullText: [String] = []) throws -> Table {
  let host = PluginHost(searchPath: PluginSearchPath(folders: [.init(path: Place.readers ?? "", isShipped: true)]))
  return try Table(
    opening: SourceURI(parsing: path), range: range, nullText: nullText,
    readers: { (fileExtension, path, options) throws(AssayError) in
      try host.openReader(for: fileExtension, uri: path, options: options)
    })
}

private func values(_ stream: any BatchStream) throws -> [[String?]] {
  var columns = [[String?]](repeating: [], count: stream.schema.fields.count)
  while let batch = try stream.next() {
    for (index, column) in batch.columns.enumerated() {
      let text = try column.type.isFloatingPoint ? column.cast(to: .float64) : column
      for row in 0..<text.length {
        guard text.isValid(row) else {
          columns[index].append(nil)
          continue
        }
        if text.type == .float64 {
          let numbers = try text.values(of: Double.self)
          columns[index].append("\(numbers[row])")
        } else {
          columns[index].append(text.string(at: row) ?? text.integer(at: row).map(String.init) ?? String(text.bool(at: row)))
        }
      }
    }
  }
  return columns
}

/// A file of a test's own, removed with it.
private final class File {
  let path: String

  convenience init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

  init(_ name: String, _ bytes: [UInt8]) {
    path = "/tmp/assay-\(getpid())-\(UInt64.random(in: 0...UInt64.max))-\(name)"
    let file = fopen(path, "wb")!
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  deinit { unlink(path) }
}

private func read(_ name: String, _ text: String, _ columns: [ColumnRequest]? = nil, nullText: [String] = []) throws -> [[String?]] {
  let file = File(name, text)
  let table = try table(file.path, nullText: nullText)
  return try values(table.read(columns ?? table.schema.fields.map { ColumnRequest($0.name) }))
}

private func failure(_ work: () throws -> Void) -> AssayError? {
  do { try work() } catch { return error as? AssayError }
  return nil
}

@Suite(.enabled(if: Place.isReady, "the readers are not built: run make build-debug"))
struct `CSV files` {
  @Test func `hold nothing null but empty fields and NaN in numbers`() throws {
    let text = "n,t,s,q\n1,a,nan,\"\"\n,NA,,x\nNaN,nan,null,\n"
    #expect(try read("a.csv", text) == [["1", nil, nil], ["a", "NA", "nan"], ["nan", nil, "null"], ["", "x", nil]])
    let named = try read("a.csv", "n,t\n1,NA\nNA,b\n", nullText: ["NA"])
    #expect(named == [["1", nil], [nil, "b"]])
  }

  @Test(arguments: [
    ("a.csv", "a,b\r\n1,x\r\n2,\"y\r\nz\"\r\n", [["1", "2"], ["x", "y\r\nz"]]),
    ("a.csv", "\u{FEFF}a,b\n1,\"x,\"\"y\"\"\"", [["1"], ["x,\"y\""]]), ("a.tsv", "a\tb\n1\tx,y\n", [["1"], ["x,y"]]),
    ("a.csv", "a\n1\n\n3\n", [["1", nil, "3"]]), ("a.csv", "a,b\n1,2\n\n3,4\n", [["1", "3"], ["2", "4"]]),
    ("a.csv", "a,b\n", [[], []]),
  ] as [(String, String, [[String?]])])
  func `are read as they are written`(name: String, text: String, expected: [[String?]]) throws {
    #expect(try read(name, text) == expected)
  }

  @Test(arguments: [
    ("a,b\n1,2\n3\n", "row 2 (line 3): it has 1 field where the header has 2"),
    ("a,b\n1,2\n\n1,2,3\n", "row 2 (line 4): it has 3 fields where the header has 2"),
    ("a,b\n1,\"x\ny\"\noops,z\n", "row 2 (line 4): column \"a\": \"oops\" is not a number (float64)"),
    ("a,b\n1,\"x\n2,y\n", "row 1 (line 2): a quoted field starts here and never ends"),
  ])
  func `name the row that cannot be read`(text: String, part: String) {
    let error = failure { _ = try read("a.csv", text, [ColumnRequest("a", accepts: [.float64])]) }
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "no error")")
  }

  @Test func `name a row far behind the first block`() {
    var lines = ["a,b"] + (0..<300_000).map { "\($0),text \($0)" }
    lines[250_001] = "x,y"
    let error = failure {
      _ = try read("a.csv", lines.joined(separator: "\n"), [ColumnRequest("a", accepts: [.float64])])
    }
    #expect(error?.message.contains("row 250001 (line 250002): column \"a\": \"x\"") == true, "\(error?.message ?? "")")
  }

  @Test func `must be UTF-8`() {
    let file = File("a.csv", Array("a,b\n1,".utf8) + [0xE4, 0x0A])
    let error = failure { _ = try values(table(file.path).read([ColumnRequest("b")])) }
    #expect(error?.message.contains("row 1 (line 2): column \"b\": the text is not UTF-8") == true, "\(error?.message ?? "")")
  }

  @Test func `give the same rows from any range`() throws {
    let lines = ["n,t"] + (0..<120_000).map { "\($0),\"some text, \($0 % 7)\"" }
    let file = File("a.csv", lines.joined(separator: "\n"))
    for (first, end) in [(0, nil), (5, 7), (99_990, 100_010), (70_000, 120_500)] as [(Int, Int?)] {
      let rows = try values(table(file.path, range: RowRange(first: first, end: end)).read([ColumnRequest("n")]))
      #expect(rows[0] == (first..<min(end ?? 120_000, 120_000)).map { String($0) })
    }
  }

  @Test func `need not be well outside of the range`() throws {
    let file = File("a.csv", "a\n1\n2\nx\n4\n")
    let request = [ColumnRequest("a", accepts: [.int64])]
    #expect(try values(table(file.path, range: RowRange(first: 0, end: 2)).read(request)) == [["1", "2"]])
    #expect(try values(table(file.path, range: RowRange(first: 3, end: nil)).read(request)) == [["4"]])
    #expect(failure { _ = try values(table(file.path).read(request)) } != nil)
  }

  @Test(arguments: ["a.parquet", "a.arrow", "a.feather"])
  func `of another kind than their name says are refused`(name: String) {
    #expect(failure { _ = try read(name, "a,b\n1,2\n") }?.message.contains(name) == true)
  }
}

@Suite(.enabled(if: Place.isReady && Place.data != nil, "the readers are not built, or ../shared/data is not there"))
struct `The same predictions` {
  @Test(arguments: ["breast_cancer_logistic", "breast_cancer_forest", "diabetes_ridge", "diabetes_boosting"])
  func `come from CSV, JSONL and Parquet`(name: String) throws {
    let folder = try #require(Place.data) + "/tabular/" + name
    let csv = try table(folder + ".csv")
    let columns = csv.schema.fields.map { ColumnRequest($0.name) }
    let expected = try values(csv.read(columns))
    #expect(expected[0].count > 200)
    #expect(try values(table(folder + ".parquet").read(columns)) == expected)
    // The JSONL files hold fewer digits.
    let rows = try values(table(folder + ".jsonl").read(columns))
    for (column, wanted) in zip(rows, expected) {
      #expect(column.count == wanted.count)
      #expect(zip(column, wanted).allSatisfy { isNear($0, $1) })
    }
  }

  private func isNear(_ a: String?, _ b: String?) -> Bool {
    if a == b { return true }
    guard let a = a.flatMap(Double.init), let b = b.flatMap(Double.init) else { return false }
    return abs(a - b) <= 1e-12 * max(1, abs(a))
  }

  @Test func `hold probabilities as lists`() throws {
    let folder = try #require(Place.data) + "/tabular/digits_logistic"
    for ending in [".jsonl", ".parquet"] {
      let stream = try table(folder + ending).read([ColumnRequest("probabilities")])
      let batch = try #require(try stream.next())
      let list = try #require(batch.columns[0].list(at: 0))
      #expect(list.length == 10)
      #expect(list.type == .float64)
    }
  }
}
