import Glibc

/// The interval of a mean at one time of a confidence sequence from a normal mixture
/// (Robbins 1970; Howard et al. 2021; with an estimated deviation asymptotic,
/// Waudby-Smith et al. 2024): mean ∓ σ √(2 (t ρ² + 1) / (t² ρ²) · log(√(t ρ² + 1) / α)).
///
/// With the values' own bound on the deviation, (high - low) / 2, it holds exactly
/// (sub-Gaussian); with the standard deviation of the values so far it holds for many
/// rows.
///
/// - Parameters:
///   - standardDeviation: Of the values, at least 0.
///   - sharpestAt: The number of rows at which the interval is to be narrowest for what
///     it covers, such as the planned number.
/// - Throws: `too-few-values` without rows, `invalid-argument`, `not-finite`.
public func normalMixtureInterval(
  mean: Double, standardDeviation: Double, count: Int, sharpestAt: Int, level: Double
) throws(Undefined) -> Bounds {
  try Check.level(level)
  try Check.enough(count, atLeast: 1, "rows")
  try Check.count(sharpestAt, atLeast: 1, "the planned number of rows")
  try Check.finite([mean, standardDeviation], "mean and deviation")
  guard standardDeviation >= 0 else {
    throw Undefined(.invalidArgument, "a standard deviation of \(standardDeviation)")
  }
  let alpha = 1 - level
  let t = Double(count)
  // The approximation of the best ρ² of Waudby-Smith et al. (2024), equation 15.
  let best = (-2 * log(alpha) + log(1 - 2 * log(alpha))) / Double(sharpestAt)
  let spread = t * best + 1
  let radius = standardDeviation
    * (2 * spread / (t * t * best) * log(spread.squareRoot() / alpha)).squareRoot()
  return Bounds(low: mean - radius, high: mean + radius)
}
