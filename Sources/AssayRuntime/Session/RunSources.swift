import AssayArrow
import AssayCore
import AssayData
import AssayHost

/// The two sides of a run, opened: their columns are known, no row was read.
struct RunSources {
  private let sample: Table
  private let groundTruth: Table?
  private let rule: RowRule
  private let isOfPairs: Bool
  let lookup: ColumnLookup
  /// What the readers say of the evaluators' parameters; what comes first goes first.
  let parameters: [ReaderParameters]

  /// - Throws: `data.…` for files that are not there, not readable or of the other side.
  init(_ plan: RunPlan, host: PluginHost) throws(AssayError) {
    let request = plan.request
    func open(_ source: DataSource) throws(AssayError) -> Table {
      if case .folder(let folder) = source.content {
        return try folder.table(range: RowRange(source.range), host: host)
      }
      return try Table(
        source, nullText: request.nullText, reader: try plan.reader(for: source, host: host), host: host)
    }
    rule = try plan.rowRule()
    sample = try open(request.sample)
    groundTruth = try request.groundTruth.map { (source) throws(AssayError) in try open(source) }
    try SideCheck(sample: sample, groundTruth: groundTruth).check()
    let keySide: Side = rule.withoutSample == .empty ? .groundTruth : .sample
    isOfPairs = request.isOfPairs
    lookup = ColumnLookup(
      sample: sample, groundTruth: groundTruth, joinKey: rule.key, keySide: keySide,
      isOfPairs: isOfPairs)
    var parameters: [ReaderParameters] = []
    for table in [groundTruth, sample] {
      guard let table, let given = try ReaderParameters(table) else { continue }
      parameters.append(given)
    }
    self.parameters = parameters
  }

  /// Whether a sample without rows says something: that it found nothing.
  var allowsEmptySample: Bool { groundTruth != nil && rule.withoutSample == .empty }

  /// Starts reading, with these columns and no others.
  func read(_ columns: [NeededColumn]) throws(AssayError) -> RunRows {
    func requests(_ side: Side) -> [ColumnRequest] {
      var requests = columns.filter { $0.found.side == side }
        .map { ColumnRequest($0.found.field.name, accepts: $0.accepted) }
      if let key = rule.key, groundTruth != nil || self.sample.find(key) != nil { requests.append(ColumnRequest(key)) }
      return requests
    }
    let left = CountingStream(try self.sample.read(requests(.sample)))
    guard let groundTruth else {
      let rows = try grouped(left, .sample, self.sample, columns)
      return RunRows(stream: rows, sides: [.sample: left], joined: nil, key: rule.key)
    }
    let right = CountingStream(try groundTruth.read(requests(.groundTruth)))
    let sides: [Side: CountingStream] = [.sample: left, .groundTruth: right]
    let sample = try grouped(left, .sample, self.sample, columns)
    let truth = try grouped(right, .groundTruth, groundTruth, columns)
    guard let key = rule.key else {
      let joined = JoinedStream(byPosition: sample, groundTruth: truth, isOfPairs: isOfPairs)
      return RunRows(stream: joined, sides: sides, joined: joined, key: nil)
    }
    var join = JoinRule(on: key)
    join.isOfPairs = isOfPairs
    join.keepsRowsWithoutSample = rule.withoutSample == .empty
    join.refusesUnknownKeys = rule.withoutGroundTruth == .error
    join.names = [.sample: self.sample.name, .groundTruth: groundTruth.name]
    let joined = try JoinedStream(sample: sample, groundTruth: truth, rule: join)
    let side: Side = join.keepsRowsWithoutSample ? .groundTruth : .sample
    return RunRows(stream: joined, sides: sides, joined: joined, key: "\(side.rawValue).\(key)")
  }
}

extension RunSources {
  /// The rows of a side, put together by the key where a role takes a list and the side
  /// has single values: a row for each box where a row is an image.
  ///
  /// - Throws: `usage.invalid` where there is no key.
  private func grouped(
    _ stream: CountingStream, _ side: Side, _ table: Table, _ columns: [NeededColumn]
  ) throws(AssayError) -> any BatchStream {
    let lists = columns.filter { $0.found.side == side && $0.takesLists }.map(\.found.field.name)
    let single = lists.first { name in
      stream.schema.fields.contains { $0.name == name && !$0.type.isList }
    }
    guard let single else { return stream }
    // With the key of another side, or without one, nothing says what belongs together.
    guard let key = rule.key, stream.schema.index(of: key) != nil else {
      throw AssayError(
        .usage,
        "\(table.name): the column \"\(single)\" has one value a row where a list is wanted. Say with "
          + "--join-on COLUMN which rows belong together.",
        details: ["column": single, "file": table.name])
    }
    return try GroupedStream(stream, by: key, lists: Set(lists), named: table.name, side: side)
  }
}

/// A column that a run reads.
struct NeededColumn {
  var found: FoundColumn
  /// The types that it may have in the end; empty for its own.
  var accepted: [DataType] = []

  /// Whether a role takes lists, and nothing else.
  var takesLists: Bool { !accepted.isEmpty && accepted.allSatisfy(\.isList) }
}

/// The rows of a run while they are read.
struct RunRows {
  let stream: any BatchStream
  private let sides: [Side: CountingStream]
  private let joined: JoinedStream?
  /// The name of the key's column in the batches.
  private let key: String?

  fileprivate init(
    stream: any BatchStream, sides: [Side: CountingStream], joined: JoinedStream?, key: String?
  ) {
    self.stream = stream
    self.sides = sides
    self.joined = joined
    self.key = key
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
  var keyPosition: Int? { key.flatMap { stream.schema.index(of: $0) } }

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

extension RowRange {
  fileprivate init(_ range: Range<Int>?) { self.init(first: range?.lowerBound ?? 0, end: range?.upperBound) }
}

extension Table {
  /// Opens a side as the request describes it.
  fileprivate convenience init(
    _ source: DataSource, nullText: [String], reader: InstalledReader?, host: PluginHost
  ) throws(AssayError) {
    let range = RowRange(source.range)
    switch source.content {
    case .folder(let folder): throw AssayError(.internal, "\(folder.path) was not opened as a folder.")
    case .stream(let open): self.init(try open(), range: range)
    case .uri(let text):
      let chosen = reader.map { reader in
        ChosenReader(
          name: "the reader \"\(reader.name)\" of \(reader.plugin)", opensFolders: reader.opensFolders
        ) { (path, options) throws(AssayError) in
          try host.openReader(reader, uri: path, options: options)
        }
      }
      try self.init(
        opening: SourceURI(parsing: text), range: range, nullText: nullText, chosen: chosen
      ) { (ending, path, options) throws(AssayError) in
        try host.openReader(for: ending, uri: path, options: options)
      }
    }
  }
}
