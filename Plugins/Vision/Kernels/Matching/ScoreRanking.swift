/// Orders the detections of an image by score and says how many of their kind are better.
struct ScoreRanking {
  private let rules: DetectionOptions.Rules
  private let areaCount: Int
  private let limitCount: UInt8
  /// Of a number of better detections: the position in the list of their numbers.
  private let positions: [UInt8]
  /// By class: how many detections of the image have passed.
  private var passed: [Int32]
  /// The detections of the image, the highest score first; equal ones as they came.
  private(set) var order: [Int32] = []

  init(_ options: DetectionOptions, classCount: Int) {
    rules = options.rules
    areaCount = options.areaRanges.count
    limitCount = UInt8(options.maxDetections.count)
    let limits = options.maxDetections
    // Beyond a number that no image reaches the list would only cost memory.
    positions = (0..<min(limits.last ?? 0, 4096)).map { better in
      UInt8(limits.firstIndex { better < $0 } ?? limits.count)
    }
    self.limits = limits
    passed = [Int32](repeating: 0, count: classCount)
  }

  private let limits: [Int]

  /// Sets the ranks of an image's detections; what is beyond all numbers is ignored.
  mutating func rank(_ objects: Range<Int>, in detections: inout MatchedDetections) {
    sort(objects, by: detections.scores)
    var better: Int32 = 0
    for position in order {
      let detection = Int(position)
      let label = Int(detections.classes[detection])
      guard label >= 0 else { continue }
      if rules == .coco {
        better = passed[label]
        passed[label] += 1
      }
      let rank = self.position(Int(better))
      detections.ranks[detection] = rank
      if rank == limitCount { ignore(detection, in: &detections) }
      if rules == .lvis { better += 1 }
    }
    for detection in objects where detections.classes[detection] >= 0 {
      passed[Int(detections.classes[detection])] = 0
    }
  }

  private func position(_ better: Int) -> UInt8 {
    if better < positions.count { return positions[better] }
    return UInt8(limits.firstIndex { better < $0 } ?? limits.count)
  }

  private func ignore(_ detection: Int, in detections: inout MatchedDetections) {
    for word in detection * areaCount..<(detection + 1) * areaCount {
      detections.ignored[word] = .max
    }
  }

  private mutating func sort(_ objects: Range<Int>, by scores: [Double]) {
    order.removeAll(keepingCapacity: true)
    var isSorted = true
    for detection in objects {
      isSorted = isSorted && (detection == objects.lowerBound || scores[detection] <= scores[detection - 1])
      order.append(Int32(detection))
    }
    guard !isSorted else { return }
    order.sort { a, b in
      let (first, second) = (scores[Int(a)], scores[Int(b)])
      return first > second || (first == second && a < b)
    }
  }
}
