import AssayArrow
import AssayCore

extension Column {
  /// The number of a row, null or not; nil where the column holds no numbers.
  func number(at row: Int) -> Double? {
    switch type {
    case .float64: (try? values(of: Double.self))?[row]
    case .float32: (try? values(of: Float.self))?[row].asDouble
    default: integer(at: row).map(Double.init)
    }
  }
}

extension Float {
  fileprivate var asDouble: Double { Double(self) }
}

extension AssayError.Code {
  /// A null or a NaN where a value is needed.
  static let nullValue = Self(rawValue: "data.null")
  /// A number outside of what a role takes.
  static let outOfRange = Self(rawValue: "data.out-of-range")
}
