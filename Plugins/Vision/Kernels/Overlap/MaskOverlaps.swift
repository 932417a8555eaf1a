public import KernelSupport

/// Overlaps of masks: intersection over union, with pycocotools' bits.
///
/// Masks are compared only where their areas, and the boxes around them, let the overlap
/// reach what is asked for.
public struct MaskOverlaps: OverlapSource, Sendable {
  /// A mask for each truth of the batch.
  public var truths = MaskSet()
  /// What is special about each truth.
  public var flags: [TruthFlags] = []
  /// A mask for each detection of the batch.
  public var detections = MaskSet()

  public init() {}

  /// Forgets the batch, and keeps the memory for another one.
  public mutating func reset() {
    truths.reset()
    flags.removeAll(keepingCapacity: true)
    detections.reset()
  }

  public mutating func appendOverlaps(
    of detection: Int, with truths: Span<Int32>, atLeast floor: Double,
    to found: inout [Overlap]
  ) {
    for index in truths.indices {
      let truth = Int(truths[index])
      let value = detections.overlap(
        of: detection, with: &self.truths, truth, isCrowd: flags[truth].contains(.crowd),
        atLeast: floor)
      if value >= floor { found.append(Overlap(truth: truths[index], value: value)) }
    }
  }
}

extension DetectionState {
  /// Adds images with their masks.
  ///
  /// - Throws: ``KernelError`` `badData` for a NaN score, naming image and object, and
  ///   `invalid` for columns whose lengths do not fit.
  /// - Complexity: O(*d* log *d* + *d* · *t*) for *d* detections and *t* truths of an
  ///   image, and O(stretches) for each pair of masks that may overlap.
  public mutating func update(
    _ batch: ImageBatch, masks: inout MaskOverlaps
  ) throws(KernelError) {
    guard masks.truths.count == batch.truth.classes.count, masks.flags.count == masks.truths.count,
      masks.detections.count == batch.detections.classes.count
    else { throw KernelError(.invalid, "The batch's masks do not fit its other columns.") }
    try update(batch, from: &masks)
  }
}
