/// The values of a statistic in bootstrap replicates.
public struct BootstrapReplicates: Sendable, Hashable {
  /// In the replicates in which it is defined.
  public private(set) var values: [Double]
  /// The number of those in which it is not.
  public private(set) var undefined: Int

  public init(values: [Double] = [], undefined: Int = 0) {
    self.values = values.filter { !$0.isNaN }
    self.undefined = max(0, undefined) + values.count - self.values.count
  }

  mutating func append(_ value: Double?) {
    if let value, !value.isNaN { values.append(value) } else { undefined += 1 }
  }

  /// Adds replicates with later numbers.
  public mutating func append(_ other: BootstrapReplicates) {
    values += other.values
    undefined += other.undefined
  }

  /// The share of the replicates in which the statistic may be undefined.
  public static let undefinedLimit = 0.05

  /// The standard deviation of the values, with n - 1 in the denominator.
  ///
  /// - Throws: As ``percentileInterval(level:)``, `too-few-values` under two.
  public func standardError() throws(Undefined) -> Double {
    try requireDefined(atLeast: 2)
    try Check.finite(values, "replicates")
    return Moments(values).variance.squareRoot()
  }

  /// The interval between two percentiles of the values (Efron and Tibshirani 1993,
  /// chapter 13).
  ///
  /// - Throws: `undefined-replicates` where over 5 % of the replicates are undefined,
  ///   `too-few-values` without any, `invalid-argument`.
  public func percentileInterval(level: Double) throws(Undefined) -> Bounds {
    try Check.level(level)
    try requireDefined(atLeast: 1)
    let sorted = values.sorted()
    return Bounds(
      low: quantile((1 - level) / 2, ofSorted: sorted),
      high: quantile((1 + level) / 2, ofSorted: sorted))
  }

  /// The bias-corrected and accelerated interval (Efron 1987; Efron and Tibshirani
  /// 1993, section 14.3), as scipy's `bootstrap`.
  ///
  /// - Parameters:
  ///   - estimate: The statistic of the data.
  ///   - jackknife: What ``jackknife(rows:clusters:statistic:)`` gives. Where all are
  ///     equal there is no acceleration.
  /// - Throws: As ``percentileInterval(level:)``; `not-finite`; `extreme-estimate`
  ///   where all replicates lie on one side of the estimate, so that no bias can be
  ///   told, or where the acceleration leaves the formula's range.
  public func bcaInterval(
    estimate: Double, jackknife: [Double], level: Double
  ) throws(Undefined) -> Bounds {
    try Check.level(level)
    try requireDefined(atLeast: 1)
    try Check.finite([estimate], "estimate")
    try Check.finite(jackknife, "jackknife")
    let below = values.count { $0 < estimate } + values.count { $0 <= estimate }
    let bias = NormalDistribution.quantile(Double(below) / Double(2 * values.count))
    guard bias.isFinite else {
      throw Undefined(.extremeEstimate, "all replicates lie on one side of the estimate")
    }
    let acceleration = Self.acceleration(jackknife)
    let reach = NormalDistribution.reach(level: level)
    let sorted = values.sorted()
    func end(_ z: Double) throws(Undefined) -> Double {
      let shifted = bias + z
      let scale = 1 - acceleration * shifted
      guard scale > 0 else {
        throw Undefined(.extremeEstimate, "the acceleration \(acceleration) is too large")
      }
      return quantile(NormalDistribution.cumulative(bias + shifted / scale), ofSorted: sorted)
    }
    return Bounds(low: try end(-reach), high: try end(reach))
  }

  /// A sixth of the skewness of the jackknife's differences.
  private static func acceleration(_ jackknife: [Double]) -> Double {
    let moments = Moments(jackknife)
    guard !moments.isConstant else { return 0 }
    let cubes = compensatedSum(jackknife.lazy.map { value in
      let difference = moments.mean - value
      return difference * difference * difference
    })
    return cubes / (6 * moments.squares * moments.squares.squareRoot())
  }

  private func requireDefined(atLeast least: Int) throws(Undefined) {
    let count = values.count + undefined
    guard Double(undefined) <= Self.undefinedLimit * Double(count) else {
      throw Undefined(
        .undefinedReplicates,
        "the statistic is undefined in \(undefined) of \(count) bootstrap replicates")
    }
    try Check.enough(values.count, atLeast: least, "bootstrap replicates")
  }
}
