import Glibc

/// What ties mean in a ranking.
public enum TieModel: String, Sendable, Hashable, CaseIterable {
  /// Half a win for either side.
  case half
  /// Nothing; they are left out.
  case ignore
  /// Davidson (1970): P(tie) is proportional to ν √(π_i π_j).
  case davidson
  /// Rao and Kupper (1967): P(i beats j) = π_i / (π_i + θ π_j).
  case raoKupper = "rao-kupper"

  var hasParameter: Bool { self == .davidson || self == .raoKupper }
}

/// The log likelihood of the outcomes of one pair with its derivatives, by the
/// difference d of the log abilities and the logarithm t of the tie parameter.
struct PairLikelihood {
  var value = 0.0
  var byDifference = 0.0
  var byTie = 0.0
  /// The second derivatives, with the other sign.
  var information = 0.0
  var tieInformation = 0.0
  var crossInformation = 0.0

  init(_ pair: MetPair, _ model: TieModel, difference d: Double, tie t: Double) {
    switch model {
    case .half, .ignore: bradleyTerry(pair, d)
    case .davidson: davidson(pair, d, t)
    case .raoKupper: raoKupper(pair, d, t)
    }
  }

  private mutating func bradleyTerry(_ pair: MetPair, _ d: Double) {
    let p = logistic(d)
    let q = logistic(-d)
    value = pair.wins * logLogistic(d) + pair.losses * logLogistic(-d)
    byDifference = pair.wins * q - pair.losses * p
    information = pair.total * p * q
  }

  private mutating func davidson(_ pair: MetPair, _ d: Double, _ t: Double) {
    // Scaled by the largest term, so that none overflows.
    let top = max(abs(d) / 2, t)
    let win = exp(d / 2 - top)
    let loss = exp(-d / 2 - top)
    let tie = exp(t - top)
    let sum = win + loss + tie
    let lead = (win - loss) / sum
    let p = tie / sum
    value = (pair.wins - pair.losses) * d / 2 + pair.ties * t - pair.total * (log(sum) + top)
    byDifference = (pair.wins - pair.losses - pair.total * lead) / 2
    byTie = pair.ties - pair.total * p
    information = pair.total * ((win + loss) / sum - lead * lead) / 4
    tieInformation = pair.total * p * (1 - p)
    crossInformation = -pair.total * p * lead / 2
  }

  private mutating func raoKupper(_ pair: MetPair, _ d: Double, _ t: Double) {
    // A tie has the probability (θ² - 1) times both sides' winning.
    let a = pair.wins + pair.ties
    let b = pair.losses + pair.ties
    let missFirst = logistic(t - d)
    let missSecond = logistic(t + d)
    let curveFirst = a * missFirst * logistic(d - t)
    let curveSecond = b * missSecond * logistic(-d - t)
    let shrink = -expm1(-2 * t)
    value = a * logLogistic(d - t) + b * logLogistic(-d - t)
      + (pair.ties > 0 ? pair.ties * (2 * t + log(shrink)) : 0)
    byDifference = a * missFirst - b * missSecond
    byTie = -a * missFirst - b * missSecond + 2 * pair.ties / shrink
    information = curveFirst + curveSecond
    tieInformation = information + 4 * pair.ties * exp(-2 * t) / (shrink * shrink)
    crossInformation = curveSecond - curveFirst
  }
}

/// 1 / (1 + e^-x).
private func logistic(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let power = exp(x)
  return power / (1 + power)
}

private func logLogistic(_ x: Double) -> Double {
  x >= 0 ? -log1p(exp(-x)) : x - log1p(exp(x))
}
