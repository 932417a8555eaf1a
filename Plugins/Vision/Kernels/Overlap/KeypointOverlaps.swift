public import KernelSupport

/// Overlaps of keypoints: object keypoint similarity, as pycocotools has it.
public struct KeypointOverlaps: OverlapSource, Sendable {
  private let similarity: KeypointSimilarity
  /// By object: x, y and visibility of each keypoint.
  private let truths: [Double]
  private let detections: [Double]
  private let boxes: [Double]
  private let areas: [Double]

  /// - Parameters:
  ///   - truths: The keypoints of each truth of the batch, flattened.
  ///   - boxes: Four numbers for each truth: x, y, width, height.
  ///   - areas: The area of each truth.
  ///   - detections: The keypoints of each detection of the batch, flattened.
  /// - Precondition: All keypoints passed ``KeypointSimilarity/check(_:)``.
  public init(
    _ similarity: KeypointSimilarity, truths: [Double], boxes: [Double], areas: [Double],
    detections: [Double]
  ) {
    self.similarity = similarity
    self.truths = truths
    self.boxes = boxes
    self.areas = areas
    self.detections = detections
  }

  /// Whether there are keypoints for so many truths and detections, and boxes and areas.
  func fits(truths truthCount: Int, detections detectionCount: Int) -> Bool {
    let width = 3 * similarity.count
    return truths.count == width * truthCount && boxes.count == 4 * truthCount
      && areas.count == truthCount && detections.count == width * detectionCount
  }

  public mutating func appendOverlaps(
    of detection: Int, with truths: Span<Int32>, atLeast floor: Double,
    to found: inout [Overlap]
  ) {
    let width = 3 * similarity.count
    let points = detections.span.extracting(detection * width..<(detection + 1) * width)
    for index in truths.indices {
      let truth = Int(truths[index])
      let value = similarity.similarity(
        of: points, with: self.truths.span.extracting(truth * width..<(truth + 1) * width),
        box: (boxes[4 * truth], boxes[4 * truth + 1], boxes[4 * truth + 2], boxes[4 * truth + 3]),
        area: areas[truth])
      if value >= floor { found.append(Overlap(truth: truths[index], value: value)) }
    }
  }
}

extension DetectionState {
  /// Adds images with their keypoints.
  ///
  /// - Throws: ``KernelError`` `badData` for a NaN score, naming image and object, and
  ///   `invalid` for columns whose lengths do not fit.
  /// - Complexity: O(*d* · *t* · *k*) for *d* detections, *t* truths of an image and *k*
  ///   keypoints.
  public mutating func update(
    _ batch: ImageBatch, keypoints: KeypointOverlaps
  ) throws(KernelError) {
    guard
      keypoints.fits(
        truths: batch.truth.classes.count, detections: batch.detections.classes.count)
    else { throw KernelError(.invalid, "The batch's keypoints do not fit its other columns.") }
    var source = keypoints
    try update(batch, from: &source)
  }
}
