import Glibc

/// Fits the abilities of Bradley and Terry's model (1952): model i is preferred to
/// model j with a probability of π_i / (π_i + π_j).
///
/// The likeliest abilities by Newton's method with halved steps; the log likelihood
/// is concave in the log abilities and the logarithm of the tie parameter, so there is
/// one maximum or none.
///
/// - Parameters:
///   - ties: What ties mean. Without any, Davidson's ν is 0 and Rao and Kupper's θ 1.
///   - ridge: The penalty ridge / 2 · Σ (log ability)², which is a normal prior with the
///     variance 1 / ridge. With it abilities are finite whatever the data, for
///     ``TieModel/half`` and ``TieModel/ignore``.
/// - Throws: `disconnected` and `separated` (undefeated or winless models, or whole
///   groups of them) with the groups of models, unless there is a ridge; `only-ties`
///   where nothing but ties is given to a model with a tie parameter; `not-converged`
///   where ties and wins together put a maximum at infinity; `invalid-argument`.
/// - Complexity: O(*models*³) a step, of which there are about ten.
public func fitRanking(
  _ matrix: WinMatrix, ties: TieModel = .half, ridge: Double = 0
) throws(Undefined) -> RankingFit {
  guard ridge >= 0, ridge.isFinite else {
    throw Undefined(.invalidArgument, "a ridge is a number from 0, not \(ridge)")
  }
  var problem = try RankingProblem(matrix, ties: ties, ridge: ridge)
  return try problem.fitted()
}

/// The search for the likeliest abilities.
struct RankingProblem {
  private let models: Int
  private let pairs: [MetPair]
  private let model: TieModel
  /// Whether the tie parameter is sought; without ties it is known.
  private let seeksTie: Bool
  private let ridge: Double
  /// The log abilities and, last, the logarithm of the tie parameter where it is sought.
  var parameters: [Double]

  init(_ matrix: WinMatrix, ties: TieModel, ridge: Double) throws(Undefined) {
    let pairs = matrix.pairs(ties: ties)
    let tied = pairs.reduce(0) { $0 + $1.ties }
    let decided = pairs.reduce(0) { $0 + $1.wins + $1.losses }
    guard tied == 0 || decided > 0 else {
      throw Undefined(.onlyTies, "all comparisons are ties")
    }
    models = matrix.models
    self.pairs = pairs
    self.ridge = ridge
    seeksTie = tied > 0
    model = seeksTie || !ties.hasParameter ? ties : .half
    if ridge == 0 { try ComparisonGraph(models: models, pairs: pairs).requireFord() }
    knownTie = ties == .davidson ? 0 : ties == .raoKupper ? 1 : nil
    parameters = [Double](repeating: 0, count: models)
    guard seeksTie else { return }
    // As if all were equally able.
    parameters.append(
      model == .davidson ? log(2 * tied / decided) : log1p(2 * tied / decided))
  }

  private let knownTie: Double?

  /// Starts from abilities that are nearly right.
  mutating func start(at fit: RankingFit) {
    guard fit.models == models else { return }
    for index in 0..<models { parameters[index] = fit.logAbilities[index] }
  }

  /// Newton's method; leaves the parameters at the maximum.
  mutating func fitted() throws(Undefined) -> RankingFit {
    var current = derivatives(at: parameters)
    for iteration in 1...Self.limit {
      guard var information = current.information(shift: shift(current)).factorized else { break }
      let step = information.solved(current.gradient)
      guard let taken = improved(current, step: step) else { break }
      current = taken.state
      parameters = taken.parameters
      guard taken.length <= 1e-9 else { continue }
      let shift = shift(current)
      guard let last = current.information(shift: shift).factorized else { break }
      information = last
      return result(current, information.inverse(), shift: shift, iterations: iteration)
    }
    throw Undefined(
      .notConverged, "the likelihood of the comparisons has no maximum at finite abilities")
  }

  private static let limit = 200

  /// The parameters after a step, halved until the likelihood does not fall.
  private func improved(
    _ current: RankingDerivatives, step: [Double]
  ) -> (parameters: [Double], state: RankingDerivatives, length: Double)? {
    var share = 1.0
    // What rounding may take from the likelihood at the maximum.
    let slack = 1e-12 * max(1, abs(current.value))
    for _ in 0..<60 {
      var next = zip(parameters, step).map { $0 + share * $1 }
      let mean = next[..<models].reduce(0, +) / Double(models)
      for index in 0..<models { next[index] -= mean }
      let isAllowed = model != .raoKupper || !seeksTie || next[models] > 0
      if isAllowed, next.allSatisfy(\.isFinite) {
        let state = derivatives(at: next)
        if state.value >= current.value - slack {
          let length = zip(next, parameters).reduce(0) { max($0, abs($1.0 - $1.1)) }
          return (next, state, share == 1 ? length : .infinity)
        }
      }
      share /= 2
    }
    return nil
  }

  private func derivatives(at parameters: [Double]) -> RankingDerivatives {
    var result = RankingDerivatives(models: models, hasTie: seeksTie)
    let tie = seeksTie ? parameters[models] : 0
    for pair in pairs {
      let difference = parameters[pair.first] - parameters[pair.second]
      result.add(pair, PairLikelihood(pair, model, difference: difference, tie: tie))
    }
    for index in 0..<models { result.penalize(index, parameters[index], ridge) }
    return result
  }

  /// What is added to all elements for the abilities, as their sum is not determined.
  private func shift(_ state: RankingDerivatives) -> Double {
    let mean = state.meanInformation(models)
    return (mean > 0 ? mean : 1) / Double(models)
  }

  private func result(
    _ state: RankingDerivatives, _ inverse: SymmetricMatrix, shift: Double, iterations: Int
  ) -> RankingFit {
    var covariances = SymmetricMatrix(size: models)
    // The share of the direction that the shift made up, or the ridge alone holds.
    let common = 1 / (Double(models) * (ridge + Double(models) * shift))
    for row in 0..<models {
      for column in 0..<models { covariances[row, column] = inverse[row, column] - common }
    }
    let penalty = parameters[..<models].reduce(0) { $0 + ridge / 2 * $1 * $1 }
    return RankingFit(
      logAbilities: Array(parameters[..<models]),
      tieParameter: seeksTie ? exp(parameters[models]) : knownTie,
      logLikelihood: state.value + penalty, iterations: iterations, covariances: covariances)
  }
}

/// The penalised log likelihood of all comparisons with its derivatives.
private struct RankingDerivatives {
  var value = 0.0
  var gradient: [Double]
  private let models: Int
  private let hasTie: Bool
  private var matrix: SymmetricMatrix

  init(models: Int, hasTie: Bool) {
    self.models = models
    self.hasTie = hasTie
    let size = models + (hasTie ? 1 : 0)
    gradient = [Double](repeating: 0, count: size)
    matrix = SymmetricMatrix(size: size)
  }

  mutating func add(_ pair: MetPair, _ term: PairLikelihood) {
    value += term.value
    gradient[pair.first] += term.byDifference
    gradient[pair.second] -= term.byDifference
    matrix[pair.first, pair.first] += term.information
    matrix[pair.second, pair.second] += term.information
    // The first is before the second, so this is the lower triangle.
    matrix[pair.second, pair.first] -= term.information
    guard hasTie else { return }
    gradient[models] += term.byTie
    matrix[models, pair.first] += term.crossInformation
    matrix[models, pair.second] -= term.crossInformation
    matrix[models, models] += term.tieInformation
  }

  mutating func penalize(_ index: Int, _ ability: Double, _ ridge: Double) {
    value -= ridge / 2 * ability * ability
    gradient[index] -= ridge * ability
    matrix[index, index] += ridge
  }

  func meanInformation(_ models: Int) -> Double {
    (0..<models).reduce(0) { $0 + matrix[$1, $1] } / Double(models)
  }

  func information(shift: Double) -> SymmetricMatrix {
    var shifted = matrix
    for row in 0..<models {
      for column in 0...row { shifted[row, column] += shift }
    }
    return shifted
  }
}

extension SymmetricMatrix {
  /// The Cholesky factor, or nil where there is none.
  fileprivate var factorized: SymmetricMatrix? {
    var copy = self
    return copy.factorize() ? copy : nil
  }
}
