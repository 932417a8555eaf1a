/// A sum that keeps what rounding drops (Neumaier 1974).
struct CompensatedSum: Sendable {
  private var high = 0.0
  private var low = 0.0

  init() {}

  /// The sum of a term of each value, in eight lanes that are added up at the end.
  ///
  /// The lanes go by the values' positions, so that the same values in the same
  /// order give the same bits.
  init(of values: [Double], term: (SIMD8<Double>) -> SIMD8<Double> = { $0 }) {
    var highs = SIMD8<Double>.zero
    var lows = SIMD8<Double>.zero
    values.forEachEight { eight in
      // The error of a sum without a branch (Knuth 1969, section 4.2.2).
      let value = term(eight)
      let total = highs + value
      let added = total - highs
      lows += (highs - (total - added)) + (value - added)
      highs = total
    } rest: { value in
      add(term(SIMD8(repeating: value))[0])
    }
    for lane in 0..<8 {
      add(highs[lane])
      // An infinite total has no remainder.
      if highs[lane].isFinite { low += lows[lane] }
    }
  }

  mutating func add(_ value: Double) {
    let total = high + value
    // An infinite total has no remainder.
    if total.isFinite {
      low += abs(high) >= abs(value) ? (high - total) + value : (value - total) + high
    }
    high = total
  }

  mutating func add(_ other: CompensatedSum) {
    add(other.high)
    low += other.low
  }

  var value: Double { high + low }
}

extension [Double] {
  /// Shows the values eight by eight, then those that are left.
  @inline(__always)
  func forEachEight(_ body: (SIMD8<Double>) -> Void, rest: (Double) -> Void) {
    let whole = count & ~7
    // Safety: doubles have no bytes that are not set.
    let bytes = unsafe span.bytes
    for start in stride(from: 0, to: whole, by: 8) {
      // Safety: eight values from `start` on lie before `whole`.
      body(unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start * 8, as: SIMD8<Double>.self))
    }
    for index in whole..<count { rest(self[index]) }
  }
}
