/// A rate as the counts behind it.
public struct Proportion: Sendable, Hashable {
  public let successes: Int
  public let trials: Int

  /// - Throws: `invalid-argument`, `too-few-values` without trials.
  public init(successes: Int, trials: Int) throws(Undefined) {
    try Check.successes(successes, of: trials)
    self.successes = successes
    self.trials = trials
  }

  public var rate: Double { Double(successes) / Double(trials) }

  /// Wilson's interval.
  func wilson(level: Double) -> Bounds {
    wilsonInterval(successes: Double(successes), trials: Double(trials), level: level)
      ?? Bounds(low: 0, high: 1)
  }
}

/// The difference of two rates of independent samples, `first` less `second`:
/// Newcombe's hybrid score interval (1998, Statistics in Medicine 17:873, method 10).
///
/// - Throws: `invalid-argument`.
public func newcombeInterval(
  _ first: Proportion, _ second: Proportion, level: Double
) throws(Undefined) -> Bounds {
  try Check.level(level)
  return differenceInterval(
    of: first.rate, first.wilson(level: level), and: second.rate, second.wilson(level: level))
}

/// The difference of two rates over the same items, first less second: Newcombe's
/// score interval with the correlation of the pairs (1998, Statistics in Medicine
/// 17:2635, method 10).
///
/// A positive correlation is taken with a continuity correction of n / 2, as there.
///
/// - Throws: `invalid-argument`, `too-few-values` without pairs.
public func newcombePairedInterval(_ pairs: PairedCounts, level: Double) throws(Undefined) -> Bounds {
  try Check.level(level)
  try Check.enough(pairs.total, atLeast: 1, "pairs")
  let first = try Proportion(successes: pairs.both + pairs.onlyFirst, trials: pairs.total)
  let second = try Proportion(successes: pairs.both + pairs.onlySecond, trials: pairs.total)
  let a = first.wilson(level: level)
  let b = second.wilson(level: level)
  let correlation = pairs.correctedCorrelation
  func length(_ x: Double, _ y: Double) -> Double {
    max(0, x * x - 2 * correlation * x * y + y * y).squareRoot()
  }
  let difference = first.rate - second.rate
  return Bounds(
    low: difference - length(first.rate - a.low, b.high - second.rate),
    high: difference + length(a.high - first.rate, second.rate - b.low))
}

extension PairedCounts {
  /// The phi coefficient; 0 where a rate is 0 or 1.
  fileprivate var correctedCorrelation: Double {
    let a = Double(both)
    let b = Double(onlyFirst)
    let c = Double(onlySecond)
    let d = Double(neither)
    let square = (a + b) * (c + d) * (a + c) * (b + d)
    guard square > 0 else { return 0 }
    let product = a * d - b * c
    return (product > 0 ? max(0, product - (a + b + c + d) / 2) : product) / square.squareRoot()
  }
}

/// The interval of the difference of two estimates from their own intervals
/// (Zou and Donner 2008; Newcombe 1998, method 10, for two rates).
///
/// It supposes independent data; for two runs over the same rows it is wider
/// than it need be.
public func differenceInterval(
  of value: Double, _ bounds: Bounds, and other: Double, _ otherBounds: Bounds
) -> Bounds {
  func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
  let difference = value - other
  return Bounds(
    low: difference - length(value - bounds.low, otherBounds.high - other),
    high: difference + length(bounds.high - value, other - otherBounds.low))
}
