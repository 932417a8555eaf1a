/// The exact interval of a rate (Clopper and Pearson 1934): it covers at least
/// `level`, and usually more; ``wilsonInterval(successes:trials:level:)`` is
/// narrower and covers `level` on average.
///
/// - Parameter successes: From 0 to `trials`.
/// - Throws: `invalid-argument`, `too-few-values` without trials.
public func clopperPearsonInterval(
  successes: Int, trials: Int, level: Double
) throws(Undefined) -> Bounds {
  try Check.level(level)
  try Check.successes(successes, of: trials)
  let tail = (1 - level) / 2
  let k = Double(successes)
  let n = Double(trials)
  // A shape of 0 stands for an end that the rate itself reaches.
  return Bounds(
    low: BetaDistribution(k, n - k + 1)?.quantile(tail) ?? 0,
    high: BetaDistribution(k + 1, n - k)?.quantile(1 - tail) ?? 1)
}

extension Check {
  static func successes(_ successes: Int, of trials: Int) throws(Undefined) {
    try count(trials, "a number of trials")
    try enough(trials, atLeast: 1, "trials")
    guard successes >= 0, successes <= trials else {
      throw Undefined(.invalidArgument, "\(successes) successes of \(trials) trials")
    }
  }
}
