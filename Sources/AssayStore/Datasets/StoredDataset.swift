import AssayCore
public import AssayJSON

/// Rows under a name, frozen version by version.
public struct StoredDataset: Sendable, Hashable {
  public var id: String
  public var scope: Scope
  public var name: String
  public var description: String?
  public var metadata: JSONObject
  public var version: DatasetVersion
  public var createdAt: String
  public var updatedAt: String

  /// The bare object that create, get and update print.
  public var json: JSONObject {
    [
      "object": "dataset", "id": .string(id), "name": .string(name),
      "description": JSONValue(description), "version": JSONValue(version.number),
      "content_hash": .string(version.contentHash), "rows": JSONValue(version.rowCount),
      "splits": .object(version.splitCounts), "origin": .object(version.origin),
      "metadata": .object(metadata), "project": .string(scope.project), "owner": .string(scope.owner),
      "created_at": .string(createdAt), "updated_at": .string(updatedAt),
    ]
  }
}

/// The rows of a data set as they were at one time.
public struct DatasetVersion: Sendable, Hashable {
  /// From 1; new content makes one.
  public var number: Int
  /// `sha256:` and the digest of the file's bytes.
  public var contentHash: String
  /// The path of the file with the rows, inside the store's folder.
  public var file: String
  public var rowCount: Int
  /// How many rows each split has, by the split's name.
  public var splits: [String: Int]
  /// Where the rows came from: `{"file": …}`, or `{"container": …, "filters": …}`.
  public var origin: JSONObject

  public init(
    number: Int = 0, contentHash: String, file: String, rowCount: Int, splits: [String: Int],
    origin: JSONObject
  ) {
    self.number = number
    self.contentHash = contentHash
    self.file = file
    self.rowCount = rowCount
    self.splits = splits
    self.origin = origin
  }

  var splitCounts: JSONObject {
    var object = JSONObject()
    for (split, count) in splits.sorted(by: { $0.key < $1.key }) { object[split] = JSONValue(count) }
    return object
  }
}

/// The splits that a data set may have.
public enum Split: String, Sendable, Hashable, CaseIterable {
  case train, validation, test

  /// Reads a split's name; `valid` and `val` are spellings of `validation`.
  public init?(spelling: String) {
    switch spelling.lowercased() {
    case "train", "training": self = .train
    case "validation", "valid", "val": self = .validation
    case "test": self = .test
    default: return nil
    }
  }
}
