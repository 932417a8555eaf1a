public import KernelSupport

extension BinaryState {
  /// Writes the state, which ``init(options:from:)`` reads.
  public func save(to writer: inout StateWriter) {
    writer.write(1)
    writer.write(counts) { $0.write($1) }
    sums.save(to: &writer)
    writer.write(isWeighted ? 1 : 0)
    weightSums?.save(to: &writer)
    writer.write(clipped)
    switch ranking {
    case .none: writer.write(0)
    case .plain(let runs):
      writer.write(1)
      runs.save(to: &writer)
    case .weighted(let runs):
      writer.write(2)
      runs.save(to: &writer)
    case .tracked(let runs):
      writer.write(3)
      runs.save(to: &writer)
    }
  }

  /// Reads a state that was saved with the same options.
  ///
  /// - Throws: ``KernelError`` where the bytes are not such a state.
  @_lifetime(reader: copy reader)
  public init(options: BinaryOptions, from reader: inout StateReader) throws(KernelError) {
    self.init(options: options)
    guard try reader.number() == 1, try reader.count() == counts.count else { throw StateReader.broken }
    for index in counts.indices { counts[index] = try reader.count(upTo: 1 << 40) }
    sums = try ExactSums(from: &reader, count: cellCount + 2)
    if try reader.number() == 1 { weightSums = try ExactSums(from: &reader, count: cellCount) }
    clipped = try reader.count(upTo: 1 << 40)
    switch try reader.number() {
    case 0: ranking = .none
    case 1: ranking = .plain(try SplitRuns(from: &reader))
    case 2: ranking = .weighted(try SplitRuns(from: &reader))
    case 3: ranking = .tracked(try SplitRuns(from: &reader))
    default: throw StateReader.broken
    }
    guard rankedRows == nil || rankedRows == rowCount else { throw StateReader.broken }
  }

  private var rankedRows: Int? {
    switch ranking {
    case .none: nil
    case .plain(let runs): runs.positives.count + runs.negatives.count
    case .weighted(let runs): runs.positives.count + runs.negatives.count
    case .tracked(let runs): runs.positives.count + runs.negatives.count
    }
  }
}
