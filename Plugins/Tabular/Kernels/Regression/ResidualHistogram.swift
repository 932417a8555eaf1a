import KernelSupport

/// How often errors of which size occur, in 64 bins of equal width around 0.
///
/// The width is the smallest power of two that holds every error. A wider histogram
/// follows from a narrower one by joining neighbours, so that the counts do not
/// depend on what came first.
struct ResidualHistogram: Sendable, Hashable {
  static let half = 32
  /// The bins reach from -2^exponent to 2^exponent; nil before the first error.
  private(set) var exponent: Int?
  private(set) var counts = [Int](repeating: 0, count: 2 * half)
  private(set) var weights = [TwoDouble](repeating: TwoDouble(), count: 2 * half)
  private static let exponents = -1000...1023

  init() {}

  /// What was saved; nil where it cannot be.
  init?(exponent: Int?, counts: [Int], weights: [TwoDouble]) {
    guard counts.count == 2 * Self.half, weights.count == 2 * Self.half,
      counts.allSatisfy({ $0 >= 0 }), exponent.map(Self.exponents.contains) ?? true
    else { return nil }
    (self.exponent, self.counts, self.weights) = (exponent, counts, weights)
  }

  /// Makes room for errors up to a size.
  mutating func reserve(_ largest: Double) {
    guard largest.isFinite else { return }
    let needed = largest == 0 ? Self.exponents.lowerBound : Int(largest.exponent) + 1
    widen(to: min(max(needed, Self.exponents.lowerBound), Self.exponents.upperBound))
  }

  private mutating func widen(to needed: Int) {
    guard let current = exponent, counts.contains(where: { $0 != 0 }) else {
      exponent = max(needed, exponent ?? needed)
      return
    }
    // After seven halvings everything lies in the two middle bins.
    for _ in 0..<min(max(0, needed - current), 7) { joinNeighbours() }
    exponent = max(current, needed)
  }

  private mutating func joinNeighbours() {
    var joined = ResidualHistogram()
    for index in counts.indices {
      let target = (index - Self.half >> 1) + Self.half
      joined.counts[target] += counts[index]
      joined.weights[target].add(weights[index])
    }
    counts = joined.counts
    weights = joined.weights
  }

  /// Adds errors that ``reserve(_:)`` made room for; `error` is prediction - target.
  mutating func add(_ rows: RegressionRows) {
    guard let exponent else { return }
    let scale = Double(sign: .plus, exponent: 5 - exponent, significand: 1)
    // Safety: see `bin`; both arrays have a place for every bin.
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      if !rows.isWeighted {
        for row in 0..<rows.count {
          unsafe counts[Self.bin(rows.prediction(row) - rows.target(row), scale)] &+= 1
        }
        return
      }
      unsafe weights.withUnsafeMutableBufferPointer { weights in
        for row in 0..<rows.count where rows.weight(row) > 0 {
          let bin = Self.bin(rows.prediction(row) - rows.target(row), scale)
          unsafe counts[bin] &+= 1
          unsafe weights[bin].add(rows.weight(row))
        }
      }
    }
  }

  @inline(__always)
  private static func bin(_ error: Double, _ scale: Double) -> Int {
    let place = (error * scale).rounded(.down)
    guard place > -Double(half) else { return 0 }
    return min(Int(min(place, Double(half))) + half, 2 * half - 1)
  }

  mutating func merge(_ other: ResidualHistogram) {
    var other = other
    guard let theirs = other.exponent else { return }
    widen(to: theirs)
    if let exponent { other.widen(to: exponent) }
    for index in counts.indices {
      counts[index] += other.counts[index]
      weights[index].add(other.weights[index])
    }
  }

  func table(isWeighted: Bool) -> FoundTable {
    let occupied = counts.indices.filter { counts[$0] > 0 }
    let range = occupied.isEmpty ? 0..<0 : occupied[0]..<occupied[occupied.count - 1] + 1
    let width = Double(sign: .plus, exponent: (exponent ?? 0) - 5, significand: 1)
    return FoundTable(
      "residuals",
      [
        "low": .numbers(range.map { Double($0 - Self.half) * width }),
        "high": .numbers(range.map { Double($0 + 1 - Self.half) * width }),
        "count": .counts(range.map { counts[$0] }),
        "weight": .numbers(range.map { isWeighted ? weights[$0].value : Double(counts[$0]) }),
      ])
  }
}
