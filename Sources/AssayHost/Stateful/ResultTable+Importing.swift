import AssayArrow
import AssayCore

extension ResultTable {
  /// A reported table, checked against its declaration.
  ///
  /// Narrower numbers widen to the declared type; the columns come in the declared
  /// order, whatever order they were reported in.
  /// - Throws: `plugin.misbehaved` for a column that is missing, too many, or of a
  ///   type that the declared one does not hold.
  init(_ batch: RecordBatch, declared: FindingsContract.Table) throws(AssayError) {
    let names = declared.columns.map(\.name)
    if let stranger = batch.schema.fields.first(where: { !names.contains($0.name) }) {
      throw AssayError(.pluginMisbehaved, "the column \"\(stranger.name)\" is not declared")
    }
    var columns: [ResultTable.Column] = []
    for field in declared.columns {
      guard let column = batch.column(named: field.name) else {
        throw AssayError(.pluginMisbehaved, "the column \"\(field.name)\" is missing")
      }
      guard let values = Values(column, as: field.type) else {
        throw AssayError(
          .pluginMisbehaved,
          "the column \"\(field.name)\" is \(column.type.name), and declared as \(field.type.name)")
      }
      columns.append(ResultTable.Column(name: field.name, values: values))
    }
    self.init(name: declared.name, columns: columns, plot: declared.plot)
  }
}

extension ResultTable.Values {
  /// The values of a column as the declared type; nil where it does not hold them.
  /// NaN and the infinities become null: a result has no such numbers.
  fileprivate init?(_ column: AssayArrow.Column, as type: DataType) {
    let rows = 0..<column.length
    switch type {
    case .bool where column.type == .bool:
      self = .bool(rows.map { column.isValid($0) ? column.bool(at: $0) : nil })
    case .int64 where column.type.isInteger:
      self = .int64(rows.map { column.integer(at: $0).map(Int64.init) })
    case .float64 where column.type.isInteger || column.type.isFloatingPoint:
      self = .float64(rows.map { column.number(at: $0) })
    case .utf8:
      guard column.type.holdsText else { return nil }
      self = .utf8(rows.map { column.string(at: $0) })
    default: return nil
    }
  }
}

extension AssayArrow.Column {
  /// The finite number of a row of numbers.
  fileprivate func number(at row: Int) -> Double? {
    guard isValid(row) else { return nil }
    let value: Double?
    switch type {
    case .float64: value = try? values(of: Double.self)[row]
    case .float32: value = try? Double(values(of: Float.self)[row])
    default: value = integer(at: row).map(Double.init)
    }
    return value.flatMap { $0.isFinite ? $0 : nil }
  }
}

extension DataType {
  fileprivate var holdsText: Bool {
    if case .dictionary(_, let values) = self { return values.isText }
    return isText
  }
}
