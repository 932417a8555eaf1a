/// Overlaps of boxes: intersection over union, in pycocotools' order of operations, so
/// that the bits are the same.
///
/// A box is x, y, width, height; one of width or height 0 overlaps nothing.
public struct BoxOverlaps: OverlapSource, Sendable {
  private let truths: [Box]
  private let crowds: [Bool]
  private let detections: [Box]

  /// - Parameters:
  ///   - truths: Four numbers for each truth of the batch.
  ///   - flags: What is special about each truth.
  ///   - detections: Four numbers for each detection of the batch.
  /// - Precondition: `truths` holds four numbers for each of the flags.
  public init(truths: Span<Double>, flags: [TruthFlags], detections: Span<Double>) {
    precondition(truths.count == 4 * flags.count)
    self.truths = Box.boxes(truths)
    crowds = flags.map { $0.contains(.crowd) }
    self.detections = Box.boxes(detections)
  }

  public mutating func appendOverlaps(
    of detection: Int, with truths: Span<Int32>, atLeast floor: Double,
    to found: inout [Overlap]
  ) {
    let box = detections[detection]
    let boxes = self.truths.span
    for index in truths.indices {
      let truth = truths[index]
      guard let intersection = box.intersection(with: boxes[Int(truth)]) else { continue }
      let union = crowds[Int(truth)] ? box.area : box.area + boxes[Int(truth)].area - intersection
      let value = intersection / union
      if value >= floor { found.append(Overlap(truth: truth, value: value)) }
    }
  }
}

/// A box by its corners, ready to be intersected.
private struct Box: Sendable {
  /// Left, top, and right and bottom with the opposite sign, so that the corners of an
  /// intersection are one maximum.
  let corners: SIMD4<Double>
  let area: Double

  static func boxes(_ numbers: Span<Double>) -> [Box] {
    (0..<numbers.count / 4).map { index in
      let (x, y) = (numbers[4 * index], numbers[4 * index + 1])
      let (width, height) = (numbers[4 * index + 2], numbers[4 * index + 3])
      return Box(corners: SIMD4(x, y, -(width + x), -(height + y)), area: width * height)
    }
  }

  /// The area of the intersection; nil where there is none.
  @inline(__always)
  func intersection(with other: Box) -> Double? {
    let inner = corners.replacing(with: other.corners, where: other.corners .> corners)
    let size = -inner.highHalf - inner.lowHalf
    guard size.x > 0, size.y > 0 else { return nil }
    return size.x * size.y
  }
}
