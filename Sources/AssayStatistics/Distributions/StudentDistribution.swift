import Glibc

/// Student's t distribution.
public struct StudentDistribution: Sendable, Hashable {
  /// More than 0; need not be a whole number.
  public let degreesOfFreedom: Double

  /// - Returns: nil unless the degrees of freedom are a positive number.
  public init?(degreesOfFreedom: Double) {
    guard degreesOfFreedom > 0, degreesOfFreedom.isFinite else { return nil }
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value up to `t`; accurate in both tails.
  public func cumulative(_ t: Double) -> Double {
    t > 0 ? 1 - upperTail(t) : upperTail(-t)
  }

  /// The value that a share `p` of the distribution lies under.
  ///
  /// Newton's method on the logarithm of the tail, kept inside a bracket, from
  /// the normal quantile; relative error about 1e-12.
  ///
  /// - Returns: The infinities for 0 and 1, NaN outside of [0, 1].
  public func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else {
      return p == 0 ? -.infinity : p == 1 ? .infinity : .nan
    }
    guard p != 0.5 else { return 0 }
    let value = upperTailQuantile(min(p, 1 - p))
    return p < 0.5 ? -value : value
  }

  private func upperTailQuantile(_ tail: Double) -> Double {
    var low = 0.0
    var high = max(1, -NormalDistribution.quantile(tail))
    while upperTail(high) > tail {
      low = high
      high *= 2
    }
    var t = (low + high) / 2
    for _ in 0..<200 {
      let current = upperTail(t)
      if current > tail { low = t } else { high = t }
      var next = t + current * log(current / tail) / density(t)
      if !(next > low && next < high) { next = (low + high) / 2 }
      if abs(next - t) <= 1e-15 * next { return next }
      t = next
    }
    return t
  }

  /// The probability of a value above `t`, for `t` not under 0.
  private func upperTail(_ t: Double) -> Double {
    let n = degreesOfFreedom
    let square = t * t
    return square < n
      ? 0.5 - 0.5 * regularizedBeta(square / (n + square), complement: n / (n + square), a: 0.5, b: n / 2)
      : 0.5 * regularizedBeta(n / (n + square), complement: square / (n + square), a: n / 2, b: 0.5)
  }

  private func density(_ t: Double) -> Double {
    let n = degreesOfFreedom
    return gammaRatio(n / 2) / (n * .pi).squareRoot() * exp(-(n + 1) / 2 * log1p(t * t / n))
  }
}

/// Gamma(a + 1/2) / Gamma(a).
///
/// The asymptotic series (Tricomi and Erdélyi 1951) at an argument of at least
/// 32, reached by the recurrence; relative error about 1e-15.
private func gammaRatio(_ a: Double) -> Double {
  var scale = 1.0
  var a = a
  while a < 32 {
    scale *= a / (a + 0.5)
    a += 1
  }
  let x = 1 / a
  let series =
    1 + x * (-1.0 / 8 + x * (1.0 / 128 + x * (5.0 / 1024 + x * (-21.0 / 32768 + x * (-399.0 / 262144
      + x * (869.0 / 4_194_304 + x * (39325.0 / 33_554_432)))))))
  return scale * a.squareRoot() * series
}
