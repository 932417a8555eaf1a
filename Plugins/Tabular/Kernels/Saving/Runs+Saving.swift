import KernelSupport

extension SplitRuns {
  /// Writes all runs.
  func save(to writer: inout StateWriter) {
    for runs in [positives.runs, negatives.runs] {
      writer.write(runs.count)
      for run in runs {
        writer.write(run) { writer, item in
          writer.write(item.key)
          guard Item.hasPayload else { return }
          writer.write(item.weight)
          writer.write(item.row)
        }
      }
    }
  }

  /// Reads what ``save(to:)`` wrote, and checks that every run is sorted.
  @_lifetime(reader: copy reader)
  init(from reader: inout StateReader) throws(KernelError) {
    self.init()
    for _ in 0..<(try reader.count()) { positives.append(try Self.run(from: &reader)) }
    for _ in 0..<(try reader.count()) { negatives.append(try Self.run(from: &reader)) }
  }

  @_lifetime(reader: copy reader)
  private static func run(from reader: inout StateReader) throws(KernelError) -> [Item] {
    var run: [Item] = []
    for _ in 0..<(try reader.length(elementSize: Item.hasPayload ? 24 : 8)) {
      let key = try reader.number()
      let weight = Item.hasPayload ? try reader.double() : 1
      let row = Item.hasPayload ? try reader.number() : 0
      let item = Item(key: key, weight: weight, row: row)
      guard !SortKey.value(key).isNaN, weight > 0, weight <= ExactSums.largestTerm,
        run.last.map({ !Item.precedes(item, $0) }) ?? true
      else { throw StateReader.broken }
      run.append(item)
    }
    return run
  }
}

extension ExactSums {
  func save(to writer: inout StateWriter) {
    var carried = self
    carried.carry()
    writer.write(carried.limbs) { $0.write($1) }
  }

  @_lifetime(reader: copy reader)
  init(from reader: inout StateReader, count: Int) throws(KernelError) {
    guard let sums = ExactSums(limbs: try reader.numbers(), count: count) else {
      throw StateReader.broken
    }
    self = sums
  }
}
