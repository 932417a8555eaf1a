/// Which detection of an image met which truth, at the operating point.
struct ImagePairing {
  /// What a detection or a truth came to.
  struct Entry {
    /// The position among the joined detections; nil for a truth that nobody met.
    var detection: Int?
    /// The position among the joined truths; nil for a detection that met nothing.
    var truth: Int?
    /// The overlap of the two.
    var overlap: Double?
  }

  /// Pairs first, then detections that met nothing, then truths that nobody met. What is
  /// neither right nor wrong is left out.
  private(set) var entries: [Entry] = []
  private let block: ImageBlock
  private let confidence: Double
  private let limitCount: Int

  init(_ image: Int, _ summary: RunSummary, _ operation: RunOperation) {
    block = summary.block
    confidence = operation.confidence ?? -.infinity
    limitCount = summary.options.maxDetections.count
    let detections = block.detections.ends.objects(of: image)
    let truths = block.truths.ends.objects(of: image)
    var isMet = [Bool](repeating: false, count: detections.count)
    var isFound = [Bool](repeating: false, count: truths.count)
    for entry in candidates(image, summary.options.confusion) {
      guard let detection = entry.detection.map({ $0 - detections.lowerBound }),
        let truth = entry.truth.map({ $0 - truths.lowerBound }), !isMet[detection], !isFound[truth]
      else { continue }
      (isMet[detection], isFound[truth]) = (true, true)
      entries.append(entry)
    }
    for detection in detections
    where isCounted(detection) && !isMet[detection - detections.lowerBound]
      && operation.outcomes[detection] != .none
    { entries.append(Entry(detection: detection)) }
    for truth in truths where isToBeFound(truth) && !isFound[truth - truths.lowerBound] {
      entries.append(Entry(truth: truth))
    }
  }

  private func isCounted(_ detection: Int) -> Bool {
    block.detections.classes[detection] >= 0 && block.detections.scores[detection] >= confidence
  }

  private func isToBeFound(_ truth: Int) -> Bool {
    block.truths.classes[truth] >= 0 && block.truths.ignored[truth] & 1 == 0
  }

  private func isSameClass(_ entry: Entry) -> Bool {
    guard let detection = entry.detection, let truth = entry.truth else { return false }
    return block.detections.classes[detection] == block.truths.classes[truth]
  }

  private func score(_ entry: Entry) -> Double {
    entry.detection.map { block.detections.scores[$0] } ?? 0
  }

  /// The pairs that overlap enough, the first ones to be made first.
  private func candidates(_ image: Int, _ confusion: DetectionOptions.Confusion) -> [Entry] {
    let firstDetection = block.detections.ends.objects(of: image).lowerBound
    let firstTruth = block.truths.ends.objects(of: image).lowerBound
    let open = block.pairs.ends.objects(of: image).compactMap { pair -> Entry? in
      let detection = firstDetection + Int(block.pairs.detections[pair])
      guard isCounted(detection), isWithinLimits(detection) else { return nil }
      let truth = firstTruth + Int(block.pairs.truths[pair])
      guard isToBeFound(truth) else { return nil }
      return Entry(detection: detection, truth: truth, overlap: block.pairs.values[pair])
    }
    switch confusion {
    case .classAgnostic: return open.sorted(by: overlapsMore)
    case .perClass: return open.filter(isSameClass).sorted(by: scoresMore)
    }
  }

  private func isWithinLimits(_ detection: Int) -> Bool {
    limitCount > Int(block.detections.ranks[detection])
  }

  /// By overlap; of equal ones the same class, the higher score and the earlier objects
  /// come first.
  private func overlapsMore(_ a: Entry, _ b: Entry) -> Bool {
    if a.overlap != b.overlap { return a.overlap ?? 0 > b.overlap ?? 0 }
    if isSameClass(a) != isSameClass(b) { return isSameClass(a) }
    if score(a) != score(b) { return score(a) > score(b) }
    return (a.detection ?? 0, a.truth ?? 0) < (b.detection ?? 0, b.truth ?? 0)
  }

  /// By score, then as average precision matches: the highest overlap, the later truth.
  private func scoresMore(_ a: Entry, _ b: Entry) -> Bool {
    if score(a) != score(b) { return score(a) > score(b) }
    if a.detection != b.detection { return a.detection ?? 0 < b.detection ?? 0 }
    if a.overlap != b.overlap { return a.overlap ?? 0 > b.overlap ?? 0 }
    return a.truth ?? 0 > b.truth ?? 0
  }
}
