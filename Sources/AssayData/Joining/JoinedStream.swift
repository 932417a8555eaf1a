public import AssayArrow
public import AssayCore

/// The rows of both sides, side by side.
///
/// Columns are called `sample.NAME` and `ground_truth.NAME`, the sample's first; rows
/// come in the sample's order. By key, the ground truth is held in memory and the
/// sample streams; by position, both stream.
public final class JoinedStream: BatchStream {
  public let schema: Schema
  /// Complete after the last batch.
  public private(set) var report = JoinReport()
  private var joining: any Joining

  /// Joins on the values of a column of each side.
  ///
  /// Reads the whole ground truth. Integers meet integers by value, and text by
  /// their decimal digits.
  /// - Throws: `data.missing-column`, `data.invalid-key`, `data.duplicate-key` for the
  ///   ground truth here and for the sample in `next`.
  public init(
    sample: any BatchStream, groundTruth: any BatchStream,
    on key: (sample: String, groundTruth: String)
  ) throws(AssayError) {
    let joining = try KeyJoining(sample: sample, groundTruth: groundTruth, on: key)
    schema = joining.schema
    self.joining = joining
  }

  /// Joins the first row with the first, the second with the second, and so on.
  ///
  /// `next` throws `data.different-lengths`, with both lengths, where one side ends first.
  public init(byPosition sample: any BatchStream, groundTruth: any BatchStream) {
    let joining = PositionJoining(sample: sample, groundTruth: groundTruth)
    schema = joining.schema
    self.joining = joining
  }

  public func next() throws(AssayError) -> RecordBatch? {
    let batch = try joining.next()
    report = joining.report
    return batch
  }
}

/// A way of putting rows side by side.
protocol Joining {
  var schema: Schema { get }
  var report: JoinReport { get }
  mutating func next() throws(AssayError) -> RecordBatch?
}

/// The schema of both sides' columns.
func joinedSchema(_ sample: Schema, _ groundTruth: Schema) -> Schema {
  let prefixed = { (schema: Schema, side: Side) in
    schema.fields.map { Field("\(side.rawValue).\($0.name)", $0.type, isNullable: $0.isNullable) }
  }
  return Schema(prefixed(sample, .sample) + prefixed(groundTruth, .groundTruth))
}

private struct KeyJoining: Joining {
  let schema: Schema
  var report = JoinReport()
  private let sample: any BatchStream
  private let key: (sample: String, groundTruth: String)
  private let truth: RecordBatch
  private let index: KeyIndex
  private let comparesText: Bool
  private var isMatched: [Bool]
  private var nextRow = 0
  private var isAtEnd = false

  init(
    sample: any BatchStream, groundTruth: any BatchStream, on key: (sample: String, groundTruth: String)
  ) throws(AssayError) {
    self.sample = sample
    self.key = key
    truth = try Self.collect(groundTruth)
    guard let keyColumn = truth.column(named: key.groundTruth) else {
      throw Self.missingKey(key.groundTruth, .groundTruth)
    }
    guard let position = sample.schema.index(of: key.sample) else {
      throw Self.missingKey(key.sample, .sample)
    }
    comparesText = sample.schema.fields[position].type.isTextual || keyColumn.type.isTextual
    let keys = try JoinKeys(
      keyColumn, named: key.groundTruth, side: .groundTruth, asText: comparesText, firstRow: 0)
    index = try KeyIndex(keys, named: key.groundTruth, side: .groundTruth)
    isMatched = [Bool](repeating: false, count: keys.count)
    schema = joinedSchema(sample.schema, truth.schema)
  }

  mutating func next() throws(AssayError) -> RecordBatch? {
    while let batch = try sample.next() {
      let (left, right) = try match(batch)
      nextRow += batch.rowCount
      guard !left.isEmpty else { continue }
      report.matched += left.count
      let kept = left.count == batch.rowCount ? batch : batch.gather(left)
      return RecordBatch(
        schema: schema, columns: kept.columns + truth.gather(right).columns, rowCount: left.count)
    }
    if !isAtEnd { countUnmatchedTruth() }
    isAtEnd = true
    return nil
  }

  private mutating func match(_ batch: RecordBatch) throws(AssayError) -> (left: [Int32], right: [Int32]) {
    guard let column = batch.column(named: key.sample) else { throw Self.missingKey(key.sample, .sample) }
    let keys = try JoinKeys(
      column, named: key.sample, side: .sample, asText: comparesText, firstRow: nextRow)
    var left: [Int32] = []
    var right: [Int32] = []
    left.reserveCapacity(keys.count)
    right.reserveCapacity(keys.count)
    for row in 0..<keys.count {
      guard let found = index.row(of: keys, at: row) else {
        report.missingFromGroundTruth += 1
        if report.firstMissingFromGroundTruth.count < JoinReport.listed {
          report.firstMissingFromGroundTruth.append(keys.text(at: row))
        }
        continue
      }
      if isMatched[found] {
        throw KeyIndex.duplicate(
          keys.text(at: row), named: key.sample, side: .sample, rows: (nil, nextRow + row + 1))
      }
      isMatched[found] = true
      left.append(Int32(row))
      right.append(Int32(found))
    }
    return (left, right)
  }

  private mutating func countUnmatchedTruth() {
    for row in isMatched.indices where !isMatched[row] {
      report.missingFromSample += 1
      if report.firstMissingFromSample.count < JoinReport.listed {
        report.firstMissingFromSample.append(index.keys.text(at: row))
      }
    }
  }

  /// All rows as one batch; texts of 2 GiB and more get wide offsets.
  private static func collect(_ stream: any BatchStream) throws(AssayError) -> RecordBatch {
    var batches: [RecordBatch] = []
    while let batch = try stream.next() { batches.append(batch) }
    guard let first = batches.first else {
      let columns = stream.schema.fields.map { Column(nulls: 0, of: $0.type) }
      return RecordBatch(schema: stream.schema, columns: columns, rowCount: 0)
    }
    var fields = first.schema.fields
    var columns: [Column] = []
    for position in fields.indices {
      var parts = batches.map { $0.columns[position].decoded() }
      let bytes = parts.reduce(0) { $0 + $1.textByteCount }
      if bytes > Int(Int32.max), parts[0].type.isText {
        var wide: [Column] = []
        for part in parts { wide.append(try part.cast(to: .largeUtf8)) }
        parts = wide
      }
      columns.append(Column.concatenate(parts))
      fields[position].type = columns[position].type
    }
    let rows = batches.reduce(0) { $0 + $1.rowCount }
    guard rows <= Int(Int32.max) else {
      throw AssayError(
        .keyInvalid, "The ground truth has \(rows) rows, more than a join by key can hold.")
    }
    return RecordBatch(schema: Schema(fields), columns: columns, rowCount: rows)
  }

  private static func missingKey(_ name: String, _ side: Side) -> AssayError {
    AssayError(
      .columnMissing, "The \(side.words) has no column \"\(name)\" to join on.",
      details: ["column": name, "side": side.rawValue])
  }
}

private struct PositionJoining: Joining {
  let schema: Schema
  var report = JoinReport()
  private let sample: any BatchStream
  private let groundTruth: any BatchStream
  private var left: RecordBatch?
  private var right: RecordBatch?

  init(sample: any BatchStream, groundTruth: any BatchStream) {
    self.sample = sample
    self.groundTruth = groundTruth
    schema = joinedSchema(sample.schema, groundTruth.schema)
  }

  mutating func next() throws(AssayError) -> RecordBatch? {
    left = try Self.filled(left, from: sample)
    right = try Self.filled(right, from: groundTruth)
    guard let left, let right else {
      if left != nil || right != nil { throw try differentLengths() }
      return nil
    }
    let count = min(left.rowCount, right.rowCount)
    self.left = Self.rest(of: left, after: count)
    self.right = Self.rest(of: right, after: count)
    report.matched += count
    return RecordBatch(
      schema: schema,
      columns: left.slice(offset: 0, count: count).columns + right.slice(offset: 0, count: count).columns,
      rowCount: count)
  }

  private static func filled(
    _ batch: RecordBatch?, from stream: any BatchStream
  ) throws(AssayError) -> RecordBatch? {
    if let batch { return batch }
    while let next = try stream.next() { if next.rowCount > 0 { return next } }
    return nil
  }

  private static func rest(of batch: RecordBatch, after count: Int) -> RecordBatch? {
    batch.rowCount == count ? nil : batch.slice(offset: count, count: batch.rowCount - count)
  }

  /// Counts what is left, so that both lengths can be named.
  private mutating func differentLengths() throws(AssayError) -> AssayError {
    var lengths = (report.matched + (left?.rowCount ?? 0), report.matched + (right?.rowCount ?? 0))
    while let batch = try sample.next() { lengths.0 += batch.rowCount }
    while let batch = try groundTruth.next() { lengths.1 += batch.rowCount }
    return AssayError(
      .lengthMismatch,
      "The sample has \(lengths.0) rows and the ground truth \(lengths.1). Join them on a column with --join-on.",
      details: ["sample": String(lengths.0), "ground_truth": String(lengths.1)])
  }
}

extension DataType {
  /// Whether values are text, also behind a dictionary.
  var isTextual: Bool {
    if case .dictionary(_, let values) = self { return values.isText }
    return isText
  }
}
