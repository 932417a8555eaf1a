import Glibc

public import AssayArrow
public import AssayCore
import AssayJSON

/// One side of a run: its columns first, then its rows.
///
/// Opening looks at a file's schema or first rows; `read` delivers the columns that
/// are wanted and no others. Standard input and streams can be read once.
public final class Table {
  /// How messages call the table: a path, or `standard input`.
  public let name: String
  /// Every column. In CSV and JSON the types are what the first rows tell.
  public let schema: Schema
  /// What messages call the reader that was chosen; nil where the ending told one.
  public let readerName: String?
  /// Whether columns have no types of their own, so that the run may choose them.
  public let isText: Bool
  private let content: Content
  private let range: RowRange
  private let nullText: [String]
  private let threads: Int

  private enum Content {
    case json(JSONRows)
    case reader((JSONValue) throws(AssayError) -> any BatchStream)
    case stream(any BatchStream)
  }

  /// Opens a source and learns its columns.
  ///
  /// - Parameters:
  ///   - range: The rows to deliver; all of them by default.
  ///   - nullText: Text in CSV that stands for null, besides the empty field.
  ///   - threads: How many threads a reader may use; 0 for as many as it likes.
  ///   - chosen: The reader of `.json` files and folders; without one the first are
  ///     rows, and the second an error.
  /// - Throws: `data.missing-file`, `data.unreadable-file`, `data.invalid-row`, or
  ///   what the reader throws.
  public init(
    opening source: SourceURI, range: RowRange = RowRange(first: 0, end: nil),
    nullText: [String] = [], threads: Int = 0, chosen: ChosenReader? = nil,
    readers: @escaping ReaderOpening
  ) throws(AssayError) {
    name = source.name
    self.range = range
    self.nullText = nullText
    self.threads = threads
    if case .file(let path) = source { try Self.requireReadable(path, chosen) }
    let isAmbiguous = source.isFolder || source.isJSONDocument
    readerName = isAmbiguous ? chosen?.name : nil
    if source.isJSON, chosen == nil || !isAmbiguous {
      let rows = try JSONRows(opening: source)
      content = .json(rows)
      isText = true
      schema = rows.schema
      return
    }
    let (path, ending) = (source.name, source.fileExtension)
    let open: (JSONValue) throws(AssayError) -> any BatchStream
    if let chosen, isAmbiguous {
      isText = false
      open = { (options) throws(AssayError) in try chosen.open(path, options) }
    } else {
      isText = ["csv", "tsv"].contains(String(ending.split(separator: ".").first ?? ""))
      open = { (options) throws(AssayError) in try readers(ending, path, options) }
    }
    content = .reader(open)
    var options: JSONObject = ["schema_only": true]
    if !nullText.isEmpty { options["null_text"] = .array(nullText.map(JSONValue.string)) }
    schema = try open(.object(options)).schema
  }

  /// Rows that are already there or come from a stream.
  public init(
    _ stream: any BatchStream, named name: String = "memory",
    range: RowRange = RowRange(first: 0, end: nil)
  ) {
    self.name = name
    self.range = range
    schema = stream.schema
    content = .stream(stream)
    isText = false
    readerName = nil
    nullText = []
    threads = 0
  }

  /// The column of that name, else the value under a dotted path into JSON rows.
  ///
  /// `$row` is the text of the whole row, where the rows are JSON.
  public func find(_ column: String) -> Field? {
    if let index = schema.index(of: column) { return schema.fields[index] }
    guard case .json(let rows) = content, let type = rows.type(of: column) else { return nil }
    return Field(column, type)
  }

  /// The rows with the columns of the requests, in that order, under those names.
  ///
  /// Text formats read a column as the accepted type that suits it best, so that
  /// `1` can be a label and a score; a further cast may still be needed.
  /// - Throws: `data.missing-column`, or what the reader throws.
  public func read(_ requests: [ColumnRequest]) throws(AssayError) -> any BatchStream {
    var fields: [Field] = []
    for request in requests where !fields.contains(where: { $0.name == request.name }) {
      guard let field = find(request.name) else { throw missing(request.name) }
      fields.append(Field(request.name, readingType(of: field.type, accepted: request.accepted)))
    }
    switch content {
    case .json(let rows): return try JSONStream(rows: rows, fields: fields, range: range)
    case .reader(let open): return try open(.object(options(for: fields)))
    case .stream(let stream):
      return RangedStream(stream, columns: fields.map(\.name), range: range)
    }
  }

  /// The error over a column that is not there.
  public func missing(_ column: String) -> AssayError {
    let names = schema.fields.map(\.name)
    let listed = names.prefix(30).map { "\"\($0)\"" }.joined(separator: ", ")
    let rest = names.count > 30 ? " and \(names.count - 30) more" : ""
    return AssayError(
      .columnMissing,
      "\(name) has no column \"\(column)\".\(suggestion(for: column, in: names)) Its columns are \(listed)\(rest).",
      details: [
        "column": column, "file": name, "near": nearNames(to: column, in: names).joined(separator: ","),
      ])
  }

  private func options(for fields: [Field]) -> JSONObject {
    var options: JSONObject = [:]
    options["columns"] = .array(fields.map { .string($0.name) })
    if isText {
      var types = JSONObject()
      for field in fields { types[field.name] = .string(field.type.name) }
      options["types"] = .object(types)
    }
    if !nullText.isEmpty { options["null_text"] = .array(nullText.map(JSONValue.string)) }
    if range.first > 0 || range.end != nil {
      options["range"] = .array([JSONValue(range.first), range.end.map { JSONValue($0) } ?? .null])
    }
    if threads > 0 { options["threads"] = JSONValue(threads) }
    return options
  }

  private func readingType(of type: DataType, accepted: [DataType]) -> DataType {
    guard isText, !accepted.isEmpty, !accepted.contains(type) else { return type }
    let elements = accepted.compactMap(\.element)
    if elements.count == accepted.count {
      let element = readingType(of: type.element ?? type, accepted: elements)
      // In JSON, lists inside lists are told as text; where no text is wanted they are
      // read as one flat list. Single values wait to be put together by their key.
      let isNested = isJSON && type == .utf8 && !elements.contains { $0.isText || $0.isBinary }
      return type.isList || isNested ? .list(Field("item", element)) : element
    }
    let takesFloats = accepted.contains { $0.isFloatingPoint }
    let takesIntegers = accepted.contains { $0.isInteger }
    let takesText = accepted.contains { $0.isText }
    switch type {
    case .int64 where takesFloats && !takesIntegers: return .float64
    case .int64 where takesIntegers || accepted.contains(.bool): return .int64
    case .float64 where takesFloats || takesIntegers: return .float64
    case .bool where takesIntegers || takesFloats: return .bool
    // Where numbers are wanted, text is read as numbers, and the first row that is none is told.
    case .utf8 where !takesText && takesFloats: return .float64
    case .utf8 where !takesText && takesIntegers: return .int64
    case .utf8 where !takesText && accepted.contains(.bool): return .bool
    case .int64, .float64, .bool: return takesText ? .utf8 : type
    default: return type
    }
  }

  private var isJSON: Bool {
    if case .json = content { true } else { false }
  }

  private static func requireReadable(
    _ path: String, _ chosen: ChosenReader?
  ) throws(AssayError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      let problem = errno
      guard problem == ENOENT || problem == ENOTDIR else {
        // Safety: the text is static and copied at once.
        let words = unsafe String(cString: strerror(problem))
        throw AssayError(.fileUnreadable, "\(path) cannot be opened: \(words).", details: ["file": path])
      }
      throw AssayError(.fileMissing, "There is no file \"\(path)\".\(nearFiles(path))", details: ["file": path])
    }
    if status.st_mode & S_IFMT == S_IFDIR, chosen?.opensFolders != true {
      let why = chosen.map { "\($0.name) opens files only" } ?? "no evaluator of this run reads folders"
      throw AssayError(
        .fileUnreadable, "\(path) is a folder, not a file, and \(why). Name a file in it.",
        details: ["file": path])
    }
    if status.st_mode & S_IFMT == S_IFREG && status.st_size == 0 {
      throw AssayError(.fileUnreadable, "\(path) is empty.", details: ["file": path])
    }
  }
}

/// A column that somebody wants.
public struct ColumnRequest: Sendable, Hashable {
  /// A name, or a dotted path into JSON rows.
  public var name: String
  /// The types that it may have in the end; empty for its own.
  public var accepted: [DataType]

  public init(_ name: String, accepts accepted: [DataType] = []) {
    self.name = name
    self.accepted = accepted
  }
}
