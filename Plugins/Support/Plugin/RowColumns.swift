public import AssayArrow

/// What an evaluator says of each row of a batch: columns of numbers by name, in which NaN
/// is null.
public struct RowColumns {
  private var fields: [Field] = []
  private var columns: [Column] = []

  public init() {}

  public mutating func add(_ name: String, _ values: [Double]) {
    let column = Column(values)
    fields.append(Field(name, .float64))
    columns.append(values.contains { $0.isNaN } ? column.masked { !values[$0].isNaN } : column)
  }

  /// All columns.
  ///
  /// - Precondition: There is one at least, and all have as many rows.
  public var batch: RecordBatch {
    RecordBatch(schema: Schema(fields), columns: columns, rowCount: columns[0].length)
  }
}

extension Span<Double> {
  public var values: [Double] { indices.map { self[$0] } }
}
