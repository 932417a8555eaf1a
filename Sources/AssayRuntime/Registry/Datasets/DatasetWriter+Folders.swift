import AssayCore
import AssayData
import AssayHost
import AssayJSON
import AssayStore

/// Data sets that a reader knows as a folder, or as a JSON document for each split.
extension DatasetWriter {
  /// The version of a folder; nil where the files are none.
  ///
  /// - Throws: `registry.invalid` for splits that are told otherwise than by the folder,
  ///   `registry.not-found` for the reader, what the reader throws, `store.…`.
  func folder(_ files: [DatasetSource.File]) throws(AssayError) -> DatasetVersion? {
    guard let (layout, needed) = try layout(files) else { return nil }
    guard rule.shares.isEmpty, rule.column == nil else {
      throw AssayError(
        .invalidField,
        "A folder, or a document for each split, tells the splits itself: leave out --shares and --split-column.",
        details: ["field": "splits"])
    }
    let source = Self.plain(files[0].path)
    let reader = try reader(of: layout, files[0].reader, source, needed)
    let copy = try FolderCopy(of: source, needed: needed, into: registry.store, kind: Self.folder)
    do throws(AssayError) {
      let folder = DatasetFolder(layout, path: registry.store.path(of: copy.file), reader: reader)
      var version = DatasetVersion(
        contentHash: copy.contentHash, file: copy.file, rowCount: 0, splits: [:], origin: origin)
      for (key, value) in folder.json { version.origin[key] = value }
      version.origin["kept"] = [
        "files": JSONValue(copy.files), "bytes": JSONValue(copy.bytes), "images_by_name": JSONValue(copy.images),
      ]
      try count(folder, source, into: &version)
      return version
    } catch {
      registry.remove(copy.file)
      throw error
    }
  }

  /// Where the rows are, and which files are copied: by the path in the copy that of the
  /// original, or nil for all.
  private func layout(
    _ files: [DatasetSource.File]
  ) throws(AssayError) -> (FolderLayout, needed: [String: String]?)? {
    let folders = files.filter { FolderListing.isFolder(Self.plain($0.path)) }
    if let folder = folders.first {
      guard files.count == 1, folder.split == nil else {
        throw AssayError(
          .invalidField,
          "\(folder.path) is a folder. Give the folder above the splits alone, with --file: they are found in it.",
          details: ["field": "file", "file": folder.path])
      }
      let path = Self.plain(folder.path)
      let layout = try FolderLayout(of: path)
      guard layout.isOfFiles else { return (layout, nil) }
      return (layout, Dictionary(uniqueKeysWithValues: layout.parts.map { ($0.path, "\(path)/\($0.path)") }))
    }
    guard files.allSatisfy({ $0.reader != nil && $0.split != nil && Self.ending(of: $0.path).hasPrefix("json") })
    else { return nil }
    return try documents(files)
  }

  /// A document for each split.
  private func documents(
    _ files: [DatasetSource.File]
  ) throws(AssayError) -> (FolderLayout, needed: [String: String]?) {
    var needed: [String: String] = [:]
    var parts: [FolderLayout.Part] = []
    for split in Split.allCases {
      let same = files.filter { $0.split == split }
      guard same.count <= 1 else {
        throw AssayError(
          .invalidField, "The split \(split.rawValue) has several documents, and a reader opens one for each split.",
          details: ["field": split.rawValue])
      }
      guard let file = same.first else { continue }
      let name = "\(split.rawValue).\(Self.ending(of: file.path))"
      needed[name] = Self.plain(file.path)
      parts.append(.init(path: name, split: split))
    }
    return (FolderLayout(parts: parts), needed)
  }

  /// The reader that is named, or the first one that opens the folder.
  private func reader(
    of layout: FolderLayout, _ name: String?, _ source: String, _ needed: [String: String]?
  ) throws(AssayError) -> InstalledReader {
    let host = registry.assay.host
    let candidates =
      try name.map { (name) throws(AssayError) in [try host.reader(named: name)] }
      ?? host.installedReaders().filter(\.opensFolders)
    let part = layout.parts[0].path
    let path = needed?[part] ?? (part.isEmpty ? source : "\(source)/\(part)")
    var fault: AssayError?
    for candidate in candidates {
      do throws(AssayError) {
        _ = try host.openReader(candidate, uri: path, options: ["schema_only": true])
        return candidate
      } catch {
        fault = fault ?? error
      }
    }
    throw fault
      ?? AssayError(
        .invalidField, "\(source) is a folder, and no reader that is installed opens folders.",
        details: ["field": "file", "file": source])
  }

  /// Counts the rows, in all and by split.
  private func count(
    _ folder: DatasetFolder, _ source: String, into version: inout DatasetVersion
  ) throws(AssayError) {
    let table = try folder.table(host: registry.assay.host)
    var tally = SplitTally()
    let column = table.find(Self.splitColumn)?.name
    let stream = try table.read([ColumnRequest(column ?? table.schema.fields[0].name)])
    while let batch = try stream.next() {
      for row in 0..<batch.rowCount {
        try tally.count(column == nil ? nil : batch.columns[0].string(at: row), in: source)
      }
    }
    guard tally.rows > 0 else {
      throw AssayError(.invalidField, "The data set would have no rows.", details: ["field": "rows"])
    }
    version.rowCount = tally.rows
    version.splits = tally.splits
    version.origin["spellings"] = tally.spellings
  }
}
