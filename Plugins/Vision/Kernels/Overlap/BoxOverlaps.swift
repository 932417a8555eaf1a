/// Overlaps of boxes: intersection over union, in pycocotools' order of operations, so
/// that the bits are the same.
///
/// A box is x, y, width, height; one of width or height 0 overlaps nothing.
public struct BoxOverlaps: OverlapSource, Sendable {
  private let truths: [Box]
  private let detections: [Box]

  /// - Parameters:
  ///   - truths: Four numbers for each truth of the batch.
  ///   - flags: What is special about each truth.
  ///   - detections: Four numbers for each detection of the batch.
  /// - Precondition: `truths` holds four numbers for each of the flags.
  public init(truths: Span<Double>, flags: [TruthFlags], detections: Span<Double>) {
    precondition(truths.count == 4 * flags.count)
    self.truths = Box.boxes(truths) { flags[$0].contains(.crowd) }
    self.detections = Box.boxes(detections) { _ in false }
  }

  public mutating func appendOverlaps(
    of detection: Int, with truths: Span<Int32>, atLeast floor: Double,
    to found: inout [Overlap]
  ) {
    let box = detections[detection]
    for index in truths.indices {
      let truth = truths[index]
      let value = box.overlap(with: self.truths[Int(truth)])
      if value >= floor { found.append(Overlap(truth: truth, value: value)) }
    }
  }
}

/// A box by its corners, with what overlaps need of it.
private struct Box: Sendable {
  let left: Double
  let top: Double
  let right: Double
  let bottom: Double
  let area: Double
  let isCrowd: Bool

  static func boxes(_ numbers: Span<Double>, isCrowd: (Int) -> Bool) -> [Box] {
    (0..<numbers.count / 4).map { index in
      let (x, y) = (numbers[4 * index], numbers[4 * index + 1])
      let (width, height) = (numbers[4 * index + 2], numbers[4 * index + 3])
      return Box(
        left: x, top: y, right: width + x, bottom: height + y, area: width * height,
        isCrowd: isCrowd(index))
    }
  }

  /// - Parameter truth: Where it is a crowd, the union is this box alone.
  @inline(__always)
  func overlap(with truth: Box) -> Double {
    let width = min(right, truth.right) - max(left, truth.left)
    guard width > 0 else { return 0 }
    let height = min(bottom, truth.bottom) - max(top, truth.top)
    guard height > 0 else { return 0 }
    let intersection = width * height
    return intersection / (truth.isCrowd ? area : area + truth.area - intersection)
  }
}
