/// How often each model was preferred to each other one, and how often they tied.
///
/// Counts need not be whole, so that judgements may have weights. What a fit costs
/// depends on the number of pairs that met, not on the number of judgements.
public struct WinMatrix: Sendable, Hashable {
  public let models: Int
  /// Row i, column j: how often i was preferred to j.
  private var wins: [Double]
  /// Symmetric.
  private var ties: [Double]

  /// - Throws: `too-few-values` under two models; `invalid-argument` over 10,000.
  public init(models: Int) throws(Undefined) {
    try Check.enough(models, atLeast: 2, "models")
    guard models <= 10_000 else {
      throw Undefined(.invalidArgument, "\(models) models, of which 10000 can be ranked")
    }
    self.models = models
    wins = [Double](repeating: 0, count: models * models)
    ties = wins
  }

  init(_ cells: WinCells) {
    models = cells.models
    let size = models * models
    wins = Array(cells.counts[..<size])
    ties = wins
    for i in 0..<models {
      for j in 0..<models {
        ties[i * models + j] = cells.counts[size + i * models + j] + cells.counts[size + j * models + i]
      }
    }
  }

  /// - Parameter wins: Of the row over the column; square.
  /// - Throws: `lengths-differ`, `not-finite`, `invalid-argument` for a count under 0 or
  ///   wins over oneself, and as ``init(models:)``.
  public init(wins: [[Double]], ties: [[Double]] = []) throws(Undefined) {
    try self.init(models: wins.count)
    for (i, row) in wins.enumerated() {
      try Check.parallel(wins.count, row.count, "the rows and the columns of the wins")
      for (j, weight) in row.enumerated() where weight != 0 {
        try add(i, j, .first, weight: weight)
      }
    }
    guard !ties.isEmpty else { return }
    try Check.parallel(wins.count, ties.count, "the wins and the ties")
    for (i, row) in ties.enumerated() {
      try Check.parallel(ties.count, row.count, "the rows and the columns of the ties")
      // A symmetric table names each tie twice.
      for (j, weight) in row[..<i].enumerated() where weight != 0 || ties[j][i] != 0 {
        guard weight == ties[j][i] else {
          throw Undefined(.invalidArgument, "the ties of \(i) and \(j) are not symmetric")
        }
        try add(i, j, .tie, weight: weight)
      }
    }
  }

  /// Counts judgements.
  ///
  /// - Throws: `invalid-argument` for a model that there is not or one that meets
  ///   itself, and as ``init(models:)``.
  /// - Complexity: O(*judgements* + *models*²).
  public init(models: Int, judgements: [PairedComparison]) throws(Undefined) {
    try self.init(models: models)
    for judgement in judgements { try add(judgement, weight: 1) }
  }

  /// Adds a judgement.
  ///
  /// - Throws: `invalid-argument` for a model that there is not, one that meets itself,
  ///   or a weight that is not a number from 0.
  public mutating func add(_ judgement: PairedComparison, weight: Double = 1) throws(Undefined) {
    try add(Int(judgement.first), Int(judgement.second), judgement.preference, weight: weight)
  }

  private mutating func add(
    _ first: Int, _ second: Int, _ preference: Preference, weight: Double
  ) throws(Undefined) {
    guard first >= 0, first < models, second >= 0, second < models, first != second else {
      throw Undefined(
        .invalidArgument, "a judgement of the models \(first) and \(second) of \(models)")
    }
    guard weight >= 0, weight.isFinite else {
      throw Undefined(.invalidArgument, "a judgement of the weight \(weight)")
    }
    switch preference {
    case .first: wins[first * models + second] += weight
    case .second: wins[second * models + first] += weight
    case .tie:
      ties[first * models + second] += weight
      ties[second * models + first] += weight
    }
  }

  /// How often `first` was preferred to `second`.
  public func wins(of first: Int, over second: Int) -> Double {
    isPair(first, second) ? wins[first * models + second] : 0
  }

  /// How often two models tied.
  public func ties(of first: Int, and second: Int) -> Double {
    isPair(first, second) ? ties[first * models + second] : 0
  }

  private func isPair(_ first: Int, _ second: Int) -> Bool {
    first >= 0 && first < models && second >= 0 && second < models
  }

  /// The pairs that met.
  func pairs(ties treatment: TieModel) -> [MetPair] {
    var pairs: [MetPair] = []
    for i in 0..<models {
      for j in (i + 1)..<max(models, i + 1) {
        var pair = MetPair(
          first: i, second: j, wins: wins[i * models + j], losses: wins[j * models + i],
          ties: ties[i * models + j])
        switch treatment {
        case .half:
          pair.wins += pair.ties / 2
          pair.losses += pair.ties / 2
          pair.ties = 0
        case .ignore: pair.ties = 0
        case .davidson, .raoKupper: break
        }
        if pair.total > 0 { pairs.append(pair) }
      }
    }
    return pairs
  }
}

/// Counts of judgements that were checked before: wins of the row over the column,
/// then ties by the order in which the two were named.
struct WinCells {
  let models: Int
  var counts: [Double]

  init(models: Int) {
    self.models = models
    counts = [Double](repeating: 0, count: 2 * models * models)
  }

  static func cell(of judgement: PairedComparison, models: Int) -> Int {
    let first = Int(judgement.first)
    let second = Int(judgement.second)
    return switch judgement.preference {
    case .first: first * models + second
    case .second: second * models + first
    case .tie: (models + first) * models + second
    }
  }
}

/// Two models that met, first before second.
struct MetPair {
  var first: Int
  var second: Int
  /// Of the first over the second.
  var wins: Double
  var losses: Double
  var ties: Double
  var total: Double { wins + losses + ties }
}
