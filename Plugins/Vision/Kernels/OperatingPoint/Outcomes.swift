/// What each detection is at the operating point's overlap and area range.
struct Outcomes: Sendable {
  enum Outcome: UInt8, Sendable {
    /// Beyond the numbers of detections, or neither right nor wrong.
    case none
    case hit
    case falsePositive
  }

  private let values: [Outcome]

  init(_ summary: RunSummary) {
    let detections = summary.block.detections
    let areaCount = summary.options.areaRanges.count
    let limitCount = summary.options.maxDetections.count
    let bit = UInt16(summary.options.operatingThreshold)
    values = detections.scores.indices.map { position in
      guard detections.classes[position] >= 0, Int(detections.ranks[position]) < limitCount else {
        return .none
      }
      if detections.hits[position * areaCount] >> bit & 1 == 1 { return .hit }
      return detections.ignored[position * areaCount] >> bit & 1 == 1 ? .none : .falsePositive
    }
  }

  subscript(position: Int) -> Outcome { values[position] }
}

/// Right and wrong detections, and how many truths there are.
struct HitCounts: Sendable, Hashable {
  var hits = 0
  var falsePositives = 0
  var positives = 0

  var predicted: Int { hits + falsePositives }
  var missed: Int { positives - hits }
  var precision: Double? { predicted > 0 ? Double(hits) / Double(predicted) : nil }
  var recall: Double? { positives > 0 ? Double(hits) / Double(positives) : nil }
  /// 2 TP / (2 TP + FP + FN); nil where there is neither truth nor detection.
  var f1: Double? {
    predicted + positives > 0 ? Double(2 * hits) / Double(predicted + positives) : nil
  }

  mutating func add(_ outcome: Outcomes.Outcome) {
    switch outcome {
    case .none: break
    case .hit: hits += 1
    case .falsePositive: falsePositives += 1
    }
  }
}
