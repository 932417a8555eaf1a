import Glibc

/// How much of alpha may be spent by a share of the planned rows (Lan and DeMets 1983).
public enum AlphaSpending: Sendable, Hashable {
  /// Like O'Brien and Fleming's boundary: 2 - 2 Φ(z_{α/2} / √t), next to nothing early.
  case obrienFleming
  /// Like Pocock's boundary: α log(1 + (e - 1) t), about the same at every look.
  case pocock
  /// α t^ρ with ρ over 0 (Kim and DeMets 1987).
  case power(Double)

  /// What is spent of `alpha`, the level of one side, at the share `t` from 0 to 1.
  func spent(_ alpha: Double, at t: Double) -> Double {
    switch self {
    case .obrienFleming:
      2 * NormalDistribution.cumulative(NormalDistribution.quantile(alpha / 2) / t.squareRoot())
    case .pocock: alpha * log(1 + (M_E - 1) * t)
    case .power(let exponent): alpha * pow(t, exponent)
    }
  }
}

/// The boundaries of a test that looks at the data several times.
public struct GroupSequentialDesign: Sendable, Hashable {
  /// The share of the planned rows at each look, rising to at most 1.
  public let times: [Double]
  /// z at each look: a statistic beyond it, on either side where two-sided, stops the
  /// test with a rejection. Infinite where nothing can be spent yet.
  public let boundaries: [Double]
  /// The probability under the null hypothesis of having stopped by each look.
  public let spent: [Double]
  public let isTwoSided: Bool

  /// Solves for the boundaries look by look, by numerical integration over the
  /// statistic's path (Armitage, McPherson and Rowe 1969; Jennison and Turnbull 2000,
  /// chapter 19); as R's gsDesign and rpact, to about 1e-8.
  ///
  /// - Throws: `invalid-argument` unless there are 1 to 200 times that rise by at least
  ///   1e-4 each up to at most 1, and alpha lies between 0 and 1.
  /// - Complexity: O(*looks* / *smallest step*^½).
  public init(
    times: [Double], alpha: Double = 0.05, spending: AlphaSpending = .obrienFleming,
    isTwoSided: Bool = true
  ) throws(Undefined) {
    try Check.inside(alpha, "alpha")
    if case .power(let exponent) = spending { try Check.positive(exponent, "the exponent") }
    var path = try SequentialPath(times: times, drift: 0)
    let side = isTwoSided ? alpha / 2 : alpha
    var boundaries: [Double] = []
    var spent: [Double] = []
    var before = 0.0
    for time in times {
      let goal = spending.spent(side, at: time)
      let boundary = path.boundary(spending: max(0, goal - before))
      boundaries.append(boundary)
      path.pass(upper: boundary, lower: isTwoSided ? -boundary : -.infinity)
      before = max(before, goal)
      spent.append(isTwoSided ? 2 * before : before)
    }
    self.times = times
    self.boundaries = boundaries
    self.spent = spent
    self.isTwoSided = isTwoSided
  }

  /// The probability of having stopped with a rejection by each look.
  ///
  /// - Parameter drift: The mean of z at time 1; 0 is the null hypothesis, and
  ///   z_{α/2} + z_β what a fixed test of that power has.
  /// - Throws: `invalid-argument`.
  public func stoppingProbabilities(drift: Double) throws(Undefined) -> [Double] {
    try sequentialCrossing(
      times: times, boundaries: boundaries, drift: drift, isTwoSided: isTwoSided)
  }
}

/// The probability that z crosses boundaries by each look, such as the false alarms of
/// peeking five times at 1.96.
///
/// - Parameters: As for ``GroupSequentialDesign``; boundaries over 0, parallel to times.
/// - Throws: `invalid-argument`, `lengths-differ`.
public func sequentialCrossing(
  times: [Double], boundaries: [Double], drift: Double = 0, isTwoSided: Bool = true
) throws(Undefined) -> [Double] {
  try Check.parallel(times.count, boundaries.count, "times and boundaries")
  try Check.finite([drift], "the drift")
  var path = try SequentialPath(times: times, drift: drift)
  var crossed = 0.0
  return try boundaries.map { boundary throws(Undefined) in
    guard boundary > 0 else {
      throw Undefined(.invalidArgument, "a boundary is over 0, not \(boundary)")
    }
    let lower = isTwoSided ? -boundary : -.infinity
    crossed += path.tails(upper: boundary, lower: lower)
    path.pass(upper: boundary, lower: lower)
    return min(1, crossed)
  }
}
