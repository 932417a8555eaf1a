import KernelSupport

extension DetectionState {
  /// Joins all blocks into one, the images in ascending order of their names.
  ///
  /// - Throws: ``KernelError`` `badData` where an image came twice.
  /// - Complexity: O(*n*), and O(*i* log *i*) for *i* images that came in another order.
  mutating func join() throws(KernelError) {
    if blocks.count > 1 {
      var all = ImageBlock.empty(like: blocks[0])
      var parts = blocks
      blocks = []
      ImageBlock.level(&parts)
      all.reserve(for: parts)
      for part in parts { all.append(part) }
      blocks = [all]
    }
    guard let all = blocks.first else { return }
    if let order = all.names.ascendingOrder { blocks = [all.picking(order, options)] }
    try checkNames()
  }

  private func checkNames() throws(KernelError) {
    guard let names = blocks.first?.names else { return }
    let twice: Int? =
      switch names {
      case .numbers(let names): names.indices.dropFirst().first { names[$0] == names[$0 - 1] }
      case .texts(let names): names.indices.dropFirst().first { names[$0] == names[$0 - 1] }
      }
    guard let twice else { return }
    throw KernelError(.badData, "The image \(names.text(at: twice)) is there twice.")
  }
}

extension ImageBlock {
  /// A block without images, with names of the same kind.
  static func empty(like other: ImageBlock) -> ImageBlock {
    switch other.names {
    case .numbers: ImageBlock(names: .numbers([]))
    case .texts: ImageBlock(names: .texts([]))
    }
  }

  /// Drops what not every block has, as blocks that were saved by different runs may not.
  fileprivate static func level(_ blocks: inout [ImageBlock]) {
    let havePairs = blocks.allSatisfy { !$0.pairs.ends.isEmpty }
    let haveRows = blocks.allSatisfy { !$0.rows.isEmpty }
    let haveIDs = blocks.allSatisfy { !$0.truths.ids.isEmpty || $0.truths.classes.isEmpty }
    let haveBoxes = blocks.allSatisfy(\.hasBoxes)
    let haveFiles = blocks.allSatisfy { !$0.details.fileNames.isEmpty }
    let haveSizes = blocks.allSatisfy { !$0.details.widths.isEmpty && !$0.details.heights.isEmpty }
    for index in blocks.indices {
      if !havePairs { blocks[index].pairs = OverlapPairs() }
      if !haveRows { blocks[index].rows = [] }
      if !haveIDs { blocks[index].truths.ids = [] }
      if !haveBoxes { (blocks[index].detections.boxes, blocks[index].truths.boxes) = ([], []) }
      if !haveFiles { blocks[index].details.fileNames = [] }
      if !haveSizes { (blocks[index].details.widths, blocks[index].details.heights) = ([], []) }
    }
  }

  /// Whether all its objects' boxes are known.
  private var hasBoxes: Bool {
    detections.boxes.count == 4 * detections.scores.count
      && truths.boxes.count == 4 * truths.classes.count
  }

  mutating func reserve(for parts: [ImageBlock]) {
    let detectionCount = parts.reduce(0) { $0 + $1.detections.scores.count }
    detections.classes.reserveCapacity(detectionCount)
    detections.scores.reserveCapacity(detectionCount)
    detections.ranks.reserveCapacity(detectionCount)
    let wordCount = parts.reduce(0) { $0 + $1.detections.hits.count }
    detections.hits.reserveCapacity(wordCount)
    detections.ignored.reserveCapacity(wordCount)
  }

  /// Adds the images of another block.
  mutating func append(_ other: ImageBlock) {
    names.append(other.names)
    rows += other.rows
    details.append(other.details)
    detections.append(other.detections)
    truths.append(other.truths)
    pairs.append(other.pairs)
  }

  /// The images at some positions, in their order.
  func picking(_ images: [Int], _ options: DetectionOptions) -> ImageBlock {
    var picked = ImageBlock(names: names.picking(images))
    picked.details = details.picking(images)
    picked.reserve(for: [self])
    for image in images {
      if !rows.isEmpty { picked.rows.append(rows[image]) }
      picked.detections.append(
        detections, objects: detections.ends.objects(of: image), options.areaRanges.count)
      picked.truths.append(truths, objects: truths.ends.objects(of: image))
      if !pairs.ends.isEmpty { picked.pairs.append(pairs, pairs.ends.objects(of: image)) }
    }
    return picked
  }
}

extension MatchedDetections {
  fileprivate mutating func append(_ other: MatchedDetections) {
    let first = scores.count
    ends += other.ends.map { first + $0 }
    classes += other.classes
    scores += other.scores
    ranks += other.ranks
    hits += other.hits
    ignored += other.ignored
    boxes += other.boxes
  }

  fileprivate mutating func append(
    _ other: MatchedDetections, objects: Range<Int>, _ areaCount: Int
  ) {
    classes += other.classes[objects]
    scores += other.scores[objects]
    ranks += other.ranks[objects]
    let words = objects.lowerBound * areaCount..<objects.upperBound * areaCount
    hits += other.hits[words]
    ignored += other.ignored[words]
    if !other.boxes.isEmpty {
      boxes += other.boxes[4 * objects.lowerBound..<4 * objects.upperBound]
    }
    ends.append(scores.count)
  }
}

extension MatchedTruths {
  fileprivate mutating func append(_ other: MatchedTruths) {
    let first = classes.count
    ends += other.ends.map { first + $0 }
    classes += other.classes
    ignored += other.ignored
    flags += other.flags
    ids += other.ids
    boxes += other.boxes
  }

  fileprivate mutating func append(_ other: MatchedTruths, objects: Range<Int>) {
    classes += other.classes[objects]
    ignored += other.ignored[objects]
    flags += other.flags[objects]
    if !other.ids.isEmpty { ids += other.ids[objects] }
    if !other.boxes.isEmpty {
      boxes += other.boxes[4 * objects.lowerBound..<4 * objects.upperBound]
    }
    ends.append(classes.count)
  }
}

extension OverlapPairs {
  fileprivate mutating func append(_ other: OverlapPairs) {
    let first = values.count
    ends += other.ends.map { first + $0 }
    detections += other.detections
    truths += other.truths
    values += other.values
  }

  fileprivate mutating func append(_ other: OverlapPairs, _ range: Range<Int>) {
    detections += other.detections[range]
    truths += other.truths[range]
    values += other.values[range]
    ends.append(values.count)
  }
}
