/// Matches the detections of one image after another with its truths.
///
/// Greedy as in pycocotools: from the highest score down, each detection takes the truth
/// of its class that it overlaps most and that is not taken; truths that need not be
/// found come after all others; of equal overlaps the later truth wins. All thresholds
/// are decided at once, a bit each: a truth is open to a detection where the overlap
/// reaches the threshold and nobody took it, and the detection takes the best truth of
/// each bit.
struct ImageMatcher {
  private let options: DetectionOptions
  private let thresholds: [Double]
  private let floor: Double
  private let pairFloor: Double
  private let keepsPairs: Bool
  private var ranking: ScoreRanking

  // Of the current detection, kept for their memory.
  private var open: [Int32] = []
  private var found: [Overlap] = []
  private var candidates: [Candidate] = []
  /// By truth of the image, then area range: the thresholds at which it was taken.
  private var taken: [UInt16] = []

  /// A truth that a detection may take.
  private struct Candidate {
    /// Its position in the batch.
    let truth: Int
    let value: Double
    /// The thresholds that the overlap reaches.
    let reached: UInt16
    /// The area ranges in which it need not be found.
    let ignored: UInt16
    let isCrowd: Bool
  }

  init(_ options: DetectionOptions, classCount: Int) {
    self.options = options
    // As pycocotools: a threshold of 1 is met by equal boxes despite rounding.
    thresholds = options.thresholds.map { min($0, 1 - 1e-10) }
    floor = thresholds.min() ?? 1
    pairFloor = min(options.overlap, 1 - 1e-10)
    keepsPairs = options.keepsPairs
    ranking = ScoreRanking(options, classCount: classCount)
  }

  /// Matches an image: sets ranks, hits and what is ignored in the block, which holds
  /// classes, scores and what is outside of the area ranges.
  mutating func match(
    _ image: Int, of batch: ImageBatch, _ source: inout some OverlapSource,
    into block: inout ImageBlock
  ) {
    let detections = batch.detections.ends.objects(of: image)
    let truths = batch.truth.ends.objects(of: image)
    ranking.rank(detections, in: &block.detections)
    applyClassLists(image, of: batch, to: &block)
    if !truths.isEmpty {
      start(truths)
      for detection in ranking.order where block.detections.classes[Int(detection)] >= 0 {
        find(Int(detection), truths, in: &block, firstDetection: detections.lowerBound, &source)
        take(Int(detection), truths, in: &block.detections)
      }
    }
    if keepsPairs { block.pairs.ends.append(block.pairs.values.count) }
  }

  private mutating func start(_ truths: Range<Int>) {
    let count = truths.count * options.areaRanges.count
    taken.removeAll(keepingCapacity: true)
    taken.append(contentsOf: repeatElement(0, count: count))
    guard keepsPairs else { return }
    open.removeAll(keepingCapacity: true)
    for truth in truths { open.append(Int32(truth)) }
  }
}

// MARK: - Candidates

extension ImageMatcher {
  /// Finds the truths that a detection may take, the best first, and keeps the pairs
  /// that the operating point needs.
  private mutating func find(
    _ detection: Int, _ truths: Range<Int>, in block: inout ImageBlock, firstDetection: Int,
    _ source: inout some OverlapSource
  ) {
    let label = block.detections.classes[detection]
    if !keepsPairs {
      open.removeAll(keepingCapacity: true)
      for truth in truths where block.truths.classes[truth] == label { open.append(Int32(truth)) }
    }
    found.removeAll(keepingCapacity: true)
    candidates.removeAll(keepingCapacity: true)
    guard !open.isEmpty else { return }
    let open = self.open
    let lowest = keepsPairs ? min(floor, pairFloor) : floor
    source.appendOverlaps(of: detection, with: open.span, atLeast: lowest, to: &found)
    for overlap in found {
      let truth = Int(overlap.truth)
      if keepsPairs, overlap.value >= pairFloor, block.truths.classes[truth] >= 0 {
        block.pairs.detections.append(UInt32(detection - firstDetection))
        block.pairs.truths.append(UInt32(truth - truths.lowerBound))
        block.pairs.values.append(overlap.value)
      }
      guard block.truths.classes[truth] == label, overlap.value >= floor else { continue }
      insert(overlap, ignored: block.truths.ignored[truth], flags: block.truths.flags[truth])
    }
  }

  /// Puts a candidate before those that overlap no more: the later one wins.
  private mutating func insert(_ overlap: Overlap, ignored: UInt16, flags: TruthFlags) {
    var reached: UInt16 = 0
    for index in thresholds.indices where overlap.value >= thresholds[index] {
      reached |= 1 << UInt16(index)
    }
    let candidate = Candidate(
      truth: Int(overlap.truth), value: overlap.value, reached: reached, ignored: ignored,
      isCrowd: flags.contains(.crowd))
    var position = candidates.count
    while position > 0, candidates[position - 1].value <= overlap.value { position -= 1 }
    candidates.insert(candidate, at: position)
  }
}

// MARK: - Taking

extension ImageMatcher {
  /// Lets a detection take the best truth that is open, by threshold and area range.
  private mutating func take(
    _ detection: Int, _ truths: Range<Int>, in detections: inout MatchedDetections
  ) {
    guard !candidates.isEmpty, Int(detections.ranks[detection]) < options.maxDetections.count else {
      return
    }
    let areaCount = options.areaRanges.count
    for area in 0..<areaCount {
      let hits = take(inArea: area, truths.lowerBound, whereIgnored: false, besides: 0)
      let excused = take(inArea: area, truths.lowerBound, whereIgnored: true, besides: hits)
      guard hits | excused != 0 else { continue }
      let word = detection * areaCount + area
      detections.hits[word] = hits
      detections.ignored[word] = excused | detections.ignored[word] & ~hits
    }
  }

  /// The thresholds at which one of the candidates could be taken.
  ///
  /// - Parameters:
  ///   - isIgnored: Which of the candidates are meant.
  ///   - settled: The thresholds that are decided already.
  private mutating func take(
    inArea area: Int, _ firstTruth: Int, whereIgnored isIgnored: Bool, besides settled: UInt16
  ) -> UInt16 {
    var gained: UInt16 = 0
    for candidate in candidates where (candidate.ignored >> UInt16(area) & 1 == 1) == isIgnored {
      let word = (candidate.truth - firstTruth) * options.areaRanges.count + area
      let closed = candidate.isCrowd ? 0 : taken[word]
      let bits = candidate.reached & ~(settled | gained | closed)
      taken[word] |= bits
      gained |= bits
    }
    return gained
  }
}

// MARK: - LVIS

extension ImageMatcher {
  /// Leaves out the detections of classes of which nothing is known in the image, and
  /// ignores, as long as they meet nothing, those of classes not annotated throughout.
  ///
  /// Detections without area are left out as well, as lvis-api does.
  private func applyClassLists(_ image: Int, of batch: ImageBatch, to block: inout ImageBlock) {
    guard options.rules == .lvis else { return }
    let known =
      Set(block.truths.classes[block.truths.ends.objects(of: image)])
      .union(batch.negatives.classes(of: image))
    let partial = Set(batch.notExhaustive.classes(of: image))
    let areaCount = options.areaRanges.count
    for detection in batch.detections.ends.objects(of: image) {
      let label = block.detections.classes[detection]
      let isKnown = known.contains(label) && batch.detections.areas[detection] > 0
      if !isKnown { block.detections.classes[detection] = -1 }
      guard !isKnown || partial.contains(label) else { continue }
      for word in detection * areaCount..<(detection + 1) * areaCount {
        block.detections.ignored[word] = .max
      }
    }
  }
}

extension ImageBatch.ClassLists {
  /// The classes of an image; none where there are no lists.
  fileprivate func classes(of image: Int) -> ArraySlice<Int32> {
    ends.isEmpty ? [] : classes[ends.objects(of: image)]
  }
}
