import Synchronization

public import AssayArrow
import AssayCore

/// One side of a run: a file, a stream or columns in memory.
public struct DataSource: Sendable {
  enum Content: Sendable {
    /// `PATH`, `file:PATH` or `-`.
    case uri(String)
    /// A folder that a data set keeps.
    case folder(DatasetFolder)
    case stream(@Sendable () throws(AssayError) -> any BatchStream)
  }

  let content: Content
  /// The rows to take, from 0; nil for all.
  public var range: Range<Int>?
  /// What a result calls the source; nil for its URI.
  var name: String?

  /// A file by path or `file:` URI; `-` reads JSON lines from standard input.
  ///
  /// The format follows from the extension: csv, tsv, json, jsonl, parquet, arrow,
  /// feather and whatever installed readers offer, also with .gz or .zst.
  public init(_ uri: String, range: Range<Int>? = nil) {
    content = .uri(uri)
    self.range = range
  }

  init(_ folder: DatasetFolder, range: Range<Int>?) {
    content = .folder(folder)
    self.range = range
  }

  /// Columns in memory, under their names; all of the same length.
  public init(_ batch: RecordBatch) {
    self.init(batches: [batch], schema: batch.schema)
  }

  /// Batches in memory.
  ///
  /// - Precondition: Every batch has that schema.
  public init(batches: [RecordBatch], schema: Schema) {
    content = .stream { () throws(AssayError) in MemoryStream(schema: schema, batches: batches) }
  }

  /// A stream, such as an `ArrowStream`, that is read once.
  ///
  /// - Throws: Reading it a second time ends the run with `data.read`.
  public init(_ stream: sending any BatchStream) {
    let once = OneStream(stream)
    content = .stream { () throws(AssayError) in try once.take() }
  }

  /// What a result says about where the data came from.
  var description: String {
    if let name { return name }
    return switch content {
    case .uri(let uri): uri
    case .folder(let folder): folder.path
    case .stream: "memory"
    }
  }
}

/// Gives away a stream that must not be shared.
private final class OneStream: @unchecked Sendable {
  // Invariant: the stream is only touched under the lock, and leaves once.
  private let lock = Mutex(())
  private var stream: (any BatchStream)?

  init(_ stream: sending any BatchStream) { self.stream = stream }

  func take() throws(AssayError) -> any BatchStream {
    let taken = lock.withLock { _ in
      defer { stream = nil }
      return stream
    }
    guard let taken else {
      throw AssayError(.read, "A stream can be read once; give the run one of its own.")
    }
    return taken
  }
}
