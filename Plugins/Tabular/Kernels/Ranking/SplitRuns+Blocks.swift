/// Part of the rows of both classes, sorted ascending, that holds every row of the
/// scores that occur in it.
@safe
struct RankedBlock<Item: RankedItem> {
  // Safety: both point into the buffers of the loop that makes the block, and are
  // not kept after it.
  let positives: UnsafeBufferPointer<Item>
  let negatives: UnsafeBufferPointer<Item>
}

extension SplitRuns {
  /// How many rows a block has, about: two buffers of it stay in the cache.
  private static var blockSize: Int { 16384 }
  private static var sampleStep: Int { 512 }

  /// Calls `body` with all rows, in blocks from the highest scores to the lowest.
  ///
  /// - Complexity: O(*n* log *k*) for *k* runs, in memory for a block.
  func forEachBlockDescending(_ body: (RankedBlock<Item>) -> Void) {
    let all = positives.runs + negatives.runs
    let splitters = Self.splitters(all)
    var ends = all.map(\.count)
    var positive = BlockMerger<Item>()
    var negative = BlockMerger<Item>()
    for lowest in splitters.reversed() {
      let starts = all.indices.map { Self.lowerBound(lowest, in: all[$0], below: ends[$0]) }
      let split = positives.runs.count
      positive.merge(all[..<split], from: starts[..<split], to: ends[..<split])
      negative.merge(all[split...], from: starts[split...], to: ends[split...])
      unsafe body(RankedBlock(positives: positive.rows, negatives: negative.rows))
      ends = starts
    }
  }

  /// The lowest key of each block, ascending, from samples of every run.
  private static func splitters(_ runs: [[Item]]) -> [UInt64] {
    var samples: [UInt64] = []
    for run in runs {
      for index in stride(from: sampleStep, to: run.count, by: sampleStep) {
        samples.append(run[index].key)
      }
    }
    samples.sort()
    var splitters: [UInt64] = [0]
    for index in stride(from: blockSize / sampleStep, to: samples.count, by: blockSize / sampleStep)
    where samples[index] != splitters[splitters.count - 1] {
      splitters.append(samples[index])
    }
    return splitters
  }

  private static func lowerBound(_ key: UInt64, in run: [Item], below end: Int) -> Int {
    var (low, high) = (0, end)
    while low < high {
      let middle = (low + high) / 2
      if run[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Merges parts of runs into one sorted buffer, pair by pair.
@safe
private struct BlockMerger<Item: RankedItem>: ~Copyable {
  private var front: UnsafeMutableBufferPointer<Item>
  private var back: UnsafeMutableBufferPointer<Item>
  private var count = 0

  init() {
    unsafe front = .allocate(capacity: 1 << 15)
    unsafe back = .allocate(capacity: 1 << 15)
  }

  deinit {
    unsafe front.deallocate()
    unsafe back.deallocate()
  }

  /// The rows of the last merge, valid until the next.
  @unsafe
  var rows: UnsafeBufferPointer<Item> {
    unsafe UnsafeBufferPointer(start: front.baseAddress, count: count)
  }

  mutating func merge(_ runs: ArraySlice<[Item]>, from starts: ArraySlice<Int>, to ends: ArraySlice<Int>) {
    var bounds = [0]
    count = zip(starts, ends).reduce(0) { $0 + $1.1 - $1.0 }
    reserve()
    for index in runs.indices where starts[index] < ends[index] {
      let (start, size) = (starts[index], ends[index] - starts[index])
      unsafe runs[index].withUnsafeBufferPointer { run in
        // Safety: the sizes add up to `count`, for which there is room.
        guard let source = run.baseAddress, let target = unsafe front.baseAddress else { return }
        unsafe (target + bounds[bounds.count - 1]).initialize(from: source + start, count: size)
      }
      bounds.append(bounds[bounds.count - 1] + size)
    }
    while bounds.count > 2 { bounds = mergePairs(bounds) }
  }

  private mutating func reserve() {
    guard unsafe count > front.count else { return }
    unsafe front.deallocate()
    unsafe back.deallocate()
    unsafe front = .allocate(capacity: count)
    unsafe back = .allocate(capacity: count)
  }

  private mutating func mergePairs(_ bounds: [Int]) -> [Int] {
    var merged = [0]
    for pair in stride(from: 0, to: bounds.count - 1, by: 2) {
      let (start, middle) = (bounds[pair], bounds[pair + 1])
      let end = pair + 2 < bounds.count ? bounds[pair + 2] : middle
      guard let source = unsafe front.baseAddress, let target = unsafe back.baseAddress else { continue }
      // Safety: the bounds lie in both buffers.
      unsafe mergeRuns(
        UnsafeBufferPointer(start: source + start, count: middle - start),
        UnsafeBufferPointer(start: source + middle, count: end - middle), into: target + start)
      merged.append(end)
    }
    unsafe swap(&front, &back)
    return merged
  }
}
