import AssayArrow
import AssayCore

/// The rows of the ground truth, each with its partner or without one: the sample is
/// held in memory as it came, the ground truth streams.
struct TruthJoining: Joining {
  let schema: Schema
  var report = JoinReport()
  private let sample: any BatchStream
  private let groundTruth: any BatchStream
  private let rule: JoinRule
  private let comparesText: Bool
  private var held: HeldSample?
  private var rest: RecordBatch?
  private var truthKeys: [Column] = []
  private var nextRow = 0
  private var isAtEnd = false

  /// Rows that are put together at once: enough to copy by the block, few enough that
  /// what was gathered is soon let go.
  private static let batchRows = 2048

  init(sample: any BatchStream, groundTruth: any BatchStream, rule: JoinRule) throws(AssayError) {
    func keyType(_ schema: Schema, _ side: Side) throws(AssayError) -> DataType {
      guard let index = schema.index(of: rule.column(side)) else { throw rule.missingKey(side) }
      return schema.fields[index].type
    }
    let types = (try keyType(sample.schema, .sample), try keyType(groundTruth.schema, .groundTruth))
    comparesText = types.0.isTextual || types.1.isTextual
    self.sample = sample
    self.groundTruth = groundTruth
    self.rule = rule
    let decoded = Schema(sample.schema.fields.map { Field($0.name, $0.type.decoded) })
    schema = joinedSchema(decoded, groundTruth.schema)
  }

  mutating func next() throws(AssayError) -> RecordBatch? {
    if held == nil { held = try HeldSample(sample, rule: rule, comparesText: comparesText) }
    guard let truth = try nextTruth() else {
      if !isAtEnd { try finish() }
      isAtEnd = true
      return nil
    }
    let places = try match(truth)
    nextRow += truth.rowCount
    let columns = (held?.columns ?? []).map { Column.gather(places, from: $0) }
    return RecordBatch(schema: schema, columns: columns + truth.columns, rowCount: truth.rowCount)
  }

  /// Some rows of the ground truth; nil after the last one.
  private mutating func nextTruth() throws(AssayError) -> RecordBatch? {
    while rest == nil {
      guard let batch = try groundTruth.next() else { return nil }
      if batch.rowCount > 0 { rest = batch }
    }
    guard let batch = rest, batch.rowCount > Self.batchRows else {
      defer { rest = nil }
      return rest
    }
    rest = batch.slice(offset: Self.batchRows, count: batch.rowCount - Self.batchRows)
    return batch.slice(offset: 0, count: Self.batchRows)
  }

  /// For each row of the ground truth the sample's place.
  private mutating func match(_ truth: RecordBatch) throws(AssayError) -> [RowPlace] {
    guard let column = truth.column(named: rule.key.groundTruth) else { throw rule.missingKey(.groundTruth) }
    let keys = try JoinKeys(
      column, named: rule.key.groundTruth, side: .groundTruth, asText: comparesText, firstRow: nextRow)
    truthKeys.append(column.decoded())
    var places: [RowPlace] = []
    places.reserveCapacity(keys.count)
    for row in 0..<keys.count {
      guard let place = try held?.take(keys, at: row, numbered: nextRow + row) else {
        report.keptWithoutSample += 1
        places.append(.absent)
        continue
      }
      report.matched += 1
      places.append(place)
    }
    return places
  }

  /// Looks for keys of the ground truth that occur twice and for rows of the sample that
  /// nobody took.
  private mutating func finish() throws(AssayError) {
    if !truthKeys.isEmpty {
      let keys = try JoinKeys(
        Column.concatenate(truthKeys), named: rule.key.groundTruth, side: .groundTruth,
        asText: comparesText, firstRow: 0)
      _ = try KeyIndex(keys, named: rule.key.groundTruth, side: .groundTruth)
    }
    for (row, key) in held?.untaken() ?? [] {
      if rule.refusesUnknownKeys { throw rule.unknown(key(), row: row) }
      report.addMissingFromGroundTruth(key())
    }
    held = nil
  }
}

/// The sample of a join that the ground truth drives.
private struct HeldSample {
  /// By column, its part in each batch.
  let columns: [[Column]]
  private let index: KeyIndex
  private let rule: JoinRule
  /// The number of the first row of each batch.
  private var firstRows: [Int] = []
  private var isTaken: [Bool]

  init(_ stream: any BatchStream, rule: JoinRule, comparesText: Bool) throws(AssayError) {
    self.rule = rule
    var columns = [[Column]](repeating: [], count: stream.schema.fields.count)
    var rows = 0
    while let batch = try stream.next() {
      guard batch.rowCount > 0 else { continue }
      firstRows.append(rows)
      rows += batch.rowCount
      for (position, column) in batch.columns.enumerated() { columns[position].append(column.decoded()) }
    }
    guard rows <= Int(Int32.max) else {
      throw AssayError(.keyInvalid, "The sample has \(rows) rows, more than a join by key can hold.")
    }
    for (position, field) in stream.schema.fields.enumerated() where columns[position].isEmpty {
      columns[position] = [Column(nulls: 0, of: field.type.decoded)]
    }
    guard let position = stream.schema.index(of: rule.key.sample) else { throw rule.missingKey(.sample) }
    let keys = try JoinKeys(
      Column.concatenate(columns[position]), named: rule.key.sample, side: .sample,
      asText: comparesText, firstRow: 0)
    index = try KeyIndex(keys, named: rule.key.sample, side: .sample)
    isTaken = [Bool](repeating: false, count: rows)
    self.columns = columns
  }

  /// The place of the row with a key; nil where there is none.
  ///
  /// - Throws: `data.duplicate-key` where it was taken before.
  mutating func take(_ keys: JoinKeys, at row: Int, numbered number: Int) throws(AssayError) -> RowPlace? {
    guard let found = index.row(of: keys, at: row) else { return nil }
    guard !isTaken[found] else {
      throw KeyIndex.duplicate(
        keys.text(at: row), named: rule.key.groundTruth, side: .groundTruth, rows: (nil, number + 1))
    }
    isTaken[found] = true
    var part = firstRows.count - 1
    if part > 0 {
      var (low, high) = (0, firstRows.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if firstRows[middle] <= found { low = middle } else { high = middle }
      }
      part = low
    }
    return RowPlace(part: Int32(part), row: Int32(found - firstRows[part]))
  }

  /// The rows that nobody took, each with its key.
  func untaken() -> [(row: Int, key: () -> String)] {
    isTaken.indices.lazy.filter { !isTaken[$0] }.map { row in (row, { index.keys.text(at: row) }) }
  }
}
