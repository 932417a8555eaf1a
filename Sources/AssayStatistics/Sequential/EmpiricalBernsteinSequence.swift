import Glibc

/// A confidence sequence for the mean of bounded values: its intervals cover the mean
/// at all times at once, so that one may look after every row and stop at will.
///
/// The predictable plug-in empirical-Bernstein sequence of Waudby-Smith and Ramdas
/// (2024, JRSS B 86:1, theorem 2) with c = 1/2, and the intersection of all intervals so
/// far. It needs no distribution, only the bounds and that each row's mean given the
/// earlier ones is the same: rows come in random order. Differences of two scores from 0
/// to 1 have the bounds -1 and 1.
public struct EmpiricalBernsteinSequence: Sendable, Hashable {
  public let level: Double
  /// The bounds of the values.
  public let range: Bounds
  public private(set) var count = 0
  /// The interval that holds by now; it never widens.
  public private(set) var interval: Bounds
  private var sum = 0.0
  private var squares = 0.0
  private var bets = 0.0
  private var weighted = 0.0
  private var deviations = 0.0

  /// - Throws: `invalid-argument`.
  public init(level: Double = 0.95, range: Bounds = Bounds(low: 0, high: 1)) throws(Undefined) {
    try Check.level(level)
    guard range.low < range.high, (range.high - range.low).isFinite else {
      throw Undefined(.invalidArgument, "values between \(range.low) and \(range.high)")
    }
    self.level = level
    self.range = range
    interval = range
  }

  /// Takes the next value.
  ///
  /// - Throws: `invalid-argument` for a value outside of the range; it is not counted.
  /// - Complexity: O(1).
  public mutating func add(_ value: Double) throws(Undefined) {
    guard value >= range.low, value <= range.high else {
      throw Undefined(
        .invalidArgument, "the value \(value) outside of \(range.low) to \(range.high)")
    }
    let width = range.high - range.low
    let x = (value - range.low) / width
    let guess = (0.5 + sum) / Double(count + 1)
    let variance = (0.25 + squares) / Double(count + 1)
    count += 1
    let t = Double(count)
    let limit = log(2 / (1 - level))
    let bet = min(0.5, (2 * limit / (variance * t * log1p(t))).squareRoot())
    sum += x
    bets += bet
    weighted += bet * x
    deviations += (x - guess) * (x - guess) * (-log1p(-bet) - bet)
    let mean = (0.5 + sum) / (t + 1)
    squares += (x - mean) * (x - mean)
    let centre = weighted / bets
    let radius = (limit + deviations) / bets
    let low = max(interval.low, range.low + width * (centre - radius))
    let high = min(interval.high, range.low + width * (centre + radius))
    // The intersection is empty at most as often as the sequence errs at all.
    if low <= high { interval = Bounds(low: low, high: high) }
  }
}
