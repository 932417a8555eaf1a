import AssayArrow
import AssayPluginKit
import AssayStatistics
import KernelReporting
import KernelSupport

/// The fit of abilities to judgements, or why there is none, with what the tables tell.
///
/// Models go by their names, so that not a bit depends on the order of judgements.
struct Ranking {
  private let names: [String]
  private let fit: Result<RankingFit, Undefined>
  private let options: RankingOptions
  private let records: [Record]
  private let meetings: [Meeting]
  private let ties: Int

  /// How often a model won, lost and tied.
  private struct Record {
    var wins = 0
    var losses = 0
    var ties = 0
  }

  /// Two models that met.
  private struct Meeting {
    let first: Int
    let second: Int
    var wins = 0
    var ties = 0
  }

  /// A fit takes the cube of so many steps, and their square of memory.
  static let most = 2000

  init(_ counts: JudgementCounts, _ options: RankingOptions) {
    let unsorted = counts.models.names
    let order = unsorted.indices.sorted {
      unsorted[$0].utf8.lexicographicallyPrecedes(unsorted[$1].utf8)
    }
    var ranks = order
    for (rank, model) in order.enumerated() { ranks[model] = rank }
    names = order.map { unsorted[$0] }
    let wins = counts.wins.renumbered(ranks)
    let tied = counts.ties.renumbered(ranks)
    self.options = options
    ties = tied.reduce(0) { $0 + $1.count }
    records = Self.records(names.count, wins, tied)
    meetings = Self.meetings(wins, tied)
    do throws(Undefined) {
      guard names.count <= Self.most else {
        throw Undefined(.invalidArgument, "\(names.count) models, of which \(Self.most) can be ranked")
      }
      let matrix = try Self.matrix(names.count, wins, tied)
      fit = .success(try fitRanking(matrix, ties: options.ties, ridge: options.ridge))
    } catch {
      fit = .failure(error)
    }
  }

  private typealias Counts = [(first: Int, second: Int, count: Int)]

  private static func matrix(
    _ models: Int, _ wins: Counts, _ ties: Counts
  ) throws(Undefined) -> WinMatrix {
    var matrix = try WinMatrix(models: models)
    for (first, second, count) in wins {
      try matrix.add(PairedComparison(first, second, .first), weight: Double(count))
    }
    for (first, second, count) in ties {
      try matrix.add(PairedComparison(first, second, .tie), weight: Double(count))
    }
    return matrix
  }

  private static func records(_ models: Int, _ wins: Counts, _ ties: Counts) -> [Record] {
    var records = [Record](repeating: Record(), count: models)
    for (first, second, count) in wins {
      records[first].wins += count
      records[second].losses += count
    }
    for (first, second, count) in ties {
      records[first].ties += count
      records[second].ties += count
    }
    return records
  }

  /// In both orders, ascending.
  private static func meetings(_ wins: Counts, _ ties: Counts) -> [Meeting] {
    var meetings: [Int: Meeting] = [:]
    func meet(_ first: Int, _ second: Int, wins: Int, ties: Int) {
      meetings[first << 32 | second, default: Meeting(first: first, second: second)].wins += wins
      meetings[first << 32 | second]?.ties += ties
    }
    for (first, second, count) in wins {
      meet(first, second, wins: count, ties: 0)
      meet(second, first, wins: 0, ties: 0)
    }
    for (first, second, count) in ties {
      meet(first, second, wins: 0, ties: count)
      meet(second, first, wins: 0, ties: count)
    }
    return meetings.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension Ranking {
  func report(to sink: Sink) throws(PluginError) {
    let judgements = records.reduce(0) { $0 + $1.wins } + ties
    switch fit {
    case .success(let fit):
      try sink.metric("log_likelihood", fit.logLikelihood)
      if let tie = fit.tieParameter {
        try sink.metric("tie_parameter", tie)
      } else {
        try sink.undefined("tie_parameter", "Ties have no parameter: ties is \(options.ties.rawValue).")
      }
    case .failure(let undefined):
      let reason = reason(undefined)
      for name in ["log_likelihood", "tie_parameter"] { try sink.undefined(name, reason) }
    }
    try sink.metric("models", Double(names.count))
    try sink.metric("judgements", Double(judgements))
    try sink.metric("ties", Double(ties))
    if sink.wants("abilities") {
      try sink.table("abilities", RecordBatch(abilities(level: sink.intervalLevel)))
    }
    if sink.wants("wins") { try sink.table("wins", RecordBatch(wins())) }
  }

  /// The cause by its name, and which models are in which group.
  private func reason(_ undefined: Undefined) -> String {
    guard !undefined.groups.isEmpty else { return "\(undefined)." }
    let shown = undefined.groups.prefix(8).map { group in
      let names = group.prefix(8).map { self.names[$0] }.joined(separator: ", ")
      return "(" + names + (group.count > 8 ? " and \(group.count - 8) more)" : ")")
    }
    let rest = undefined.groups.count > shown.count ? ", …" : ""
    let remedy = options.ties == .half || options.ties == .ignore ? " A ridge gives finite abilities." : ""
    return "\(undefined): \(shown.joined(separator: ", "))\(rest).\(remedy)"
  }

  private func abilities(level: Double) -> FoundTable {
    guard case .success(let fit) = fit else { return unfitted() }
    let order = names.indices.sorted {
      (-fit.logAbilities[$0], $0) < (-fit.logAbilities[$1], $1)
    }
    let level = options.level ?? (level > 0 ? level : 0.95)
    let estimates = order.map { try? fit.logAbility($0, level: level) }
    let elo = fit.eloRatings()
    let abilities = fit.abilities
    return table(
      order, groups: order.map { _ in 1 },
      [
        order.map { abilities[$0] }, order.map { fit.logAbilities[$0] },
        estimates.map { $0?.standardError }, estimates.map { $0?.interval.low },
        estimates.map { $0?.interval.high }, order.map { elo[$0] },
      ])
  }

  private func unfitted() -> FoundTable {
    var groups = [Int?](repeating: nil, count: names.count)
    if case .failure(let undefined) = fit {
      for (number, group) in undefined.groups.enumerated() {
        for model in group { groups[model] = number + 1 }
      }
    }
    let order = names.indices.sorted { (groups[$0] ?? 0, $0) < (groups[$1] ?? 0, $1) }
    let nothing = [Double?](repeating: nil, count: names.count)
    return table(
      order, groups: order.map { groups[$0] }, Array(repeating: nothing, count: 6))
  }

  private func table(_ order: [Int], groups: [Int?], _ numbers: [[Double?]]) -> FoundTable {
    FoundTable("abilities", [
      "model": .texts(order.map { names[$0] }), "ability": .numbers(numbers[0]),
      "log_ability": .numbers(numbers[1]), "standard_error": .numbers(numbers[2]),
      "low": .numbers(numbers[3]), "high": .numbers(numbers[4]), "elo": .numbers(numbers[5]),
      "wins": .counts(order.map { records[$0].wins }),
      "losses": .counts(order.map { records[$0].losses }),
      "ties": .counts(order.map { records[$0].ties }), "group": .optionalCounts(groups),
    ])
  }

  private func wins() -> FoundTable {
    let fit = try? fit.get()
    return FoundTable("wins", [
      "model": .texts(meetings.map { names[$0.first] }),
      "opponent": .texts(meetings.map { names[$0.second] }),
      "wins": .counts(meetings.map(\.wins)), "ties": .counts(meetings.map(\.ties)),
      "probability": .numbers(
        meetings.map { meeting in
          fit.flatMap { try? $0.winProbability(meeting.first, over: meeting.second) }
        }),
    ])
  }
}
