/// The column that went into a role of an evaluator.
public struct BoundColumn: Sendable, Hashable {
  public var role: String
  /// The side that the column came from.
  public var side: Side
  /// The column, or the dotted path into JSON.
  public var column: String
  /// Whether nobody bound the role, which took the column of its own name.
  public var isByName: Bool

  public init(role: String, side: Side, column: String, isByName: Bool = false) {
    self.role = role
    self.side = side
    self.column = column
    self.isByName = isByName
  }
}
