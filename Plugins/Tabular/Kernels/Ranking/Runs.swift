/// Rows in sorted runs.
///
/// Runs of a few chunks are merged as states are, on all cores; from then on they
/// stay apart, and whoever reads them has them merged block by block inside a
/// cache. So no second copy of all rows is ever made.
struct Runs<Item: RankedItem>: Sendable {
  /// No longer runs are made by merging: 8 MB of plain keys.
  private static var longest: Int { 1 << 20 }

  private(set) var runs: [[Item]] = []

  var count: Int { runs.reduce(0) { $0 + $1.count } }

  /// Takes a sorted run.
  ///
  /// - Complexity: O(*n*) in the runs that it is merged with.
  mutating func append(_ run: [Item]) {
    guard !run.isEmpty else { return }
    runs.append(run)
    while runs.count >= 2 {
      let (a, b) = (runs[runs.count - 2], runs[runs.count - 1])
      guard a.count <= 2 * b.count, a.count + b.count <= Self.longest else { return }
      runs.removeLast(2)
      runs.append(Self.merged(a, b))
    }
  }

  mutating func append(_ other: consuming Runs) {
    for run in other.runs { append(run) }
  }

  private static func merged(_ a: [Item], _ b: [Item]) -> [Item] {
    unsafe [Item](unsafeUninitializedCapacity: a.count + b.count) { target, count in
      unsafe a.withUnsafeBufferPointer { a in
        unsafe b.withUnsafeBufferPointer { b in
          // Safety: the new array has room for both, so it is not empty.
          if let start = target.baseAddress { unsafe mergeRuns(a, b, into: start) }
        }
      }
      count = a.count + b.count
    }
  }
}

/// The rows of both classes, each in sorted runs.
struct SplitRuns<Item: RankedItem>: Sendable {
  var positives = Runs<Item>()
  var negatives = Runs<Item>()

  var isEmpty: Bool { positives.runs.isEmpty && negatives.runs.isEmpty }

  mutating func append(_ other: consuming SplitRuns) {
    positives.append(other.positives)
    negatives.append(other.negatives)
  }
}
