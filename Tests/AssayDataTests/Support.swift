import AssayArrow
import AssayCore
import AssayData
import AssayJSON
import Glibc

/// A folder of a test's own, removed with it.
final class Folder {
  let path: String

  init() {
    var template = Array("/tmp/assay-data-XXXXXX".utf8CString)
    path = String(cString: mkdtemp(&template))
  }

  deinit {
    for name in written { unlink(name) }
    rmdir(path)
  }

  private var written: [String] = []

  func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }

  func file(_ name: String, _ bytes: [UInt8]) -> String {
    let file = path + "/" + name
    let stream = fopen(file, "wb")!
    fwrite(bytes, 1, bytes.count, stream)
    fclose(stream)
    written.append(file)
    return file
  }
}

/// No readers of other formats.
func noReaders(
  _ fileExtension: String, _ path: String, _ options: JSONValue
) throws(AssayError) -> any BatchStream {
  throw AssayError(.sourceInvalid, "no reader for \(fileExtension)")
}

func open(_ path: String, range: RowRange = RowRange(first: 0, end: nil)) throws(AssayError) -> Table {
  try Table(opening: SourceURI(parsing: path), range: range, readers: noReaders)
}

extension BatchStream {
  func collect() throws(AssayError) -> [RecordBatch] {
    var batches: [RecordBatch] = []
    while let batch = try next() { batches.append(batch) }
    return batches
  }

  /// Every value of a column as text, nil for null.
  func texts(_ column: String) throws(AssayError) -> [String?] {
    try collect().flatMap { $0.column(named: column)?.texts ?? [] }
  }
}

extension Column {
  var texts: [String?] {
    (0..<length).map { row -> String? in
      guard isValid(row) else { return nil }
      switch type {
      case .bool: return String(bool(at: row))
      case .float64: return number(Double.self, row)
      case .float32: return number(Float.self, row)
      case .list: return "[" + (list(at: row)?.texts ?? []).map { $0 ?? "null" }.joined(separator: ",") + "]"
      default: return string(at: row) ?? integer(at: row).map(String.init)
      }
    }
  }
}

extension Column {
  private func number<Value: ArrowNumber>(_ type: Value.Type, _ row: Int) -> String? {
    guard let values = try? values(of: type) else { return nil }
    return "\(values[row])"
  }
}

/// A stream of batches of the sizes that are asked for.
func stream(_ batch: RecordBatch, sizes: [Int]) -> MemoryStream {
  var batches: [RecordBatch] = []
  var first = 0
  var turn = 0
  while first < batch.rowCount {
    let count = min(sizes[turn % sizes.count], batch.rowCount - first)
    batches.append(batch.slice(offset: first, count: count))
    first += count
    turn += 1
  }
  return MemoryStream(schema: batch.schema, batches: batches)
}

/// The error that a piece of work ends with.
func failure(_ work: () throws -> Void) -> AssayError? {
  do { try work() } catch { return error as? AssayError }
  return nil
}

/// A column of lists of numbers, read from lines of JSON.
func lists(_ rows: [[Double]]) throws -> Column {
  guard !rows.isEmpty else { return try lists([[0]]).slice(offset: 0, count: 0) }
  let folder = Folder()
  let lines = rows.map { row in #"{"x": [\#(row.map { "\($0)" }.joined(separator: ","))]}"# }
  let path = folder.file("lists.jsonl", lines.joined(separator: "\n"))
  let wanted = DataType.list(Field("item", .float64))
  let batches = try open(path).read([ColumnRequest("x", accepts: [wanted])]).collect()
  return Column.concatenate(try batches.map { try $0.columns[0].cast(to: wanted) })
}
