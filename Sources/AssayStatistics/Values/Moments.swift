/// Mean and spread of finite values.
struct Moments {
  let count: Int
  let mean: Double
  /// The sum of the squared differences to the mean.
  let squares: Double

  /// Sums compensated as by Neumaier (1974), in two passes.
  init(_ values: [Double]) {
    count = values.count
    let mean = values.isEmpty ? 0 : compensatedSum(values) / Double(values.count)
    self.mean = mean
    squares = compensatedSum(values.lazy.map { ($0 - mean) * ($0 - mean) })
  }

  /// With n - 1 in the denominator; 0 under two values.
  var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }
  var standardError: Double { count > 0 ? (variance / Double(count)).squareRoot() : 0 }

  /// Whether what spread there is comes from rounding alone.
  var isConstant: Bool {
    squares.isFinite && squares <= Double(count) * (mean * 1e-15) * (mean * 1e-15)
  }
}

/// A sum that keeps what rounding drops (Neumaier 1974).
func compensatedSum(_ values: some Sequence<Double>) -> Double {
  var high = 0.0
  var low = 0.0
  for value in values {
    let total = high + value
    if total.isFinite {
      low += abs(high) >= abs(value) ? (high - total) + value : (value - total) + high
    }
    high = total
  }
  return high + low
}
