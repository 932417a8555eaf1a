import Glibc

/// The distribution of a sum of independent normal increments that has not left its
/// boundaries so far: of B(t) = z √t, which has the variance t.
struct SequentialPath {
  private let times: [Double]
  private let drift: Double
  private var look = 0
  /// Where the path may be after the last look, with its density times the weight of
  /// the integration.
  private var mass: [(place: Double, mass: Double)] = [(0, 1)]

  init(times: [Double], drift: Double) throws(Undefined) {
    guard !times.isEmpty, times.count <= 200 else {
      throw Undefined(.invalidArgument, "\(times.count) looks, where 1 to 200 are possible")
    }
    var last = 0.0
    for time in times {
      guard time - last >= 0.999e-4, time <= 1 else {
        throw Undefined(
          .invalidArgument, "the times of looks rise by at least 1e-4 up to 1, and one is \(time)")
      }
      last = time
    }
    self.times = times
    self.drift = drift
  }

  private var time: Double { times[look] }
  private var step: Double { time - (look > 0 ? times[look - 1] : 0) }

  /// The probability of lying beyond the boundaries at the next look, not before.
  func tails(upper: Double, lower: Double) -> Double {
    let deviation = step.squareRoot()
    let high = upper * time.squareRoot()
    let low = lower * time.squareRoot()
    return mass.reduce(0) { sum, point in
      let mean = point.place + drift * step
      return sum + point.mass * (NormalDistribution.cumulative((mean - high) / deviation)
        + (low.isFinite ? NormalDistribution.cumulative((low - mean) / deviation) : 0))
    }
  }

  /// The z that is crossed upwards with a probability at the next look.
  func boundary(spending goal: Double) -> Double {
    guard goal > 1e-300 else { return .infinity }
    var low = -40.0
    var high = 40.0
    for _ in 0..<200 where high - low > 1e-13 {
      let middle = (low + high) / 2
      if tails(upper: middle, lower: -.infinity) > goal { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// Goes on to the next look with what lies within the boundaries.
  mutating func pass(upper: Double, lower: Double) {
    guard look + 1 < times.count else { return }
    let deviation = step.squareRoot()
    let centre = drift * time
    // Farther than nine deviations of the unbounded path there is nothing.
    let high = min(upper * time.squareRoot(), centre + 9 * time.squareRoot())
    let low = max(lower * time.squareRoot(), centre - 9 * time.squareRoot())
    guard low < high else {
      mass = []
      look += 1
      return
    }
    let next = times[look + 1] - time
    let panel = min(deviation, next.squareRoot())
    var first = 0
    let moved = GaussLegendre.nodes(low, high, panel: panel).map { node, weight in
      let reach = 9 * deviation + abs(drift) * step
      while first < mass.count, mass[first].place < node - reach { first += 1 }
      var sum = 0.0
      for point in mass[first...] {
        guard point.place <= node + reach else { break }
        let z = (node - point.place - drift * step) / deviation
        sum += point.mass * exp(-z * z / 2)
      }
      return (place: node, mass: sum * weight / (deviation * (2 * Double.pi).squareRoot()))
    }
    mass = moved
    look += 1
  }
}
