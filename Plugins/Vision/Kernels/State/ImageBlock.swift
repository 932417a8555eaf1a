/// Matched images: what all results are made of.
///
/// Detections and truths stand image by image in the order of the files. An outcome is
/// a word of a bit per overlap threshold, one for each detection and area range.
struct ImageBlock: Sendable, Hashable {
  var names: ImageNames
  /// Global row numbers; empty where no replicates are wanted.
  var rows: [UInt64] = []
  /// Without anything where they are not kept.
  var details = ImageDetails()
  var detections = MatchedDetections()
  var truths = MatchedTruths()
  /// Overlaps of any classes from the operating point's threshold on; no ends where
  /// they are not kept.
  var pairs = OverlapPairs()
}

struct MatchedDetections: Sendable, Hashable {
  var ends: [Int] = []
  /// Negative for what counts nowhere.
  var classes: [Int32] = []
  var scores: [Double] = []
  /// The position of the first of the numbers of detections that includes it; their
  /// count for one that is beyond them all.
  var ranks: [UInt8] = []
  /// By detection, then area range: where it met a truth that is to be found.
  var hits: [UInt16] = []
  /// By detection, then area range: where it is neither right nor wrong.
  var ignored: [UInt16] = []
  /// Four numbers for each; empty where unknown or not kept.
  var boxes: [Double] = []
}

struct MatchedTruths: Sendable, Hashable {
  var ends: [Int] = []
  /// Negative for what counts nowhere.
  var classes: [Int32] = []
  /// A bit per area range in which it need not be found.
  var ignored: [UInt16] = []
  var flags: [TruthFlags] = []
  /// Empty where unknown.
  var ids: [Int64] = []
  /// Four numbers for each; empty where unknown or not kept.
  var boxes: [Double] = []
}

/// Overlaps between detections and truths, image by image.
struct OverlapPairs: Sendable, Hashable {
  var ends: [Int] = []
  /// Positions among the image's detections and truths.
  var detections: [UInt32] = []
  var truths: [UInt32] = []
  var values: [Double] = []
}
