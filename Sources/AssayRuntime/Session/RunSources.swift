import AssayArrow
import AssayCore
import AssayData
import AssayHost

/// The two sides of a run, opened: their columns are known, no row was read.
struct RunSources {
  private let sample: Table
  private let groundTruth: Table?
  private let joinKey: String?
  let lookup: ColumnLookup

  /// - Throws: `data.…` for files that are not there or not readable.
  init(_ request: RunRequest, host: PluginHost) throws(AssayError) {
    func open(_ source: DataSource) throws(AssayError) -> Table {
      try Table(source, nullText: request.nullText, host: host)
    }
    sample = try open(request.sample)
    groundTruth = try request.groundTruth.map { (source) throws(AssayError) in try open(source) }
    joinKey = request.joinKey
    lookup = ColumnLookup(sample: sample, groundTruth: groundTruth, joinKey: joinKey)
  }

  /// Starts reading, with these columns and no others.
  func read(_ columns: [NeededColumn]) throws(AssayError) -> RunRows {
    func requests(_ side: Side) -> [ColumnRequest] {
      var requests = columns.filter { $0.found.side == side }
        .map { ColumnRequest($0.found.field.name, accepts: $0.accepted) }
      if let joinKey, groundTruth != nil { requests.append(ColumnRequest(joinKey)) }
      return requests
    }
    let left = CountingStream(try sample.read(requests(.sample)))
    guard let groundTruth else {
      return RunRows(stream: left, sides: [.sample: left], joined: nil, joinKey: joinKey)
    }
    let right = CountingStream(try groundTruth.read(requests(.groundTruth)))
    let joined: JoinedStream
    if let joinKey {
      joined = try JoinedStream(sample: left, groundTruth: right, on: (joinKey, joinKey))
    } else {
      joined = JoinedStream(byPosition: left, groundTruth: right)
    }
    return RunRows(
      stream: joined, sides: [.sample: left, .groundTruth: right], joined: joined, joinKey: joinKey)
  }
}

/// A column that a run reads.
struct NeededColumn {
  var found: FoundColumn
  /// The types that it may have in the end; empty for its own.
  var accepted: [DataType] = []
}

/// The rows of a run while they are read.
struct RunRows {
  let stream: any BatchStream
  private let sides: [Side: CountingStream]
  private let joined: JoinedStream?
  private let joinKey: String?

  fileprivate init(
    stream: any BatchStream, sides: [Side: CountingStream], joined: JoinedStream?, joinKey: String?
  ) {
    self.stream = stream
    self.sides = sides
    self.joined = joined
    self.joinKey = joinKey
  }

  /// Where a column stands in the batches.
  func position(of column: FoundColumn) throws(AssayError) -> Int {
    let name = column.field.name
    let joinedName = joined == nil ? name : "\(column.side.rawValue).\(name)"
    guard let position = stream.schema.index(of: joinedName) else {
      throw AssayError(.internal, "The reader did not deliver the column \"\(name)\".")
    }
    return position
  }

  /// Where the join key stands, or a key of one side.
  var keyPosition: Int? {
    joinKey.flatMap { key in
      stream.schema.index(of: joined == nil ? key : "\(Side.sample.rawValue).\(key)")
    }
  }

  /// How many rows a side had; complete after the last batch.
  func count(of side: Side) -> Int { sides[side]?.rows ?? 0 }

  /// How the sides met; complete after the last batch.
  var report: JoinReport? { joined?.report }
}

/// Counts the rows of a stream as they pass.
private final class CountingStream: BatchStream {
  private let stream: any BatchStream
  private(set) var rows = 0

  init(_ stream: any BatchStream) { self.stream = stream }

  var schema: Schema { stream.schema }

  func next() throws(AssayError) -> RecordBatch? {
    let batch = try stream.next()
    rows += batch?.rowCount ?? 0
    return batch
  }
}

extension Table {
  /// Opens a side as the request describes it.
  fileprivate convenience init(
    _ source: DataSource, nullText: [String], host: PluginHost
  ) throws(AssayError) {
    let range = RowRange(first: source.range?.lowerBound ?? 0, end: source.range?.upperBound)
    switch source.content {
    case .stream(let open): self.init(try open(), range: range)
    case .uri(let text):
      try self.init(opening: SourceURI(parsing: text), range: range, nullText: nullText) {
        (ending, path, options) throws(AssayError) in
        try host.openReader(for: ending, uri: path, options: options)
      }
    }
  }
}
