import AssayArrow
import AssayCore
import CAssayPlugin
import CVisionReader
import Glibc

/// Which function opens.
enum Reader: Sendable { case coco, yolo, voc }

/// A source that a reader has opened and read to its end.
struct Opened {
  let schema: Schema
  /// What the schema says about itself, by key.
  let metadata: [String: String]
  let batches: [RecordBatch]

  var rowCount: Int { batches.reduce(0) { $0 + $1.rowCount } }
  var columnNames: [String] { schema.fields.map(\.name) }

  /// - Throws: `data.read` with the reader's words.
  init(_ path: String, _ options: String = "", reader: Reader = .coco) throws {
    var stream = ArrowArrayStream()
    var error = assay_error()
    error.size = UInt32(MemoryLayout<assay_error>.size)
    let open =
      switch reader {
      case .coco: assay_vision_open_coco
      case .yolo: assay_vision_open_yolo
      case .voc: assay_vision_open_voc
      }
    guard open(path, options, options.utf8.count, &stream, &error) == ASSAY_OK else {
      throw AssayError(.read, Self.text(of: &error))
    }
    metadata = Self.metadata(of: &stream)
    let opened = try ArrowStream(moving: &stream)
    schema = opened.schema
    var read: [RecordBatch] = []
    while let batch = try opened.next() { read.append(batch) }
    batches = read
  }

  private static func text(of error: inout assay_error) -> String {
    withUnsafeBytes(of: &error.text) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// Arrow's pairs: a count, then a length and as many bytes for each key and value.
  private static func metadata(of stream: inout ArrowArrayStream) -> [String: String] {
    var schema = ArrowSchema()
    guard stream.get_schema(&stream, &schema) == 0 else { return [:] }
    defer { schema.release(&schema) }
    guard var place = UnsafeRawPointer(schema.metadata) else { return [:] }
    func number() -> Int {
      defer { place += 4 }
      return Int(place.loadUnaligned(as: Int32.self))
    }
    func text() -> String {
      let count = number()
      defer { place += count }
      return String(decoding: UnsafeRawBufferPointer(start: place, count: count), as: UTF8.self)
    }
    let count = number()
    return Dictionary(uniqueKeysWithValues: (0..<count).map { _ in (text(), text()) })
  }
}

extension Opened {
  /// The values of a column, row by row, as text: "1", "1.5", "a", "[1, 2]", "nil".
  func column(_ name: String) -> [String] {
    batches.flatMap { batch -> [String] in
      guard let column = batch.column(named: name) else { return [] }
      return (0..<batch.rowCount).map { Self.value(of: column, at: $0) }
    }
  }

  /// The bytes of a column of lists of bytes, row by row.
  func bytes(_ name: String) -> [[[UInt8]]] {
    batches.flatMap { batch -> [[[UInt8]]] in
      guard let column = batch.column(named: name) else { return [] }
      return (0..<batch.rowCount).map { row in
        guard let list = column.list(at: row) else { return [] }
        return (0..<list.length).map { index in
          let span = list.bytes(at: index)
          return (0..<span.byteCount).map { span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
        }
      }
    }
  }

  private static func value(of column: Column, at row: Int) -> String {
    guard column.isValid(row) else { return "nil" }
    if let list = column.list(at: row) {
      return "[" + (0..<list.length).map { value(of: list, at: $0) }.joined(separator: ", ") + "]"
    }
    if column.type == .float64, let values = try? column.values(of: Double.self) {
      return "\(values[row])"
    }
    if column.type == .bool { return "\(column.bool(at: row))" }
    return column.string(at: row) ?? column.integer(at: row).map(String.init) ?? "?"
  }
}

/// The words of the error that opening ends with; empty where it does not.
func complaint(_ path: String, _ options: String = "", reader: Reader = .coco) -> String {
  do {
    _ = try Opened(path, options, reader: reader)
    return ""
  } catch {
    return (error as? AssayError)?.message ?? "\(error)"
  }
}
