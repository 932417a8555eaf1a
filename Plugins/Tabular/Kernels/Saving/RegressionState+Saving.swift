public import KernelSupport

extension RegressionState {
  /// Writes the state, which ``init(options:from:)`` reads.
  public func save(to writer: inout StateWriter) {
    writer.write(1)
    writer.write(isWeighted ? 1 : 0)
    sums.save(to: &writer)
    writer.write(histogram.exponent ?? Int(Int32.max))
    writer.write(histogram.counts) { $0.write($1) }
    writer.write(histogram.weights) { $0.write($1) }
    switch errors {
    case .none: writer.write(0)
    case .plain(let parts):
      writer.write(1)
      writer.write(parts) { $0.write($1) { $0.write($1) } }
    case .weighted(let runs):
      writer.write(2)
      runs.save(to: &writer)
    case .tracked(let parts):
      writer.write(3)
      writer.write(parts) { writer, part in
        writer.write(part) { writer, row in
          for number in [row.target, row.prediction, row.weight] { writer.write(number) }
          writer.write(row.row)
        }
      }
    }
  }

  /// Reads a state that was saved with the same options.
  ///
  /// - Throws: ``KernelError`` where the bytes are not such a state.
  @_lifetime(reader: copy reader)
  public init(options: RegressionOptions, from reader: inout StateReader) throws(KernelError) {
    guard try reader.number() == 1 else { throw StateReader.broken }
    let isWeighted = try reader.number() == 1
    let sums = try RegressionSums(from: &reader)
    let histogram = try ResidualHistogram(from: &reader)
    let errors: Errors
    switch try reader.number() {
    case 0: errors = .none
    case 1: errors = .plain(try Self.parts(from: &reader))
    case 2: errors = .weighted(try SplitRuns(from: &reader))
    case 3: errors = .tracked(try Self.trackedParts(from: &reader))
    default: throw StateReader.broken
    }
    self.init(
      options: options, sums: sums, histogram: histogram, errors: errors, isWeighted: isWeighted)
  }

  @_lifetime(reader: copy reader)
  private static func parts(from reader: inout StateReader) throws(KernelError) -> [[Double]] {
    var parts: [[Double]] = []
    for _ in 0..<(try reader.length(elementSize: 8)) {
      let part = try reader.numbers().map(Double.init(bitPattern:))
      guard part.allSatisfy({ $0 >= 0 }) else { throw StateReader.broken }
      parts.append(part)
    }
    return parts
  }

  @_lifetime(reader: copy reader)
  private static func trackedParts(
    from reader: inout StateReader
  ) throws(KernelError) -> [[TrackedRow]] {
    var parts: [[TrackedRow]] = []
    for _ in 0..<(try reader.length(elementSize: 8)) {
      var part: [TrackedRow] = []
      for _ in 0..<(try reader.length(elementSize: 32)) {
        let (target, prediction) = (try reader.double(), try reader.double())
        let weight = try reader.double()
        guard target.isFinite, prediction.isFinite, weight > 0, weight.isFinite else {
          throw StateReader.broken
        }
        part.append(
          TrackedRow(target: target, prediction: prediction, weight: weight, row: try reader.number()))
      }
      parts.append(part)
    }
    return parts
  }
}

extension RegressionSums {
  fileprivate func save(to writer: inout StateWriter) {
    writer.write(rows)
    writer.write(zeroTargets)
    writer.write(largest)
    for sums in [targets, errors] {
      writer.write(sums.shift)
      writer.write(sums.first)
      writer.write(sums.second)
    }
    writer.write(totals) { $0.write($1) }
  }

  @_lifetime(reader: copy reader)
  fileprivate init(from reader: inout StateReader) throws(KernelError) {
    self.init()
    rows = try reader.count(upTo: 1 << 40)
    zeroTargets = try reader.count(upTo: rows)
    largest = try reader.double()
    targets = try ShiftedSums(from: &reader)
    errors = try ShiftedSums(from: &reader)
    guard try reader.count() == totals.count else { throw StateReader.broken }
    for index in totals.indices { totals[index] = try reader.twoDouble() }
  }
}

extension ShiftedSums {
  @_lifetime(reader: copy reader)
  fileprivate init(from reader: inout StateReader) throws(KernelError) {
    let shift = try reader.double()
    let first = try reader.twoDouble()
    self.init(shift: shift, first: first, second: try reader.twoDouble())
  }
}

extension ResidualHistogram {
  @_lifetime(reader: copy reader)
  fileprivate init(from reader: inout StateReader) throws(KernelError) {
    let exponent = Int(Int64(bitPattern: try reader.number()))
    var counts: [Int] = []
    for _ in 0..<(try reader.length(elementSize: 8)) { counts.append(try reader.count(upTo: 1 << 40)) }
    var weights: [TwoDouble] = []
    for _ in 0..<(try reader.length(elementSize: 16)) { weights.append(try reader.twoDouble()) }
    let histogram = ResidualHistogram(
      exponent: exponent == Int(Int32.max) ? nil : exponent, counts: counts, weights: weights)
    guard let histogram else { throw StateReader.broken }
    self = histogram
  }
}
