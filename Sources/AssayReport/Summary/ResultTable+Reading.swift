import AssayCore

extension ResultTable.Values {
  func isNull(at row: Int) -> Bool {
    switch self {
    case .bool(let values): values[row] == nil
    case .int64(let values): values[row] == nil
    case .float64(let values): values[row] == nil
    case .utf8(let values): values[row] == nil
    }
  }

  /// The values as text for a reader; null is empty.
  var texts: [String] {
    switch self {
    case .bool(let values): values.map { $0.map { $0 ? "true" : "false" } ?? "" }
    case .int64(let values): values.map { $0.map { String($0) } ?? "" }
    case .float64(let values): values.map { $0.map { $0.text(digits: 6) } ?? "" }
    case .utf8(let values): values.map { $0 ?? "" }
    }
  }

  /// The values as finite numbers, nil where they are none; nil for a column of text.
  var numbers: [Double?]? {
    switch self {
    case .bool(let values): values.map { $0.map { $0 ? 1 : 0 } }
    case .int64(let values): values.map { $0.map(Double.init) }
    case .float64(let values): values.map { value in value.flatMap { $0.isFinite ? $0 : nil } }
    case .utf8: nil
    }
  }
}
