import AssayArrow
import AssayPluginKit

/// The numbers of an optional role as doubles: as they are, or widened.
struct NumberColumn {
  private let column: Column?
  private let widened: [Double]

  /// - Parameter column: nil for a role that was not bound; its span is empty.
  init(_ column: Column?) throws(PluginError) {
    guard let column, column.type == .float32 else {
      self.column = column
      widened = []
      if let column { _ = try column.numbers(Double.self) }
      return
    }
    let narrow = try column.numbers(Float.self)
    widened = unsafe [Double](unsafeUninitializedCapacity: narrow.count) { target, count in
      for index in narrow.indices { unsafe target[index] = Double(narrow[index]) }
      count = narrow.count
    }
    self.column = nil
  }

  var values: Span<Double> {
    @_lifetime(borrow self)
    get {
      // The type was checked by the initialiser.
      if let column, let values = try? column.numbers(Double.self) {
        return unsafe _overrideLifetime(values, borrowing: self)
      }
      return widened.span
    }
  }
}
