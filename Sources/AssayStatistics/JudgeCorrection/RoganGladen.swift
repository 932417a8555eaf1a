/// How well a judge's yes and no agree with people's, measured on labelled answers.
public struct JudgeCalibration: Sendable, Hashable {
  /// The share of answers that are right by people that the judge says yes to.
  public let sensitivity: Proportion
  /// The share of answers that are wrong by people that the judge says no to.
  public let specificity: Proportion

  public init(sensitivity: Proportion, specificity: Proportion) {
    self.sensitivity = sensitivity
    self.specificity = specificity
  }

  /// Counts labelled answers.
  ///
  /// - Throws: `lengths-differ`; `too-few-values` without a right or a wrong answer.
  public init(labels: [Bool], verdicts: [Bool]) throws(Undefined) {
    let counts = try PairedCounts(labels, verdicts)
    sensitivity = try Proportion(
      successes: counts.both, trials: counts.both + counts.onlyFirst)
    specificity = try Proportion(
      successes: counts.neither, trials: counts.neither + counts.onlySecond)
  }
}

/// The rate of right answers behind the rate of a judge's yes (Rogan and Gladen 1978):
/// (p + specificity - 1) / (specificity + sensitivity - 1), cut to [0, 1].
///
/// - Throws: `invalid-argument`; `uninformative-judge` unless sensitivity and
///   specificity add up to over 1.
public func roganGladenRate(
  observed rate: Double, sensitivity: Double, specificity: Double
) throws(Undefined) -> Double {
  try Check.rate(rate, "the observed rate")
  try Check.rate(sensitivity, "the sensitivity")
  try Check.rate(specificity, "the specificity")
  let gain = specificity + sensitivity - 1
  guard gain > 0 else {
    throw Undefined(
      .uninformativeJudge,
      "a judge with sensitivity \(sensitivity) and specificity \(specificity) tells nothing")
  }
  return min(1, max(0, (rate + specificity - 1) / gain))
}

/// The corrected rate with an interval that knows of the error of the calibration
/// (Lee et al. 2025, arXiv:2511.21140, and their reference code).
///
/// The rates enter the interval shrunk, by z² / 2 of z² answers and by one of two, and
/// its centre is shifted by the second-order term of the calibration's error. The
/// value is the plain ``roganGladenRate(observed:sensitivity:specificity:)``, the
/// standard error that of the shrunk rates.
///
/// - Throws: `invalid-argument`; `uninformative-judge` unless both the rates and the
///   shrunk rates add up to over 1.
public func roganGladenEstimate(
  observed: Proportion, judge: JudgeCalibration, level: Double = 0.95
) throws(Undefined) -> Estimate {
  try Check.level(level)
  let value = try roganGladenRate(
    observed: observed.rate, sensitivity: judge.sensitivity.rate,
    specificity: judge.specificity.rate)
  let z = NormalDistribution.reach(level: level)
  func shrunk(_ rate: Proportion, by weight: Double) -> (rate: Double, variance: Double) {
    let trials = Double(rate.trials) + 2 * weight
    let share = (Double(rate.successes) + weight) / trials
    return (share, share * (1 - share) / trials)
  }
  let p = shrunk(observed, by: z * z / 2)
  let q0 = shrunk(judge.specificity, by: 1)
  let q1 = shrunk(judge.sensitivity, by: 1)
  let gain = q0.rate + q1.rate - 1
  guard gain > 0 else {
    throw Undefined(.uninformativeJudge, "too few labelled answers tell the judge from chance")
  }
  let rate = (p.rate + q0.rate - 1) / gain
  let shift = 2 * z * z * (rate * q1.variance - (1 - rate) * q0.variance)
  let error = (p.variance + (1 - rate) * (1 - rate) * q0.variance
    + rate * rate * q1.variance).squareRoot() / gain
  func cut(_ end: Double) -> Double { min(1, max(0, end)) }
  return Estimate(
    value: value, standardError: error,
    interval: Bounds(low: cut(rate + shift - z * error), high: cut(rate + shift + z * error)),
    level: level)
}
