/// Where the overlaps of detections with annotated objects come from: boxes, masks
/// or keypoints.
///
/// Matching asks image by image, from the highest score down, and only for truths of
/// the same image. A source may keep what it decoded for an image until it is asked for
/// another one.
public protocol OverlapSource {
  /// Adds the truths that a detection overlaps enough, in the order of `truths`.
  ///
  /// - Parameters:
  ///   - detection: The position of the detection in the batch's columns.
  ///   - truths: Positions of truths in the batch's columns, all of the detection's
  ///     image, ascending.
  ///   - floor: The lowest overlap of interest, above 0 and below 1. What is less must
  ///     not be added, so that it need not be computed exactly.
  ///   - found: Where to add; not empty at first.
  mutating func appendOverlaps(
    of detection: Int, with truths: Span<Int32>, atLeast floor: Double,
    to found: inout [Overlap])
}

/// How much a detection and a truth are the same.
public struct Overlap: Sendable, Hashable {
  /// The position of the truth in the batch's columns.
  public var truth: Int32
  /// Intersection over union, or OKS: from 0 to 1.
  public var value: Double

  public init(truth: Int32, value: Double) {
    self.truth = truth
    self.value = value
  }
}
