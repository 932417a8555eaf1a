/// Where a quantile lies among sorted values: at a rank, or between it and the next.
public struct QuantilePosition: Sendable, Hashable {
  /// The rank, from 0, that the quantile does not lie under.
  public let below: Int
  /// The next rank, where the quantile lies between the two; else the same.
  public let above: Int
  /// The share of the way from the one to the other.
  public let share: Double

  /// Type 7 of Hyndman and Fan (1996).
  ///
  /// - Returns: nil for no values.
  public init?(_ p: Double, count: Int) {
    guard count > 0 else { return nil }
    let position = min(max(p, 0), 1) * Double(count - 1)
    below = Int(position)
    share = position - Double(below)
    above = share > 0 ? below + 1 : below
  }

  /// The quantile.
  ///
  /// - Parameter value: The value of a rank.
  public func value(of value: (_ rank: Int) -> Double) -> Double {
    let (low, high) = (value(below), value(above))
    // Equal neighbours, also infinite ones, need no arithmetic.
    return low == high ? low : low + share * (high - low)
  }
}
