import KernelSupport

/// A sum that carries the rounding errors of its additions along, so that it is
/// as good as one in twice the precision (Dekker 1971; Knuth's two-sum).
struct TwoDouble: Sendable, Hashable {
  private(set) var high = 0.0
  private(set) var low = 0.0

  init() {}

  init(_ value: Double) { high = value }

  /// The two parts of a sum that was saved.
  init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  var value: Double { high + low }

  @inline(__always)
  mutating func add(_ term: Double) {
    let sum = high + term
    let share = sum - high
    low += (high - (sum - share)) + (term - share)
    high = sum
  }

  @inline(__always)
  mutating func add(_ other: TwoDouble) {
    add(other.high)
    low += other.low
  }

  mutating func negate() { (high, low) = (-high, -low) }

  /// The product without its rounding error.
  static func product(_ a: Double, _ b: Double) -> TwoDouble {
    var result = TwoDouble(a * b)
    result.low = (-result.high).addingProduct(a, b)
    return result
  }
}

extension StateWriter {
  mutating func write(_ sum: TwoDouble) {
    write(sum.high)
    write(sum.low)
  }
}

extension StateReader {
  @_lifetime(self: copy self)
  mutating func twoDouble() throws(KernelError) -> TwoDouble {
    let high = try double()
    return TwoDouble(high: high, low: try double())
  }
}
