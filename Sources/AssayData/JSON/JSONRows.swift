import AssayArrow
import AssayCore
import CAssayJSON
import CAssayPlugin

/// The rows of a JSON source, before they are chosen from and while they are read.
///
/// Opening reads a first block, which tells names and types; no row is lost by it,
/// so that standard input can be looked at before columns are chosen.
@safe
final class JSONRows {
  /// The reserved name of the column that holds each row's own text.
  static let wholeRow = "$row"

  let name: String
  private let rows: OpaquePointer
  private var columns: [String] = []

  /// - Throws: `data.missing-file`, `data.unreadable-file`, or `data.invalid-row`
  ///   where the first row is not an object.
  init(opening source: SourceURI) throws(AssayError) {
    name = source.name
    var opened: OpaquePointer?
    var failure = unsafe assay_json_rows_error()
    let status: Int32
    switch source {
    case .standardInput: status = unsafe assay_json_rows_open(nil, &opened, &failure)
    case .file(let path):
      // Safety: the path outlives the call, which copies nothing of it.
      status = unsafe path.withCString { unsafe assay_json_rows_open($0, &opened, &failure) }
    }
    guard status == 0, let opened = unsafe opened else {
      throw unsafe JSONRowsFailure(status, &failure).error(in: source.name, columns: [])
    }
    unsafe rows = opened
  }

  deinit {
    // Safety: opened by the initialiser, destroyed here and nowhere else.
    unsafe assay_json_rows_destroy(rows)
  }

  /// The columns of the first rows, in order of appearance.
  private(set) lazy var schema: Schema = Schema(names.map { Field($0, type(of: $0) ?? .utf8) })

  private var names: [String] {
    (0..<(unsafe assay_json_rows_name_count(rows))).map { index in
      var length = 0
      guard let start = unsafe assay_json_rows_name(rows, index, &length) else { return "" }
      // Safety: the name is `length` bytes and is copied at once.
      return unsafe String(
        decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
  }

  /// What the first rows hold under a name or a dotted path; nil where they hold nothing.
  func type(of path: String) -> DataType? {
    if path == Self.wholeRow { return .utf8 }
    var path = path
    var isFound: Int32 = 0
    let type = path.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { text in
        unsafe assay_json_rows_type(rows, text.baseAddress, text.count, &isFound)
      }
    }
    return isFound == 0 ? nil : DataType(jsonType: type)
  }

  /// Chooses the columns that `next` delivers. Once, before the first `next`.
  func select(_ fields: [Field], range: RowRange) throws(AssayError) {
    columns = fields.map(\.name)
    var failure = unsafe assay_json_rows_error()
    let texts = columns.map { Array($0.utf8) }
    let all = texts.flatMap { $0 }
    let status = unsafe all.withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { text -> Int32 in
        var offset = 0
        var wanted: [assay_json_column] = unsafe []
        for (field, path) in zip(fields, texts) {
          // Safety: each path lies in `text`, which outlives the call.
          let start = unsafe text.baseAddress.map { unsafe $0 + offset }
          unsafe wanted.append(
            assay_json_column(path: start, length: path.count, type: field.type.jsonType))
          offset += path.count
        }
        return unsafe assay_json_rows_select(
          rows, wanted, wanted.count, Int64(range.first), Int64(range.end ?? Int.max), &failure)
      }
    }
    guard status == 0 else { throw unsafe JSONRowsFailure(status, &failure).error(in: name, columns: columns) }
  }

  /// The next rows; nil after the last one.
  func next(schema: Schema) throws(AssayError) -> RecordBatch? {
    var array = unsafe ArrowArray()
    var failure = unsafe assay_json_rows_error()
    let status = unsafe assay_json_rows_next(rows, &array, &failure)
    guard status == 0 else { throw unsafe JSONRowsFailure(status, &failure).error(in: name, columns: columns) }
    guard unsafe array.release != nil else { return nil }
    return try unsafe RecordBatch(moving: &array, schema: schema)
  }
}

extension DataType {
  /// The type of a JSON column; the list bit stands for a list of the rest.
  init(jsonType: Int32) {
    if jsonType & Int32(ASSAY_JSON_COLUMN_LIST.rawValue) != 0 {
      self = .list(Field("item", DataType(jsonType: jsonType & ~Int32(ASSAY_JSON_COLUMN_LIST.rawValue))))
      return
    }
    switch UInt32(jsonType) {
    case ASSAY_JSON_COLUMN_BOOL.rawValue: self = .bool
    case ASSAY_JSON_COLUMN_INT64.rawValue: self = .int64
    case ASSAY_JSON_COLUMN_FLOAT64.rawValue: self = .float64
    default: self = .utf8
    }
  }

  /// How JSON is to be read for this type.
  var jsonType: Int32 {
    switch self {
    case .bool: Int32(ASSAY_JSON_COLUMN_BOOL.rawValue)
    case .int64: Int32(ASSAY_JSON_COLUMN_INT64.rawValue)
    case .float64: Int32(ASSAY_JSON_COLUMN_FLOAT64.rawValue)
    case .list(let field): field.type.jsonType | Int32(ASSAY_JSON_COLUMN_LIST.rawValue)
    default: Int32(ASSAY_JSON_COLUMN_TEXT.rawValue)
    }
  }
}

/// The chosen columns of a JSON source.
final class JSONStream: BatchStream {
  let schema: Schema
  private let rows: JSONRows

  init(rows: JSONRows, fields: [Field], range: RowRange) throws(AssayError) {
    self.rows = rows
    schema = Schema(fields)
    try rows.select(fields, range: range)
  }

  func next() throws(AssayError) -> RecordBatch? { try rows.next(schema: schema) }
}
