/// A whole number of 256 bits from 0: room for sums of squares that must not round.
struct WideSum: Sendable, Hashable {
  private(set) var high: UInt128 = 0
  private(set) var low: UInt128 = 0

  init() {}

  init(high: UInt128, low: UInt128) { (self.high, self.low) = (high, low) }

  static func square(_ value: UInt128) -> WideSum {
    let product = value.multipliedFullWidth(by: value)
    return WideSum(high: product.high, low: product.low)
  }

  static func += (sum: inout WideSum, other: WideSum) {
    let (low, carry) = sum.low.addingReportingOverflow(other.low)
    sum.low = low
    sum.high &+= other.high &+ (carry ? 1 : 0)
  }

  /// - Precondition: The difference is not under 0; otherwise it wraps.
  static func - (first: WideSum, second: WideSum) -> WideSum {
    let (low, borrow) = first.low.subtractingReportingOverflow(second.low)
    return WideSum(high: first.high &- second.high &- (borrow ? 1 : 0), low: low)
  }

  func times(_ factor: UInt128) -> WideSum {
    let product = low.multipliedFullWidth(by: factor)
    return WideSum(high: product.high &+ high &* factor, low: product.low)
  }

  static func <= (first: WideSum, second: WideSum) -> Bool {
    (first.high, first.low) <= (second.high, second.low)
  }

  /// To within three roundings.
  var double: Double { Double(high) * 0x1p128 + Double(low) }
}
