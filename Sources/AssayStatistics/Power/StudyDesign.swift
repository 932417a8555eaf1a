/// A comparison that is to be planned.
///
/// One function says how likely it is to find an effect; how many rows and which
/// effects that makes is solved from it.
public protocol StudyDesign: Sendable {
  /// Of the test, such as 0.05.
  var alpha: Double { get }
  var isTwoSided: Bool { get }
  /// The largest effect that there can be; infinite for means.
  var largestEffect: Double { get }

  /// The probability that the test rejects.
  ///
  /// - Parameters:
  ///   - effect: The true difference, over 0.
  ///   - rows: Of each group where there are two; need not be whole.
  func power(effect: Double, rows: Double) throws(Undefined) -> Double
}

extension StudyDesign {
  /// The probability that the test rejects.
  public func power(effect: Double, rows: Int) throws(Undefined) -> Double {
    try power(effect: effect, rows: Double(rows))
  }

  /// The least number of rows, of each group where there are two, with which the
  /// test rejects with at least a probability.
  ///
  /// - Throws: `invalid-argument`; `unreachable` where 1e12 rows are not enough.
  /// - Complexity: A hundred calls of ``power(effect:rows:)``.
  public func rows(effect: Double, power: Double) throws(Undefined) -> Int {
    // A hair less, so that a rounding error above a whole number does not count.
    Int((try exactRows(effect: effect, power: power) - 1e-7).rounded(.up))
  }

  /// The number of rows before it is rounded up, as R's `power.t.test` gives it.
  ///
  /// - Throws: As ``rows(effect:power:)``.
  public func exactRows(effect: Double, power target: Double) throws(Undefined) -> Double {
    try require(effect: effect)
    try Check.inside(target, "a power")
    var low = 2.0
    var high = 4.0
    guard try power(effect: effect, rows: low) < target else { return low }
    while try power(effect: effect, rows: high) < target {
      low = high
      high *= 2
      guard high < 1e12 else {
        throw Undefined(.unreachable, "1e12 rows do not find an effect of \(effect)")
      }
    }
    return try bisect(low, high) { rows throws(Undefined) in
      try power(effect: effect, rows: rows) < target
    }
  }

  /// The least effect that so many rows find with a probability: the minimum
  /// detectable effect.
  ///
  /// - Throws: `invalid-argument`, `too-few-values` under two rows, `unreachable`
  ///   where no effect is found so surely.
  /// - Complexity: A few hundred calls of ``power(effect:rows:)``.
  public func detectableEffect(rows: Int, power target: Double) throws(Undefined) -> Double {
    try Check.inside(target, "a power")
    try Check.enough(rows, atLeast: 2, "rows")
    let rows = Double(rows)
    var high = min(1, largestEffect * (1 - 1e-12))
    while try power(effect: high, rows: rows) < target {
      high *= 2
      guard high < min(largestEffect, 1e300) else {
        throw Undefined(.unreachable, "no effect is found with \(rows) rows and that power")
      }
    }
    var low = high / 2
    while try power(effect: low, rows: rows) >= target {
      high = low
      low /= 2
      guard low > 1e-300 else { return low }
    }
    return try bisect(low, high) { effect throws(Undefined) in
      try power(effect: effect, rows: rows) < target
    }
  }

  /// The place between two at which a condition stops to hold.
  private func bisect(
    _ low: Double, _ high: Double, while holds: (Double) throws(Undefined) -> Bool
  ) throws(Undefined) -> Double {
    var low = low
    var high = high
    for _ in 0..<100 where high - low > 1e-13 * high {
      let middle = low + (high - low) / 2
      if try holds(middle) { low = middle } else { high = middle }
    }
    return high
  }

  func require(effect: Double) throws(Undefined) {
    guard effect > 0, effect.isFinite, effect < largestEffect else {
      throw Undefined(
        .invalidArgument, "an effect lies between 0 and \(largestEffect), not at \(effect)")
    }
  }

  func require(effect: Double, rows: Double) throws(Undefined) {
    try require(effect: effect)
    try Check.inside(alpha, "alpha")
    guard rows >= 2, rows.isFinite else {
      throw Undefined(.tooFewValues, "\(rows) rows where at least 2 are needed")
    }
  }

  /// The share of alpha that the tail on the effect's side has.
  var tail: Double { isTwoSided ? alpha / 2 : alpha }
}
