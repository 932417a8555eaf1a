/// Wilson's score interval for a rate (Wilson 1927; Brown, Cai and DasGupta 2001).
///
/// - Parameters:
///   - successes: From 0 to `trials`; need not be whole.
///   - trials: More than 0.
///   - level: Such as 0.95.
/// - Returns: The ends, within [0, 1]; nil where there were no trials or the
///   arguments are not a rate.
public func wilsonInterval(successes: Double, trials: Double, level: Double) -> Bounds? {
  guard trials > 0, trials.isFinite, successes >= 0, successes <= trials else { return nil }
  let z = NormalDistribution.reach(level: level)
  let rate = successes / trials
  let share = z * z / trials
  let centre = (rate + share / 2) / (1 + share)
  let half = z / (1 + share) * (rate * (1 - rate) / trials + share / (4 * trials)).squareRoot()
  return Bounds(
    low: successes == 0 ? 0 : max(0, centre - half),
    high: successes == trials ? 1 : min(1, centre + half))
}
