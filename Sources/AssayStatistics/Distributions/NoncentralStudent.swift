import Glibc

/// The noncentral t distribution: of (z + δ) / √(χ² / n).
struct NoncentralStudent {
  let degreesOfFreedom: Double
  let noncentrality: Double

  /// P(T <= t), Lenth's algorithm AS 243 (Applied Statistics 38, 1989); absolute
  /// error about 1e-12.
  func cumulative(_ t: Double) -> Double {
    t >= 0
      ? Self.cumulative(t, degreesOfFreedom, noncentrality)
      : 1 - Self.cumulative(-t, degreesOfFreedom, -noncentrality)
  }

  private static func cumulative(_ t: Double, _ n: Double, _ delta: Double) -> Double {
    // Farther out the Poisson weights of the series vanish; the tail is nothing either.
    guard abs(delta) < 37 else {
      let scale = 1 - 1 / (4 * n)
      return NormalDistribution.cumulative((t * scale - delta) / (1 + t * t / (2 * n)).squareRoot())
    }
    let x = t * t / (n + t * t)
    let complement = n / (n + t * t)
    let half = delta * delta / 2
    var p = 0.5 * exp(-half)
    var q = (2 / Double.pi).squareRoot() * p * delta
    var remaining = 0.5 - p
    var a = 0.5
    let b = n / 2
    var odd = regularizedBeta(x, complement: complement, a: a, b: b)
    var oddStep = betaStep(x, complement, a, b)
    var even = regularizedBeta(x, complement: complement, a: 1, b: b)
    var evenStep = betaStep(x, complement, 1, b)
    var sum = p * odd + q * even
    for j in 1...2000 {
      odd -= oddStep
      even -= evenStep
      oddStep *= x * (a + b) / (a + 1)
      evenStep *= x * (a + b + 0.5) / (a + 1.5)
      a += 1
      p *= half / Double(j)
      q *= half / (Double(j) + 0.5)
      remaining -= p
      sum += p * odd + q * even
      if Double(j) > half, abs(2 * remaining * odd) < 1e-15 { break }
    }
    return min(1, max(0, sum + NormalDistribution.cumulative(-delta)))
  }

  /// I_x(a, b) - I_x(a + 1, b).
  private static func betaStep(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    betaFront(x, complement: y, a: a, b: b) / a
  }
}
