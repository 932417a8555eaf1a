import AssayPluginKit
import AssayStatistics
import KernelReporting
import KernelSupport

/// `pairwise.bradley_terry`: how able models are by judgements of pairs of them.
struct BradleyTerryEvaluator: StatefulEvaluator {
  private let options: RankingOptions
  private var counts = JudgementCounts()

  init(parameters: Parameters) throws(PluginError) { options = try RankingOptions(parameters) }

  mutating func update(_ batch: Batch) throws(PluginError) { try counts.add(batch) }

  mutating func merge(_ other: consuming BradleyTerryEvaluator) { counts.merge(other.counts) }

  mutating func finish(_ sink: Sink) throws(PluginError) {
    try Ranking(counts, options).report(to: sink)
  }
}

/// How abilities are fitted.
struct RankingOptions: Sendable, Hashable {
  let ties: TieModel
  let ridge: Double
  /// Of the intervals; nil for that of the run.
  let level: Double?

  init(_ parameters: Parameters) throws(PluginError) {
    let name = try parameters.text("ties") ?? "half"
    guard let ties = TieModel(rawValue: name == "rao_kupper" ? "rao-kupper" : name) else {
      throw PluginError(
        .invalidArgument, "The parameter ties must be half, ignore, davidson or rao_kupper.")
    }
    self.ties = ties
    ridge = try parameters.number("ridge", otherwise: 0)
    guard ridge >= 0, ridge.isFinite else {
      throw PluginError(.invalidArgument, "The parameter ridge must be a number from 0.")
    }
    level = parameters["level"] == nil ? nil : try parameters.number("level", otherwise: 0)
    if let level, !(level > 0 && level < 1) {
      throw PluginError(.invalidArgument, "The parameter level must lie between 0 and 1.")
    }
  }
}

extension BradleyTerryEvaluator: SavableEvaluator {
  func saved() -> [UInt8] {
    var writer = StateWriter()
    writer.write(1)
    counts.models.save(to: &writer)
    counts.wins.save(to: &writer)
    counts.ties.save(to: &writer)
    return writer.bytes
  }

  init(parameters: Parameters, saved: RawSpan) throws(PluginError) {
    options = try RankingOptions(parameters)
    do throws(KernelError) {
      var bytes = StateReader(saved)
      guard try bytes.number() == 1 else { throw StateReader.broken }
      counts.models = try NameTable(from: &bytes)
      counts.wins = try PairCounts(names: counts.models.count, from: &bytes)
      counts.ties = try PairCounts(names: counts.models.count, from: &bytes)
      guard bytes.isAtEnd, counts.meetOthers else { throw StateReader.broken }
    } catch {
      throw PluginError(error)
    }
  }
}

extension JudgementCounts {
  /// Whether no model meets itself.
  fileprivate var meetOthers: Bool {
    var result = true
    for pairs in [wins, ties] { pairs.forEach { first, second, _ in result = result && first != second } }
    return result
  }
}
