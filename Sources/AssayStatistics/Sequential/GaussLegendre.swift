import Glibc

/// The ten nodes and weights of Gauss and Legendre's rule on [-1, 1].
enum GaussLegendre {
  static let rule: [(node: Double, weight: Double)] = (1...10).map { root in
    // Newton's method on the Legendre polynomial from Tricomi's approximation.
    var x = cos(.pi * (Double(root) - 0.25) / 10.5)
    var slope = 1.0
    for _ in 0..<10 {
      var (before, value) = (1.0, x)
      for degree in 2...10 {
        let n = Double(degree)
        (before, value) = (value, ((2 * n - 1) * x * value - (n - 1) * before) / n)
      }
      slope = 10 * (x * value - before) / (x * x - 1)
      x -= value / slope
    }
    return (x, 2 / ((1 - x * x) * slope * slope))
  }

  /// Nodes and weights over [low, high] in panels of at most a width.
  static func nodes(_ low: Double, _ high: Double, panel: Double) -> [(node: Double, weight: Double)] {
    let count = max(1, Int(((high - low) / panel).rounded(.up)))
    let half = (high - low) / Double(2 * count)
    return (0..<count).flatMap { index in
      let centre = low + Double(2 * index + 1) * half
      return rule.reversed().map { (centre + half * $0.node, half * $0.weight) }
    }
  }
}
