/// How much a prediction-powered mean relies on the predictions.
public enum PredictionPower: Sendable, Hashable {
  /// Fully: PPI (Angelopoulos et al. 2023, Science 382:669).
  case full
  /// As much as makes the variance least, from 0 to 1: PPI++ (Angelopoulos, Duchi and
  /// Zrnic 2023, arXiv:2311.01453).
  case tuned
  /// By a factor; 0 leaves the mean of the labels.
  case factor(Double)
}

/// A mean from few labels and many predictions.
public struct PredictionPoweredMean: Sendable, Hashable {
  public var estimate: Estimate
  /// The factor of the predictions.
  public var factor: Double
}

/// The mean of what people would say of all answers, from a judge's scores of all
/// and people's labels of some, which are a random part of all.
///
/// θ = λ · mean(f over the unlabelled) + mean(y - λ f over the labelled), with the
/// normal interval and variances with n in the denominator, as in `ppi_py`.
///
/// - Parameters:
///   - labels: What people said, *y*.
///   - predictions: What the judge said of the same answers, *f*.
///   - unlabelled: What the judge said of the other answers.
/// - Throws: `lengths-differ`, `not-finite`, `too-few-values` under two labelled or
///   unlabelled answers, `invalid-argument`.
/// - Complexity: O(*n*).
public func predictionPoweredMean(
  labels: [Double], predictions: [Double], unlabelled: [Double],
  power: PredictionPower = .tuned, level: Double = 0.95
) throws(Undefined) -> PredictionPoweredMean {
  try Check.level(level)
  try Check.parallel(labels.count, predictions.count, "labels and predictions")
  try Check.enough(labels.count, atLeast: 2, "labelled answers")
  try Check.enough(unlabelled.count, atLeast: 2, "unlabelled answers")
  try Check.finite(labels, "labels")
  try Check.finite(predictions, "predictions")
  try Check.finite(unlabelled, "unlabelled predictions")
  let factor = switch power {
  case .full: 1.0
  case .tuned: tunedFactor(labels, predictions, unlabelled)
  case .factor(let value): value
  }
  try Check.finite([factor], "factor")
  let rest = Moments(zip(labels, predictions).map { $0 - factor * $1 })
  let imputed = Moments(unlabelled)
  func square(_ moments: Moments) -> Double {
    moments.squares / Double(moments.count) / Double(moments.count)
  }
  let value = factor * imputed.mean + rest.mean
  let error = (factor * factor * square(imputed) + square(rest)).squareRoot()
  guard let interval = normalInterval(value: value, standardError: error, level: level) else {
    throw Undefined(.notFinite, "the values are too large for their mean or spread")
  }
  return PredictionPoweredMean(
    estimate: Estimate(value: value, standardError: error, interval: interval, level: level),
    factor: factor)
}

/// cov(y, f) / ((1 + n / N) var(f)), cut to [0, 1]; 0 for constant predictions.
private func tunedFactor(_ labels: [Double], _ predictions: [Double], _ rest: [Double]) -> Double {
  let all = Moments(predictions + rest)
  guard !all.isConstant else { return 0 }
  let meanLabel = Moments(labels).mean
  let meanPrediction = Moments(predictions).mean
  let covariance = compensatedSum(
    zip(labels, predictions).lazy.map { ($0 - meanLabel) * ($1 - meanPrediction) })
    / Double(labels.count)
  let share = Double(labels.count) / Double(rest.count)
  return min(1, max(0, covariance / ((1 + share) * all.variance)))
}
