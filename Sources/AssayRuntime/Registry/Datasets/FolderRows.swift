import AssayArrow
import AssayCore
import AssayData
import AssayHost
import AssayJSON
import AssayStore
import Glibc

/// The rows of a kept folder, one part after the other, with their split.
final class FolderRows: BatchStream {
  static let splitColumn = "split"
  /// The column with the name of an image, which lists of splits go by.
  private static let nameColumn = "image_id"

  let schema: Schema
  private let folder: DatasetFolder
  private let host: PluginHost
  private var parts: ArraySlice<DatasetFolder.Part>
  private var current: (stream: any BatchStream, split: Split?)?
  /// What the reader is asked for.
  private let columns: [String]
  /// By the name of an image.
  private let splits: [String: Split]
  private let range: Range<Int>
  private var nextRow = 0

  /// - Parameter options: What a reader of a run is told: `columns`, `range`, `schema_only`.
  /// - Throws: What the reader throws; `registry.invalid` where the parts do not fit together
  ///   or a list of a split is not to be read.
  init(_ folder: DatasetFolder, options: JSONValue, host: PluginHost) throws(AssayError) {
    self.folder = folder
    self.host = host
    splits = try folder.splitsByName()
    let all = try Self.schema(of: folder, host)
    let wanted = options["columns"]?.arrayValue?.compactMap(\.stringValue)
    let fields = wanted.map { names in names.compactMap { name in all.fields.first { $0.name == name } } }
    schema = Schema(fields ?? all.fields, metadata: all.metadata)
    let ends = options["range"]?.arrayValue ?? []
    let first = Int(ends.first?.integerValue ?? 0)
    range = first..<max(first, ends.count == 2 ? ends[1].integerValue.map { Int($0) } ?? .max : .max)
    var asked = schema.fields.map(\.name).filter { $0 != Self.splitColumn }
    if !folder.lists.isEmpty || asked.isEmpty, !asked.contains(Self.nameColumn) {
      asked.append(all.index(of: Self.nameColumn) == nil ? all.fields[0].name : Self.nameColumn)
    }
    columns = asked
    parts = options["schema_only"]?.boolValue == true ? [] : folder.wanted[...]
  }

  /// The columns that all parts have alike.
  private static func schema(of folder: DatasetFolder, _ host: PluginHost) throws(AssayError) -> Schema {
    var common: Schema?
    for part in folder.parts {
      let path = folder.path(of: part)
      let found = try host.openReader(folder.reader, uri: path, options: ["schema_only": true]).schema
      guard let known = common else {
        common = found
        continue
      }
      guard known.metadata == found.metadata else {
        throw AssayError(
          .invalidField,
          "\(folder.path): \(part.path) names other classes than \(folder.parts[0].path), or is of the other side of a run.",
          details: ["field": "file", "file": folder.path])
      }
      common = Schema(known.fields.filter { found.fields.contains($0) }, metadata: known.metadata)
    }
    var fields = common?.fields ?? []
    if folder.hasSplits {
      fields.removeAll { $0.name == splitColumn }
      fields.append(Field(splitColumn, .utf8))
    }
    return Schema(fields, metadata: common?.metadata ?? [:])
  }

  func next() throws(AssayError) -> RecordBatch? {
    while nextRow < range.upperBound {
      guard let (stream, split) = current else {
        guard let part = parts.popFirst() else { return nil }
        let options: JSONValue = ["columns": .array(columns.map { .string($0) })]
        current = (try host.openReader(folder.reader, uri: folder.path(of: part), options: options), part.split)
        continue
      }
      guard let batch = try stream.next() else {
        current = nil
        continue
      }
      if let taken = inRange(selected(batch, split)) { return taken }
    }
    return nil
  }

  /// The wanted columns of the rows of the wanted split.
  private func selected(_ batch: RecordBatch, _ split: Split?) -> RecordBatch {
    var batch = batch
    var found = [Split?](repeating: split, count: batch.rowCount)
    if !folder.lists.isEmpty, let names = batch.column(named: Self.nameColumn) {
      found = (0..<batch.rowCount).map { row in names.string(at: row).flatMap { splits[$0] } }
      if let only = folder.split {
        let rows = found.indices.filter { found[$0] == only }
        batch = batch.gather(rows.map { Int32($0) })
        found = rows.map { found[$0] }
      }
    }
    let columns = schema.fields.compactMap { field in
      field.name == Self.splitColumn && folder.hasSplits
        ? Column(found.map { $0?.rawValue }) : batch.column(named: field.name)
    }
    return RecordBatch(schema: schema, columns: columns, rowCount: batch.rowCount)
  }

  /// The rows of a batch that are in the range; nil for none.
  private func inRange(_ batch: RecordBatch) -> RecordBatch? {
    let here = nextRow..<nextRow + batch.rowCount
    nextRow = here.upperBound
    let taken = here.clamped(to: range)
    guard !taken.isEmpty else { return nil }
    return taken == here ? batch : batch.slice(offset: taken.lowerBound - here.lowerBound, count: taken.count)
  }
}

extension DatasetFolder {
  /// The split of each image that a list names.
  ///
  /// - Throws: `registry.invalid` for an image in two lists, `data.unreadable-file`.
  fileprivate func splitsByName() throws(AssayError) -> [String: Split] {
    var splits: [String: Split] = [:]
    for split in Split.allCases {
      guard let list = lists[split] else { continue }
      for name in try lines(of: "\(path)/\(list)") {
        if let other = splits[name], other != split {
          throw AssayError(
            .invalidField,
            "\(list) names the image \"\(name)\", which the list of \(other.rawValue) has too. An image has one split.",
            details: ["field": "split", "file": list])
        }
        splits[name] = split
      }
    }
    return splits
  }

  /// The first words of the lines of a text file.
  private func lines(of file: String) throws(AssayError) -> [String] {
    let unreadable = AssayError(.fileUnreadable, "\(file) cannot be read.", details: ["file": file])
    // Safety: the path and the mode are terminated texts for as long as the call.
    guard let stream = unsafe fopen(file, "re") else { throw unreadable }
    defer { unsafe _ = fclose(stream) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // Safety: the block is as long as the call is told.
      let count = unsafe block.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, $0.count, stream) }
      if count == 0 { break }
      bytes += block[..<count]
    }
    guard unsafe ferror(stream) == 0 else { throw unreadable }
    return String(decoding: bytes, as: UTF8.self).split { $0.isNewline }
      .compactMap { $0.split { $0 == " " || $0 == "\t" }.first.map(String.init) }
  }
}
