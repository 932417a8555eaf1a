import AssayArrow
import AssayPluginKit

extension NameTable {
  /// What ``find(_:role:)`` answers for a name that the table lacks.
  static var unknown: UInt32 { .max }

  /// The numbers of a column's names: texts as they are; numbers and truth values as they are
  /// written, 1.0 as 1.
  ///
  /// - Throws: ``PluginError`` `badData` for a number that is not finite, `unsupported` for a
  ///   column of another type.
  mutating func add(_ column: Column, role: String) throws(PluginError) -> [UInt32] {
    if column.type.isText { return (0..<column.length).map { UInt32(number(of: column.bytes(at: $0))) } }
    return try Self.texts(column, role: role).map { UInt32(number(of: $0)) }
  }

  /// The same of names that are there already; ``unknown`` for others.
  func find(_ column: Column, role: String) throws(PluginError) -> [UInt32] {
    if column.type.isText {
      return (0..<column.length).map { find(column.bytes(at: $0)).map { UInt32($0) } ?? Self.unknown }
    }
    return try Self.texts(column, role: role).map { find($0).map { UInt32($0) } ?? Self.unknown }
  }

  private static func texts(_ column: Column, role: String) throws(PluginError) -> [String] {
    switch column.type {
    case .bool: return (0..<column.length).map { column.bool(at: $0) ? "true" : "false" }
    case .int64:
      let values = try column.numbers(Int64.self)
      return values.indices.map { String(values[$0]) }
    case .float64:
      let values = try column.numbers(Double.self)
      if let row = values.indices.first(where: { !values[$0].isFinite }) {
        throw PluginError(
          .badData, "The value \(values[row]) of \(role) is not a finite number.", row: row)
      }
      return values.indices.map { text(values[$0]) }
    default:
      throw PluginError(
        .unsupported, "The role \(role) holds \(column.type.name); text, numbers or bool are needed.")
    }
  }

  /// A finite number as it is written, without a fraction where it has none.
  static func text(_ value: Double) -> String {
    abs(value) < 0x1p53 && value == value.rounded() ? String(Int64(value)) : value.description
  }
}
