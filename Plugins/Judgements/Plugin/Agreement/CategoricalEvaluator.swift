import AssayPluginKit
import KernelReporting
import KernelSupport

/// `agreement.categorical`: how far two raters agree on categories.
struct CategoricalEvaluator: StatefulEvaluator {
  private let order: CategoryOrder
  private var names = NameTable()
  /// What the one said and what the other.
  private var counts = PairCounts()

  init(parameters: Parameters) throws(PluginError) { order = try CategoryOrder(parameters) }

  mutating func update(_ batch: Batch) throws(PluginError) {
    let known = names.count
    let first = try names.add(try batch.column("a"), role: "a")
    try order.check(names, from: known, first, role: "a")
    let checked = names.count
    let second = try names.add(try batch.column("b"), role: "b")
    try order.check(names, from: checked, second, role: "b")
    for row in first.indices { counts.add(first[row], second[row]) }
  }

  mutating func merge(_ other: consuming CategoricalEvaluator) {
    counts.merge(other.counts, names.merge(other.names))
  }

  mutating func finish(_ sink: Sink) throws(PluginError) {
    let categories = order.ranked(names)
    try TwoRaters(categories, counts.renumbered(categories.ranks)).report(to: sink)
  }
}

extension CategoricalEvaluator: SavableEvaluator {
  func saved() -> [UInt8] {
    var writer = StateWriter()
    writer.write(1)
    names.save(to: &writer)
    counts.save(to: &writer)
    return writer.bytes
  }

  init(parameters: Parameters, saved: RawSpan) throws(PluginError) {
    order = try CategoryOrder(parameters)
    do throws(KernelError) {
      var bytes = StateReader(saved)
      guard try bytes.number() == 1 else { throw StateReader.broken }
      names = try NameTable(from: &bytes)
      counts = try PairCounts(names: names.count, from: &bytes)
      guard bytes.isAtEnd else { throw StateReader.broken }
    } catch {
      throw PluginError(error)
    }
    try order.check(names, from: 0, [], role: "the saved state")
  }
}
