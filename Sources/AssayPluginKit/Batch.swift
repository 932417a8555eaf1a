public import AssayArrow
import AssayCore
public import CAssayPlugin

/// The rows that one call of `update` brings, a column per bound role.
///
/// The host has cast every column to one of the types that the manifest lists for
/// its role. Nulls occur only where the role admits them.
public struct Batch {
  /// The columns as Arrow has them, named by their roles.
  public let rows: RecordBatch

  public init(_ rows: RecordBatch) { self.rows = rows }

  /// Takes over what the host handed to `update`.
  ///
  /// - Throws: ``PluginError`` `badData` where it breaks Arrow's rules.
  @unsafe
  public init(
    schema: UnsafePointer<ArrowSchema>?, moving array: UnsafeMutablePointer<ArrowArray>?
  ) throws(PluginError) {
    guard let schema = unsafe schema, let array = unsafe array else {
      throw PluginError(.internal, "The host handed over no batch.")
    }
    do {
      rows = try unsafe RecordBatch(moving: array, schema: Schema(importing: schema))
    } catch {
      throw PluginError(error)
    }
  }

  public var rowCount: Int { rows.rowCount }

  /// The column of an optional role; nil where it was not bound.
  public func optionalColumn(_ role: String) -> Column? { rows.column(named: role) }

  /// The column of a role.
  ///
  /// - Throws: ``PluginError`` `invalidArgument` where it was not bound.
  public func column(_ role: String) throws(PluginError) -> Column {
    guard let column = rows.column(named: role) else {
      throw PluginError(.invalidArgument, "The role \(role) is not bound to a column.")
    }
    return column
  }
}

extension Column {
  /// The numbers of a column of exactly one type, such as `Double` for `float64`.
  ///
  /// - Throws: ``PluginError`` `unsupported` for another type.
  /// - Complexity: O(1); nothing is copied.
  @_lifetime(borrow self)
  public func numbers<Value: ArrowNumber>(_ type: Value.Type) throws(PluginError) -> Span<Value> {
    do {
      return try values(of: type)
    } catch {
      throw PluginError(.unsupported, error.message)
    }
  }
}
