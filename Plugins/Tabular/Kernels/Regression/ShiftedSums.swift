/// Sum and sum of squares of numbers as distances from a number near them, so that
/// a large common offset costs no digits.
struct ShiftedSums: Sendable, Hashable {
  /// What was subtracted from every number.
  private(set) var shift: Double
  private(set) var first = TwoDouble()
  private(set) var second = TwoDouble()

  init(shift: Double) { self.shift = shift }

  init(shift: Double, first: TwoDouble, second: TwoDouble) {
    self.shift = shift
    self.first = first
    self.second = second
  }

  mutating func add(first: Double, second: Double) {
    self.first.add(first)
    self.second.add(second)
  }

  /// - Parameter weight: What the other sums' numbers weigh together.
  mutating func merge(_ other: ShiftedSums, weight: Double) {
    // (x - s) = (x - t) + d with d = t - s; all three terms of the square follow.
    let distance = other.shift - shift
    first.add(other.first)
    first.add(TwoDouble.product(weight, distance))
    second.add(other.second)
    second.add(TwoDouble.product(2 * distance, other.first.value))
    second.add(TwoDouble.product(weight * distance, distance))
  }

  func mean(weight: Double) -> Double { shift + first.value / weight }

  /// The sum of squared distances from the mean.
  func spread(weight: Double) -> Double {
    var spread = second
    spread.add(-(first.value * (first.value / weight)))
    return max(0, spread.value)
  }
}
