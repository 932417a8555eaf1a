import AssayCore
import AssayStore

/// Where in a folder of annotations the rows are, and of which split.
///
/// Known are YOLO's `labels/train`, `labels/val`, …; a folder for each split, such as
/// `train/labels` or `valid/Annotations`; Pascal VOC's `Annotations` with `ImageSets/Main/train.txt`, …;
/// and JSON files with a split in their names, such as `annotations/instances_val2017.json`, or
/// one in the folder of each split. Any other folder is one for its reader, without splits.
struct FolderLayout {
  /// What a reader opens.
  struct Part {
    /// Inside the folder; empty for the folder itself.
    var path: String
    var split: Split?
  }

  var parts: [Part]
  /// Files with the names of the images of a split, one a line.
  var lists: [Split: String] = [:]
  /// Whether the parts are JSON files, which need nothing beside them.
  var isOfFiles = false

  /// A JSON file for each split.
  init(parts: [Part]) {
    self.parts = parts
    isOfFiles = true
  }

  /// - Throws: `registry.invalid` for a folder in which a split is told twice.
  init(of folder: String) throws(AssayError) {
    let inside = Inside(folder)
    if let parts = try Self.splits(in: "labels", of: inside) {
      self.parts = parts
      return
    }
    if let parts = try Self.splitFolders(of: inside) {
      self.parts = parts
      isOfFiles = parts.allSatisfy { $0.path.hasSuffix(".json") }
      return
    }
    if let parts = try Self.documents(of: inside) {
      self.parts = parts
      isOfFiles = true
      return
    }
    parts = [Part(path: "")]
    lists = try Self.imageSets(of: inside)
  }

  /// The split that a name stands for, such as `train`, `valid` or `val2017`.
  static func split(named name: some StringProtocol) -> Split? {
    Split(spelling: String(name.reversed().drop { $0.isNumber }.reversed()))
  }

  /// Each split once, in the order train, validation, test.
  private static func ordered(_ found: [Part], _ folder: String) throws(AssayError) -> [Part]? {
    guard !found.isEmpty else { return nil }
    var parts: [Part] = []
    for split in Split.allCases {
      let same = found.filter { $0.split == split }
      guard same.count <= 1 else { throw twice(split, same.map(\.path), folder) }
      parts += same
    }
    return parts
  }

  private static func twice(_ split: Split, _ paths: [String], _ folder: String) -> AssayError {
    AssayError(
      .invalidField,
      "\(folder) tells the split \(split.rawValue) more than once: \(paths.joined(separator: ", ")). Name a file for each split, as in --train FILE --test FILE --reader coco, or keep one of them in the folder.",
      details: ["field": "file", "file": folder, "split": split.rawValue])
  }

  // MARK: - What there is

  /// Names in a folder.
  private struct Inside {
    let folder: String

    init(_ folder: String) { self.folder = folder }

    func names(_ path: String = "") -> [String] {
      (FolderListing.names(in: path.isEmpty ? folder : "\(folder)/\(path)") ?? []).sorted()
    }

    func isFolder(_ path: String) -> Bool { FolderListing.isFolder("\(folder)/\(path)") }

    func documents(_ path: String = "") -> [String] {
      names(path).filter { $0.hasSuffix(".json") }.map { path.isEmpty ? $0 : "\(path)/\($0)" }
    }
  }

  private static func splits(in name: String, of inside: Inside) throws(AssayError) -> [Part]? {
    let found = inside.names(name).filter { inside.isFolder("\(name)/\($0)") }
      .compactMap { inner in split(named: inner).map { Part(path: "\(name)/\(inner)", split: $0) } }
    return try ordered(found, inside.folder)
  }

  /// A folder for each split that holds more than images.
  private static func splitFolders(of inside: Inside) throws(AssayError) -> [Part]? {
    var found: [Part] = []
    for name in inside.names() where inside.isFolder(name) {
      guard let split = split(named: name) else { continue }
      let names = inside.names(name)
      let hasTexts = names.contains { name in
        ["labels", "Annotations"].contains(name) || [".txt", ".xml"].contains(where: name.hasSuffix)
      }
      let documents = inside.documents(name)
      if hasTexts {
        found.append(Part(path: name, split: split))
      } else {
        found += documents.map { Part(path: $0, split: split) }
      }
    }
    return try ordered(found, inside.folder)
  }

  /// JSON files whose names hold a split, or one alone.
  private static func documents(of inside: Inside) throws(AssayError) -> [Part]? {
    var files = inside.documents("annotations") + inside.documents()
    guard files.count > 1 else { return files.isEmpty ? nil : [Part(path: files[0])] }
    // Of the files of COCO those with boxes and masks.
    let instances = files.filter { ($0.split(separator: "/").last ?? "").hasPrefix("instances") }
    if !instances.isEmpty { files = instances }
    let found = files.compactMap { file -> Part? in
      let stem = (file.split(separator: "/").last ?? "").dropLast(".json".count)
      let words = stem.split { !$0.isLetter && !$0.isNumber }
      return words.compactMap { split(named: $0) }.first.map { Part(path: file, split: $0) }
    }
    guard let parts = try ordered(found, inside.folder) else {
      throw AssayError(
        .invalidField,
        "\(inside.folder) holds several JSON files, and their names tell no splits: \(files.prefix(5).joined(separator: ", ")). Name one with --file FILE --reader coco, or one for each split with --train, --validation and --test.",
        details: ["field": "file", "file": inside.folder])
    }
    return parts
  }

  private static func imageSets(of inside: Inside) throws(AssayError) -> [Split: String] {
    let place = "ImageSets/Main"
    let found = inside.names(place).filter { $0.hasSuffix(".txt") }.compactMap { name in
      split(named: name.dropLast(".txt".count)).map { Part(path: "\(place)/\(name)", split: $0) }
    }
    var lists: [Split: String] = [:]
    for part in try ordered(found, inside.folder) ?? [] {
      if let split = part.split { lists[split] = part.path }
    }
    return lists
  }
}
