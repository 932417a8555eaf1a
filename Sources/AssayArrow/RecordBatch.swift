/// Rows of several columns: Arrow in memory, immutable, shared by copies.
public struct RecordBatch: Sendable {
  public let schema: Schema
  public let columns: [Column]
  public let rowCount: Int

  /// - Precondition: A column for each field, all of `rowCount` rows.
  public init(schema: Schema, columns: [Column], rowCount: Int) {
    precondition(schema.fields.count == columns.count)
    precondition(columns.allSatisfy { $0.length == rowCount })
    self.schema = schema
    self.columns = columns
    self.rowCount = rowCount
  }

  /// The columns under these names; all of the same length, and at least one.
  public init(_ columns: KeyValuePairs<String, Column>) {
    self.init(
      schema: Schema(columns.map { Field($0.key, $0.value.type) }),
      columns: columns.map(\.value), rowCount: columns.first?.value.length ?? 0)
  }

  /// The first column of that name.
  public func column(named name: String) -> Column? {
    schema.index(of: name).map { columns[$0] }
  }

  /// Fewer rows. Nothing is copied.
  public func slice(offset: Int, count: Int) -> RecordBatch {
    RecordBatch(
      schema: schema, columns: columns.map { $0.slice(offset: offset, count: count) },
      rowCount: count)
  }

  /// The rows of these positions, in that order.
  public func gather(_ rows: [Int32]) -> RecordBatch {
    RecordBatch(schema: schema, columns: columns.map { $0.gather(rows) }, rowCount: rows.count)
  }

  /// The columns of these names, in that order; nil where one is not there.
  public func selecting(_ names: [String]) -> RecordBatch? {
    var picked: [Int] = []
    for name in names {
      guard let index = schema.index(of: name) else { return nil }
      picked.append(index)
    }
    return RecordBatch(
      schema: Schema(picked.map { schema.fields[$0] }), columns: picked.map { columns[$0] },
      rowCount: rowCount)
  }

  /// The batches one after the other.
  ///
  /// - Precondition: At least one batch; all of the same schema.
  public static func concatenate(_ batches: [RecordBatch]) -> RecordBatch {
    precondition(!batches.isEmpty)
    if batches.count == 1 { return batches[0] }
    let columns = batches[0].columns.indices.map { index in
      Column.concatenate(batches.map { $0.columns[index] })
    }
    return RecordBatch(
      schema: batches[0].schema, columns: columns,
      rowCount: batches.reduce(0) { $0 + $1.rowCount })
  }
}
