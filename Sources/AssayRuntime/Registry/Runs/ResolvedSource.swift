import AssayCore
import AssayJSON
import AssayStore
import AssayStore
import Glibc

/// One side of a run as it turned out to be: a file that is known by its content.
///
/// Data sets and predictions lie in the store, frozen; task logs and standard input are
/// copied into it. A file that the user named stays where it is, and is held to its
/// digest: the run is about those bytes and no others.
struct ResolvedSource: Sendable, Hashable {
  /// As results and messages call it.
  var name: String
  /// `file`, `dataset`, `container`, `prediction`.
  var kind: String
  var path: String
  /// Of the file's bytes, in hexadecimal; nil where it was not made yet.
  var sha256: String?
  var range: Range<Int>?
  /// The rows of the whole source, where they are known.
  var rows: Int?
  /// The splits that its rows have.
  var splits: [String] = []
  /// The one split that is meant.
  var split: String?
  /// The word that the rows have for the split.
  var splitWord: String?
  /// Of a data set that is a folder: what of it is read.
  var folder: DatasetFolder?
  /// What else tells where it came from: ids and versions.
  var origin = JSONObject()

  /// How many rows are taken, where that is known.
  var takenRows: Int? {
    rows.map { rows in
      guard let range else { return rows }
      return max(0, min(range.upperBound, rows) - range.lowerBound)
    }
  }

  var dataSource: DataSource {
    var source = folder.map { DataSource($0, range: range) } ?? DataSource("file:" + path, range: range)
    source.name = name
    return source
  }

  /// The source as a run shows it.
  var json: JSONObject {
    var object: JSONObject = ["type": .string(kind), "uri": .string(name)]
    for (key, value) in origin { object[key] = value }
    object["path"] = .string(path)
    object["sha256"] = JSONValue(sha256)
    object["rows"] = rows.map { JSONValue($0) } ?? .null
    object["range"] = range.map { .string($0.text) } ?? .null
    if !splits.isEmpty { object["splits"] = .array(splits.map { .string($0) }) }
    if let split { object["split"] = .string(split) }
    if let splitWord { object["split_word"] = .string(splitWord) }
    for (key, value) in folder?.json ?? [:] { object[key] = value }
    return object
  }

  /// Reads what ``json`` wrote.
  init?(json: JSONValue, side: Side) {
    guard let object = json.objectValue, let name = object["uri"]?.stringValue,
      let path = object["path"]?.stringValue
    else { return nil }
    self.init(name: name, kind: object["type"]?.stringValue ?? "file", path: path)
    sha256 = object["sha256"]?.stringValue
    rows = object["rows"]?.integerValue.map { Int($0) }
    range = object["range"]?.stringValue.flatMap { try? RunSource.rows($0, side) }
    splits = object["splits"]?.arrayValue?.compactMap(\.stringValue) ?? []
    split = object["split"]?.stringValue
    splitWord = object["split_word"]?.stringValue
    folder = DatasetFolder(json: object, path: path)
    folder?.split = split.flatMap(Split.init(rawValue:))
    let described = folder?.json ?? [:]
    for (key, value) in object where !Self.ownMembers.contains(key) && described[key] == nil {
      origin[key] = value
    }
  }

  /// What ``json`` says of the source itself; the rest is its origin.
  private static let ownMembers = [
    "type", "uri", "path", "sha256", "rows", "range", "splits", "split", "split_word",
  ]

  init(name: String, kind: String, path: String) {
    self.name = name
    self.kind = kind
    self.path = path
  }

  /// Makes sure that the content is the one that the run is about.
  ///
  /// - Throws: `run.source-changed` where it is another, `data.missing-file` where it is gone.
  func verify() throws(AssayError) {
    guard let sha256 else { return }
    guard let found = AssayRuntime.sha256(sourceAt: path, isCancelled: { false }) else {
      throw AssayError(
        .sourceChanged,
        "\(name) is not there any more, or cannot be read: \(path). Put it back, or make a new run.",
        details: ["file": path])
    }
    guard found == sha256 else {
      throw AssayError(
        .sourceChanged,
        "\(name) has changed since the run was made: \(path). Put the old content back, or make a new run.",
        details: ["file": path, "expected": sha256, "found": found])
    }
  }
}

extension AssayError.Code {
  /// A file of a run is gone, or has other content than when the run was made.
  public static let sourceChanged = Self(rawValue: "run.source-changed")
  /// A run that needs a model to be called, which this build does not do.
  public static let generateUnavailable = Self(rawValue: "run.generate-unavailable")
  /// An evaluator is not the one any more that the run was made with.
  public static let evaluatorChanged = Self(rawValue: "run.evaluator-changed")
}
