/// The log abilities of models in bootstrap replicates.
public struct RankingReplicates: Sendable {
  /// One a model, in the order of the models.
  public private(set) var logAbilities: [BootstrapReplicates]

  init(models: Int) {
    logAbilities = [BootstrapReplicates](repeating: BootstrapReplicates(), count: models)
  }

  mutating func append(_ fit: RankingFit?) {
    for model in logAbilities.indices { logAbilities[model].append(fit?.logAbilities[model]) }
  }

  /// Adds replicates with later numbers.
  public mutating func append(_ other: RankingReplicates) {
    for (model, replicates) in other.logAbilities.enumerated() where model < logAbilities.count {
      logAbilities[model].append(replicates)
    }
  }
}

/// Fits a ranking in bootstrap replicates that draw whole clusters, such as all
/// judgements of a prompt; never judgements where each pair was asked in both orders.
///
/// Replicates in which the abilities have no finite likeliest value are undefined; over
/// 5 % of them, the intervals throw and a ridge helps.
///
/// - Parameters:
///   - clusters: Parallel to the judgements; each on its own without it.
///   - numbers: Of the replicates, as for ``Bootstrap``.
/// - Throws: As ``fitRanking(_:ties:ridge:)`` of all judgements; `lengths-differ`.
/// - Complexity: O(*judgements* + *models*³) a replicate.
public func rankingReplicates(
  _ judgements: [PairedComparison], models: Int, clusters: Clusters? = nil, ties: TieModel = .half,
  ridge: Double = 0, bootstrap: Bootstrap = Bootstrap(), numbers: Range<Int> = 0..<1000
) throws(Undefined) -> RankingReplicates {
  let whole = try WinMatrix(models: models, judgements: judgements)
  let fit = try fitRanking(whole, ties: ties, ridge: ridge)
  var result = RankingReplicates(models: models)
  let cells = judgements.map { WinCells.cell(of: $0, models: models) }
  // The fits are kept aside, as a statistic of the bootstrap is one number.
  _ = try bootstrap.replicates(numbers, rows: judgements.count, clusters: clusters) { counts in
    var drawn = WinCells(models: models)
    for row in counts.indices { drawn.counts[cells[row]] += Double(counts[row]) }
    result.append(try? refitted(fit, drawn, ties: ties, ridge: ridge))
    return nil
  }
  return result
}

/// The fit to the judgements of one replicate, sought from the fit to all.
private func refitted(
  _ fit: RankingFit, _ drawn: WinCells, ties: TieModel, ridge: Double
) throws(Undefined) -> RankingFit {
  var problem = try RankingProblem(WinMatrix(drawn), ties: ties, ridge: ridge)
  problem.start(at: fit)
  return try problem.fitted()
}
