import AssayCore
import AssayJSON
import AssayStore

/// Puts the rows of a data set into a file of the store.
struct DatasetWriter {
  /// The column that says the split of a row, in files that were written here.
  static let splitColumn = "split"
  static let folder = "datasets"

  let registry: Registry
  let source: DatasetSource
  let rule: SplitRule

  /// - Throws: `registry.invalid`, `registry.not-found`, `data.…`, `store.…`.
  func version() throws(AssayError) -> DatasetVersion {
    if case .files(let files) = source {
      guard !files.isEmpty else {
        throw AssayError(
          .invalidField, "A data set needs a file or a container.", details: ["field": "file"])
      }
      if let folder = try folder(files) { return folder }
      if let copied = try copied(files) { return copied }
      if let reader = files.lazy.compactMap(\.reader).first {
        throw AssayError(
          .invalidField,
          "A file that the reader \"\(reader)\" opens is kept as it is: alone, or one .json file for each split with --train, --validation and --test.",
          details: ["field": "reader"])
      }
    }
    return try written()
  }

  /// A single file whose rows say their splits the way that Assay does, or have none.
  private func copied(_ files: [DatasetSource.File]) throws(AssayError) -> DatasetVersion? {
    let column = rule.column ?? Self.splitColumn
    guard files.count == 1, files[0].split == nil, files[0].path != "-", rule.shares.isEmpty,
      column == Self.splitColumn
    else { return nil }
    let path = files[0].path
    // What the file is, is told before it is copied.
    let (reader, host) = (files[0].reader, registry.assay.host)
    _ = try DatasetRows(path, reader: reader, host: host)
    let file = try StoreFile(registry.store, kind: Self.folder)
    try file.append(contentsOf: Self.plain(path))
    let kept = try file.finish(extension: Self.ending(of: path))
    do throws(AssayError) {
      let rows = try DatasetRows(registry.store.path(of: kept.file), reader: reader, host: host)
      var tally = SplitTally()
      if rows.has(column) {
        try rows.eachText(column) { (text) throws(AssayError) in try tally.count(text, in: path) }
      } else if rule.column != nil {
        throw missing(column, path)
      } else {
        tally.rows = try rows.count()
      }
      guard !tally.hasOtherSpellings || reader != nil else {
        registry.remove(kept.file)
        return nil
      }
      var version = try version(kept, tally)
      version.origin["spellings"] = tally.spellings
      return version
    } catch {
      registry.remove(kept.file)
      throw error
    }
  }

  /// The rows as JSON lines, each with its split.
  private func written() throws(AssayError) -> DatasetVersion {
    let file = try StoreFile(registry.store, kind: Self.folder)
    let dealer = rule.shares.isEmpty ? nil : RowDealer(rule)
    var tally = SplitTally()
    try eachRow { (row, split, place) throws(AssayError) in
      var row = row
      if let split = split ?? dealer?.split(of: row) {
        row[Self.splitColumn] = .string(split.rawValue)
        tally.count(split)
      } else {
        let value = row[Self.splitColumn] ?? .null
        let found = try tally.count(value.isNull ? nil : value.stringValue ?? value.text(), in: place)
        if let found { row[Self.splitColumn] = .string(found.rawValue) }
      }
      try file.append(JSONValue.object(row).text().utf8)
      try file.append(CollectionOfOne(UInt8(ascii: "\n")))
    }
    return try version(try file.finish(extension: "jsonl"), tally)
  }

  /// Calls back with each row, the split that the source gives it, and where it comes from.
  private func eachRow(
    _ body: (JSONObject, Split?, _ place: String) throws(AssayError) -> Void
  ) throws(AssayError) {
    switch source {
    case .files(let files):
      for file in files {
        let rows = try DatasetRows(file.path, host: registry.assay.host)
        if let column = rule.column, !rows.has(column) { throw missing(column, file.path) }
        try rows.eachRow { (row) throws(AssayError) in
          var row = row
          if let column = rule.column { row[Self.splitColumn] = row[column] ?? .null }
          try body(row, file.split, file.path)
        }
      }
    case .container(let label, let filters, let limit):
      var left = limit ?? Int.max
      try registry.store.eachLog(of: label, scope: registry.scope) {
        (entry) throws(AssayError) in
        let row = entry.json
        guard left > 0, filters.allSatisfy({ $0.matches(.object(row)) }) else { return left > 0 }
        left -= 1
        try body(row, nil, "the logs of \(label)")
        return true
      }
    }
  }

  private func version(
    _ kept: (file: String, contentHash: String), _ tally: SplitTally
  ) throws(AssayError) -> DatasetVersion {
    guard tally.rows > 0 else {
      registry.remove(kept.file)
      throw AssayError(
        .invalidField, "The data set would have no rows.", details: ["field": "rows"])
    }
    return DatasetVersion(
      contentHash: kept.contentHash, file: kept.file, rowCount: tally.rows, splits: tally.splits,
      origin: origin)
  }

  var origin: JSONObject {
    var origin = JSONObject()
    switch source {
    case .files(let files):
      origin["files"] = .array(
        files.map { file in
          var object: JSONObject = ["file": .string(file.path)]
          if let split = file.split { object["split"] = .string(split.rawValue) }
          if let reader = file.reader { object["reader"] = .string(reader) }
          return .object(object)
        })
    case .container(let label, let filters, let limit):
      origin["container"] = .string(label)
      origin["filters"] = .array(filters.map(\.json))
      if let limit { origin["size"] = JSONValue(limit) }
    }
    if let column = rule.column { origin["split_column"] = .string(column) }
    for share in rule.shares {
      var shares = origin["shares"]?.objectValue ?? JSONObject()
      shares[share.split.rawValue] = .number(share.share)
      origin["shares"] = .object(shares)
      origin["seed"] = .string(String(rule.seed))
    }
    return origin
  }

  private func missing(_ column: String, _ path: String) -> AssayError {
    AssayError(
      .invalidField, "\(path) has no column \"\(column)\" to tell the splits.",
      details: ["field": "split_column", "file": path])
  }

  /// The path of a source that may be written as `file:PATH`.
  static func plain(_ path: String) -> String {
    if path.hasPrefix("file://") { return String(path.dropFirst(7)) }
    return path.hasPrefix("file:") ? String(path.dropFirst(5)) : path
  }

  /// The end of the name that tells the format, such as `csv.gz`.
  static func ending(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".").dropFirst().map { $0.lowercased() }
    guard let last = parts.last else { return "" }
    return ["gz", "zst"].contains(last) ? parts.suffix(2).joined(separator: ".") : last
  }
}
