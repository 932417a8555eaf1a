import AssayArrow
import AssayCore
import AssayData
import AssayHost
import AssayJSON

/// The rows of a file as JSON objects, whatever its format.
struct DatasetRows {
  private let table: Table

  /// - Parameter reader: The reader of a `.json` file that holds no rows of JSON, such as
  ///   `coco`.
  /// - Throws: `data.missing-file`, `data.unreadable-file`, `registry.not-found` for the
  ///   reader, or what it throws.
  init(_ path: String, reader: String? = nil, host: PluginHost) throws(AssayError) {
    let chosen = try reader.map { (name) throws(AssayError) in try Self.reader(name, host) }
    table = try Table(opening: SourceURI(parsing: path), chosen: chosen) {
      (ending, path, options) throws(AssayError) in
      try host.openReader(for: ending, uri: path, options: options)
    }
  }

  private static func reader(_ name: String, _ host: PluginHost) throws(AssayError) -> ChosenReader {
    let found = try host.reader(named: name)
    // A folder is kept otherwise; see `DatasetFolder`.
    return ChosenReader(name: "the reader \"\(name)\" of \(found.plugin)", opensFolders: false) {
      (path, options) throws(AssayError) in
      try host.openReader(found, uri: path, options: options)
    }
  }

  /// Whether the file has a column of that name.
  func has(_ column: String) -> Bool { table.find(column) != nil }

  /// Calls back with each row.
  func eachRow(_ body: (JSONObject) throws(AssayError) -> Void) throws(AssayError) {
    guard table.find(Self.wholeRow) == nil else {
      return try eachText(Self.wholeRow) { (text) throws(AssayError) in
        try body(try JSONValue(parsing: text ?? "{}").objectValue ?? JSONObject())
      }
    }
    let stream = try table.read(table.schema.fields.map { ColumnRequest($0.name) })
    let names = stream.schema.fields.map(\.name)
    while let batch = try stream.next() {
      for row in 0..<batch.rowCount {
        var object = JSONObject()
        for (name, column) in zip(names, batch.columns) {
          object[name] = try column.json(at: row, named: name)
        }
        try body(object)
      }
    }
  }

  /// Calls back with the text of a column in each row; nil for null.
  func eachText(
    _ column: String, _ body: (String?) throws(AssayError) -> Void
  ) throws(AssayError) {
    let stream = try table.read([ColumnRequest(column, accepts: [.utf8])])
    while let batch = try stream.next() {
      guard let column = batch.columns.first else { continue }
      let texts = column.type.isText ? column : try column.cast(to: .utf8, named: "split")
      for row in 0..<batch.rowCount { try body(texts.string(at: row)) }
    }
  }

  /// How many rows there are.
  func count() throws(AssayError) -> Int {
    let first = table.find(Self.wholeRow) ?? table.schema.fields.first
    guard let first else { return 0 }
    let stream = try table.read([ColumnRequest(first.name)])
    var count = 0
    while let batch = try stream.next() { count += batch.rowCount }
    return count
  }

  /// The name of the column with a JSON row's own text.
  private static let wholeRow = "$row"
}

extension Column {
  /// The value of a row; null for NaN and the infinities, which JSON does not have.
  ///
  /// - Throws: `data.type` for a type that JSON cannot hold.
  func json(at row: Int, named name: String) throws(AssayError) -> JSONValue {
    guard isValid(row) else { return .null }
    switch type {
    case .null: return .null
    case .bool: return .bool(bool(at: row))
    case .float32: return JSONValue(Double(try values(of: Float.self)[row]))
    case .float64: return JSONValue(try values(of: Double.self)[row])
    case .dictionary where dictionaryIndex(at: row) != nil: return JSONValue(string(at: row))
    case .structure(let fields):
      var object = JSONObject()
      for (index, member) in fields.enumerated() {
        object[member.name] = try field(index).json(at: row, named: "\(name).\(member.name)")
      }
      return .object(object)
    case _ where type.isInteger:
      if let value = integer(at: row) { return JSONValue(value) }
      return JSONValue(Double(try values(of: UInt64.self)[row]))
    case _ where type.isText: return JSONValue(string(at: row))
    case _ where type.isList:
      guard let list = list(at: row) else { return .null }
      var values: [JSONValue] = []
      for element in 0..<list.length { values.append(try list.json(at: element, named: name)) }
      return .array(values)
    default:
      throw AssayError(
        .dataType,
        "The column \"\(name)\" holds \(type.name), which JSON lines cannot. Keep the file as one data set without changing its splits, or leave the column out.",
        details: ["column": name])
    }
  }
}

extension PluginHost {
  /// Every reader that is installed.
  func installedReaders() -> [InstalledReader] {
    manifests().flatMap { plugin in
      plugin.manifest.readers.map { reader in
        InstalledReader(plugin: plugin.name, name: reader.name, opensFolders: reader.opensFolders)
      }
    }
  }

  /// - Throws: `registry.not-found` with near names.
  func reader(named name: String) throws(AssayError) -> InstalledReader {
    let known = installedReaders()
    if let found = known.first(where: { $0.name == name }) { return found }
    let names = known.map(\.name).sorted()
    throw AssayError(
      .notFound,
      "There is no reader \"\(name)\".\(suggestion(for: name, in: names)) There are \(names.joined(separator: ", ")).",
      details: ["reader": name])
  }
}
