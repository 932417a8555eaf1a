import Glibc

/// The beta distribution.
public struct BetaDistribution: Sendable, Hashable {
  public let a: Double
  public let b: Double

  /// - Returns: nil unless both shapes are positive numbers.
  public init?(_ a: Double, _ b: Double) {
    guard a > 0, b > 0, a.isFinite, b.isFinite else { return nil }
    self.a = a
    self.b = b
  }

  /// The probability of a value up to `x`: the regularised incomplete beta function.
  ///
  /// Relative error about 1e-13 for shapes up to 1e8.
  public func cumulative(_ x: Double) -> Double {
    regularizedBeta(x, complement: 1 - x, a: a, b: b)
  }

  /// The value that a share `p` of the distribution lies under, to a relative
  /// error of about 1e-12, also where it is tiny.
  ///
  /// - Returns: 0 and 1 for 0 and 1, NaN outside of [0, 1].
  public func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? 0 : p == 1 ? 1 : .nan }
    // The nearer end is solved for, in its logarithm.
    return a <= b
      ? Self.solve(a, b, tail: min(p, 1 - p), isLower: p <= 0.5)
      : 1 - Self.solve(b, a, tail: min(p, 1 - p), isLower: p > 0.5)
  }

  /// Newton's method on the logarithm of the tail over the logarithm of x, kept
  /// inside a bracket.
  private static func solve(_ a: Double, _ b: Double, tail: Double, isLower: Bool) -> Double {
    var low = -745.0
    var high = 0.0
    var s = log(a / (a + b))
    for _ in 0..<200 {
      let x = exp(s)
      let current = isLower
        ? regularizedBeta(x, complement: -expm1(s), a: a, b: b)
        : regularizedBeta(-expm1(s), complement: x, a: b, b: a)
      if (current < tail) == isLower { low = s } else { high = s }
      let slope = betaFront(x, complement: -expm1(s), a: a, b: b) / -expm1(s) / current
      let step = log(current / tail) / slope
      var next = isLower ? s - step : s + step
      if !(next > low && next < high) { next = (low + high) / 2 }
      if abs(next - s) <= 1e-14 { return exp(next) }
      s = next
    }
    return exp(s)
  }
}

/// The regularised incomplete beta function, where `complement` is 1 - x and may be
/// more exact than the subtraction.
func regularizedBeta(_ x: Double, complement: Double, a: Double, b: Double) -> Double {
  guard x > 0 else { return 0 }
  guard complement > 0 else { return 1 }
  let front = betaFront(x, complement: complement, a: a, b: b)
  return x < (a + 1) / (a + b + 2)
    ? front * betaFraction(x, a: a, b: b) / a
    : 1 - front * betaFraction(complement, a: b, b: a) / b
}

/// x^a (1 - x)^b / B(a, b) by Loader's saddle point (2000), which keeps its digits
/// where the logarithms of gamma functions would cancel.
func betaFront(_ x: Double, complement: Double, a: Double, b: Double) -> Double {
  saddlePoint(a, b, x, complement) * (a * b / (a + b))
}

/// The binomial probability of `k` successes of `trials`, for whole or other numbers.
func binomialProbability(_ k: Double, of trials: Double, probability p: Double) -> Double {
  guard k >= 0, k <= trials else { return 0 }
  guard p > 0 else { return k == 0 ? 1 : 0 }
  guard p < 1 else { return k == trials ? 1 : 0 }
  if k == 0 { return exp(trials * log1p(-p)) }
  if k == trials { return exp(trials * log(p)) }
  return saddlePoint(k, trials - k, p, 1 - p)
}

/// Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b with x + y = 1.
private func saddlePoint(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
  let n = a + b
  let error = stirlingError(n) - stirlingError(a) - stirlingError(b)
  return exp(error - deviance(a, n * x) - deviance(b, n * y)) * (n / (2 * .pi * a * b)).squareRoot()
}

/// log Gamma(z + 1) less Stirling's approximation of it.
private func stirlingError(_ z: Double) -> Double {
  var sum = 0.0
  var z = z
  while z < 16 {
    sum += (z + 0.5) * log1p(1 / z) - 1
    z += 1
  }
  let square = 1 / (z * z)
  return sum + (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square
    * (1 / 1680.0 - square * (1 / 1188.0))))) / z
}

/// x log(x / m) + m - x, without cancellation where x is near m.
private func deviance(_ x: Double, _ m: Double) -> Double {
  guard abs(x - m) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
  let v = (x - m) / (x + m)
  var sum = (x - m) * v
  var term = 2 * x * v
  for j in 1..<1000 {
    term *= v * v
    let next = sum + term / Double(2 * j + 1)
    if next == sum { break }
    sum = next
  }
  return sum
}

/// The continued fraction of the incomplete beta function (DLMF 8.17.22), by
/// Lentz's method; O(√max(a, b)) steps.
private func betaFraction(_ x: Double, a: Double, b: Double) -> Double {
  let tiny = 1e-300
  func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  func step(_ numerator: Double, _ c: inout Double, _ d: inout Double) -> Double {
    d = 1 / kept(1 + numerator * d)
    c = kept(1 + numerator / c)
    return c * d
  }
  var c = 1.0
  var d = 1 / kept(1 - (a + b) * x / (a + 1))
  var result = d
  for m in 1...100_000 {
    let m = Double(m)
    result *= step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), &c, &d)
    let change = step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), &c, &d)
    result *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return result
}
