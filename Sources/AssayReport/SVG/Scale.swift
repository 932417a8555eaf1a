import Glibc

/// A line from values to places in a drawing, straight or logarithmic.
struct Scale {
  var domain: ClosedRange<Double>
  /// The places of the domain's two ends, in pixels.
  var start: Double
  var end: Double
  /// Whether equal ratios are equally far apart; for a domain above 0.
  var isLogarithmic = false

  func callAsFunction(_ value: Double) -> Double {
    if isLogarithmic {
      let whole = log(domain.upperBound / domain.lowerBound)
      return start + log(value / domain.lowerBound) / whole * (end - start)
    }
    let length = domain.upperBound - domain.lowerBound
    return start + (value - domain.lowerBound) / length * (end - start)
  }

  /// Round values within the domain, about as many as asked for.
  func ticks(_ count: Int) -> [Double] {
    if isLogarithmic { return logarithmicTicks(count) }
    let step = Self.step(over: domain.upperBound - domain.lowerBound, count)
    let first = (domain.lowerBound / step).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard step.isFinite, step > 0, last >= first, last - first < 100 else {
      return [domain.lowerBound, domain.upperBound]
    }
    // Whole numbers of steps: adding up steps would drift off the round values.
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// Powers of ten within the domain, with their double and fivefold where these are few.
  private func logarithmicTicks(_ count: Int) -> [Double] {
    let first = Int(log10(domain.lowerBound).rounded(.down))
    let last = Int(log10(domain.upperBound).rounded(.up))
    let powers = (first...max(first, last)).map { power in pow(10.0, Double(power)) }
    let fine = powers.flatMap { [$0, 2 * $0, 5 * $0] }.filter(domain.contains)
    return fine.count <= count + 2 ? fine : powers.filter(domain.contains)
  }

  /// The step of 1, 2 or 5 times a power of ten that gives about that many steps.
  private static func step(over length: Double, _ count: Int) -> Double {
    let rough = length / Double(count)
    guard rough.isFinite, rough > 0 else { return 1 }
    var power = 1.0
    while power > rough { power /= 10 }
    while power * 10 <= rough { power *= 10 }
    let multiple = rough / power
    return power * (multiple < 1.5 ? 1 : multiple < 3.5 ? 2 : multiple < 7.5 ? 5 : 10)
  }

  /// A domain around values that ends on round numbers, never of length 0.
  ///
  /// - Parameter includesZero: For bars, whose length is what is read.
  static func domain(around values: [Double], includesZero: Bool = false) -> ClosedRange<Double> {
    // Halves keep the length finite for values at both ends of what a Double holds.
    var low = max(values.min() ?? 0, -.greatestFiniteMagnitude / 4)
    var high = min(values.max() ?? 1, .greatestFiniteMagnitude / 4)
    if values.allSatisfy({ (0...1).contains($0) }), high - low > 0.3 || includesZero, high > 0.3 {
      return 0...1
    }
    if includesZero || (low > 0 && low < 0.4 * high) { low = min(low, 0) }
    if includesZero || (high < 0 && high > 0.4 * low) { high = max(high, 0) }
    if low == high {
      let room = low == 0 ? 1 : low.magnitude * 0.1
      low -= includesZero ? 0 : room
      high += room
    }
    let step = step(over: high - low, 5)
    let rounded = ((low / step).rounded(.down) * step, (high / step).rounded(.up) * step)
    return rounded.0 < rounded.1 ? rounded.0...rounded.1 : low...max(high, low.nextUp)
  }
}
