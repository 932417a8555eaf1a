import AssayCore
import AssayData
import AssayHost
import AssayJSON
import AssayStore

/// A folder of annotations as a data set keeps it: which parts of it hold rows, and of which
/// splits.
struct DatasetFolder: Sendable, Hashable {
  /// What the reader opens.
  struct Part: Sendable, Hashable {
    /// Inside the folder; empty for the folder itself.
    var path: String
    var split: Split?
  }

  var path: String
  var reader: InstalledReader
  var parts: [Part]
  /// Files with the names of the images of a split, one a line.
  var lists: [Split: String]
  /// The only split that is meant; nil for all.
  var split: Split?

  /// What `version.origin` says of it beside where it came from.
  var json: JSONObject {
    var object: JSONObject = ["reader": .string(reader.name), "plugin": .string(reader.plugin)]
    object["parts"] = .array(
      parts.map { part in
        var object: JSONObject = ["path": .string(part.path)]
        if let split = part.split { object["split"] = .string(split.rawValue) }
        return .object(object)
      })
    if !lists.isEmpty {
      var files = JSONObject()
      for split in Split.allCases { files[split.rawValue] = lists[split].map { .string($0) } }
      object["lists"] = .object(files)
    }
    return object
  }

  /// Reads what ``json`` wrote; nil where it says nothing of a folder.
  init?(json object: JSONObject, path: String) {
    guard let parts = object["parts"]?.arrayValue, let reader = object["reader"]?.stringValue,
      let plugin = object["plugin"]?.stringValue
    else { return nil }
    self.path = path
    self.reader = InstalledReader(plugin: plugin, name: reader, opensFolders: true)
    self.parts = parts.map { part in
      let split = part["split"]?.stringValue.flatMap(Split.init(rawValue:))
      return Part(path: part["path"]?.stringValue ?? "", split: split)
    }
    lists = [:]
    for (split, file) in object["lists"]?.objectValue ?? [:] {
      if let split = Split(rawValue: split) { lists[split] = file.stringValue }
    }
  }

  init(_ layout: FolderLayout, path: String, reader: InstalledReader) {
    self.path = path
    self.reader = reader
    parts = layout.parts.map { Part(path: $0.path, split: $0.split) }
    lists = layout.lists
  }

  /// Whether its rows say a split.
  var hasSplits: Bool { !lists.isEmpty || parts.contains { $0.split != nil } }

  /// The parts with rows that are meant.
  var wanted: [Part] {
    guard let split, lists.isEmpty else { return parts }
    return parts.filter { $0.split == split }
  }

  func path(of part: Part) -> String { part.path.isEmpty ? path : "\(path)/\(part.path)" }

  /// The rows as a table whose columns are those of all parts, and `split`.
  ///
  /// - Throws: What the reader throws; `registry.invalid` for parts that do not fit together.
  func table(
    range: RowRange = RowRange(first: 0, end: nil), host: PluginHost
  ) throws(AssayError) -> Table {
    let name = "the reader \"\(reader.name)\" of \(reader.plugin)"
    let chosen = ChosenReader(name: name, opensFolders: true) { (_, options) throws(AssayError) in
      try FolderRows(self, options: options, host: host)
    }
    return try Table(opening: .file(path), range: range, chosen: chosen) {
      (ending, path, options) throws(AssayError) in
      try host.openReader(for: ending, uri: path, options: options)
    }
  }
}
