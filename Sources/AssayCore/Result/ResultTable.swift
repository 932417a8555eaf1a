/// A named set of typed columns in a result: a curve, a matrix, a report by class.
public struct ResultTable: Sendable, Hashable {
  /// How a report should draw a table.
  public enum Plot: String, Sendable, Hashable, CaseIterable {
    case line, bars, heatmap, scatter
  }

  public var name: String
  public var columns: [Column]
  public var plot: Plot?

  public init(name: String, columns: [Column], plot: Plot? = nil) {
    self.name = name
    self.columns = columns
    self.plot = plot
  }

  /// One column; every column of a table has the same number of values.
  public struct Column: Sendable, Hashable {
    public var name: String
    public var values: Values

    public init(name: String, values: Values) {
      self.name = name
      self.values = values
    }
  }

  /// The values of a column, by their type; nil is null.
  public enum Values: Sendable, Hashable {
    case bool([Bool?])
    case int64([Int64?])
    case float64([Double?])
    case utf8([String?])

    public var count: Int {
      switch self {
      case .bool(let values): values.count
      case .int64(let values): values.count
      case .float64(let values): values.count
      case .utf8(let values): values.count
      }
    }
  }

  public var rowCount: Int { columns.first?.values.count ?? 0 }

  /// The column of that name.
  public func column(_ name: String) -> Column? {
    columns.first { $0.name == name }
  }
}
