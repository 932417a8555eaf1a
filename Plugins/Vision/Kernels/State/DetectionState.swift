public import KernelSupport

/// What detections and truths of some images came to, from which all results are made.
///
/// States merge in any order to the same results: the images' names, not their arrival,
/// decide between equal scores.
///
/// Memory: 13 bytes and 4 for each area range per detection, about half of it per truth,
/// and 16 per pair of overlapping objects where the confusion matrix is wanted. Boxes,
/// 32 bytes each, are kept where the table `matches` is wanted.
public struct DetectionState: Sendable, Hashable {
  public let options: DetectionOptions
  /// The classes that the batches' positions mean; look labels up here.
  public var classes: ClassTable
  /// How many detections and truths had a class that is not declared and were left out.
  public internal(set) var unknownCount = 0
  var blocks: [ImageBlock] = []

  /// - Throws: ``KernelError`` `invalid` for options that ``DetectionOptions/check()``
  ///   refuses.
  public init(options: DetectionOptions, classes: ClassTable = ClassTable()) throws(KernelError) {
    try options.check()
    self.options = options
    self.classes = classes
  }

  /// How many images there are.
  public var imageCount: Int { blocks.reduce(0) { $0 + $1.names.count } }

  /// Adds images with their boxes.
  ///
  /// - Throws: ``KernelError`` `badData` for a NaN score, naming image and object, and
  ///   `invalid` for columns whose lengths do not fit.
  /// - Complexity: O(*d* log *d* + *d* · *t*) for *d* detections and *t* truths of an
  ///   image.
  public mutating func update(_ batch: ImageBatch, boxes: BoxOverlaps) throws(KernelError) {
    var source = boxes
    try update(batch, from: &source)
  }

  /// Adds the images of another state of the same options.
  ///
  /// - Complexity: O(1) in the detections where both have the same classes.
  public mutating func merge(_ other: consuming DetectionState) throws(KernelError) {
    guard options == other.options, classes.isDeclared == other.classes.isDeclared else {
      throw KernelError(.invalid, "The states to merge have different parameters.")
    }
    unknownCount += other.unknownCount
    let positions = classes.merge(other.classes)
    for var block in other.blocks {
      if let positions { block.renumber(positions) }
      blocks.append(block)
    }
  }

  /// Adds images whose overlaps come from a source.
  mutating func update(
    _ batch: ImageBatch, from source: inout some OverlapSource
  ) throws(KernelError) {
    try batch.check(classCount: classes.entries.count)
    guard batch.count > 0 else { return }
    unknownCount += batch.truth.classes.count { $0 < 0 } + batch.detections.classes.count { $0 < 0 }
    var block = ImageBlock(batch, options)
    var matcher = ImageMatcher(options, classCount: classes.entries.count)
    for image in 0..<batch.count { matcher.match(image, of: batch, &source, into: &block) }
    blocks.append(block)
  }
}

extension ImageBlock {
  /// What a batch's columns say, before matching.
  fileprivate init(_ batch: ImageBatch, _ options: DetectionOptions) {
    names = batch.names
    rows = batch.rows
    if options.keepsDetails { details = batch.details }
    detections = MatchedDetections(batch.detections, options)
    truths = MatchedTruths(batch.truth, options)
  }

  /// Replaces the positions of classes.
  fileprivate mutating func renumber(_ positions: [Int32]) {
    for index in detections.classes.indices where detections.classes[index] >= 0 {
      detections.classes[index] = positions[Int(detections.classes[index])]
    }
    for index in truths.classes.indices where truths.classes[index] >= 0 {
      truths.classes[index] = positions[Int(truths.classes[index])]
    }
  }
}

extension MatchedDetections {
  /// Unmatched detections: ignored where they are outside of an area range.
  fileprivate init(_ columns: ImageBatch.Detections, _ options: DetectionOptions) {
    let areaCount = options.areaRanges.count
    ends = columns.ends
    classes = columns.classes
    scores = columns.scores
    if options.keepsBoxes { boxes = columns.boxes }
    ranks = [UInt8](repeating: UInt8(options.maxDetections.count), count: scores.count)
    hits = [UInt16](repeating: 0, count: scores.count * areaCount)
    ignored = []
    ignored.reserveCapacity(hits.count)
    for index in scores.indices {
      let area = columns.classes[index] < 0 ? .nan : columns.areas[index]
      for range in options.areaRanges { ignored.append(range.contains(area) ? 0 : .max) }
    }
  }
}

extension MatchedTruths {
  fileprivate init(_ columns: ImageBatch.Truth, _ options: DetectionOptions) {
    ends = columns.ends
    classes = columns.classes
    ids = columns.ids
    if options.keepsBoxes { boxes = columns.boxes }
    flags = columns.flags
    if options.rules == .lvis {
      // lvis-api knows no crowds, and leaves out what has no area.
      flags = flags.map { $0.subtracting(.crowd) }
      for index in classes.indices where columns.areas[index] <= 0 { classes[index] = -1 }
    }
    ignored = [UInt16](repeating: 0, count: classes.count)
    for index in classes.indices {
      for (area, range) in options.areaRanges.enumerated()
      where !flags[index].isEmpty || !range.contains(columns.areas[index]) {
        ignored[index] |= 1 << UInt16(area)
      }
    }
  }
}
