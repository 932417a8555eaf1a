import KernelSupport

extension ImageBlock {
  func save(to writer: inout StateWriter) {
    switch names {
    case .numbers(let names):
      writer.write(0)
      writer.write(numbers: names)
    case .texts(let names):
      writer.write(1)
      writer.write(names) { $0.write($1) }
    }
    writer.write(numbers: rows)
    details.save(to: &writer)
    detections.save(to: &writer)
    truths.save(to: &writer)
    pairs.save(to: &writer)
  }

  @_lifetime(reader: copy reader)
  init(
    from reader: inout StateReader, _ options: DetectionOptions, classCount: Int
  ) throws(KernelError) {
    names = try ImageNames(from: &reader)
    rows = try reader.numbers(of: UInt64.self)
    details = try ImageDetails(from: &reader)
    detections = try MatchedDetections(from: &reader)
    truths = try MatchedTruths(from: &reader)
    pairs = try OverlapPairs(from: &reader)
    guard rows.isEmpty || rows.count == names.count, names.count > 0,
      details.fit(images: names.count),
      detections.isSound(images: names.count, options, classCount: classCount),
      truths.isSound(images: names.count, classCount: classCount), arePairsSound
    else { throw StateReader.broken }
  }

  private var arePairsSound: Bool {
    guard !pairs.ends.isEmpty else { return pairs.values.isEmpty }
    guard pairs.ends.areEnds(images: names.count, of: pairs.values.count),
      pairs.detections.count == pairs.values.count, pairs.truths.count == pairs.values.count
    else { return false }
    return (0..<names.count).allSatisfy { image in
      let detectionCount = detections.ends.objects(of: image).count
      let truthCount = truths.ends.objects(of: image).count
      return pairs.ends.objects(of: image).allSatisfy {
        Int(pairs.detections[$0]) < detectionCount && Int(pairs.truths[$0]) < truthCount
      }
    }
  }
}

extension ImageNames {
  @_lifetime(reader: copy reader)
  fileprivate init(from reader: inout StateReader) throws(KernelError) {
    switch try reader.number() {
    case 0: self = .numbers(try reader.numbers(of: Int64.self))
    case 1:
      var names: [String] = []
      for _ in 0..<(try reader.length(elementSize: 8)) {
        guard let name = try reader.text() else { throw StateReader.broken }
        names.append(name)
      }
      self = .texts(names)
    default: throw StateReader.broken
    }
  }
}

extension ImageDetails {
  fileprivate func save(to writer: inout StateWriter) {
    writer.write(fileNames) { $0.write($1) }
    writer.write(numbers: widths)
    writer.write(numbers: heights)
  }

  @_lifetime(reader: copy reader)
  fileprivate init(from reader: inout StateReader) throws(KernelError) {
    for _ in 0..<(try reader.length(elementSize: 8)) { fileNames.append(try reader.text()) }
    widths = try reader.numbers(of: Int64.self)
    heights = try reader.numbers(of: Int64.self)
  }
}

extension StateReader {
  /// Ends of lists.
  @_lifetime(self: copy self)
  fileprivate mutating func ends() throws(KernelError) -> [Int] {
    try numbers(of: Int64.self).map(Int.init)
  }
}

extension MatchedDetections {
  fileprivate func save(to writer: inout StateWriter) {
    writer.write(numbers: ends.map(Int64.init))
    writer.write(numbers: classes)
    writer.write(numbers: scores)
    writer.write(numbers: ranks)
    writer.write(numbers: hits)
    writer.write(numbers: ignored)
    writer.write(numbers: boxes)
  }

  @_lifetime(reader: copy reader)
  fileprivate init(from reader: inout StateReader) throws(KernelError) {
    ends = try reader.ends()
    classes = try reader.numbers(of: Int32.self)
    scores = try reader.doubles()
    ranks = try reader.numbers(of: UInt8.self)
    hits = try reader.numbers(of: UInt16.self)
    ignored = try reader.numbers(of: UInt16.self)
    boxes = try reader.doubles()
  }

  fileprivate func isSound(images: Int, _ options: DetectionOptions, classCount: Int) -> Bool {
    let wordCount = scores.count * options.areaRanges.count
    return ends.areEnds(images: images, of: scores.count) && classes.count == scores.count
      && ranks.count == scores.count && boxes.areBoxes(of: scores.count)
      && hits.count == wordCount && ignored.count == wordCount
      && classes.allSatisfy { $0 < classCount } && !scores.contains(where: \.isNaN)
      && ranks.allSatisfy { $0 <= options.maxDetections.count }
      && hits.allSatisfy { Int($0) >> options.thresholds.count == 0 }
      && scores.indices.allSatisfy { index in
        // What is beyond the limits met nothing.
        Int(ranks[index]) < options.maxDetections.count
          || options.areaRanges.indices.allSatisfy {
            hits[index * options.areaRanges.count + $0] == 0
          }
      }
  }
}

extension MatchedTruths {
  fileprivate func save(to writer: inout StateWriter) {
    writer.write(numbers: ends.map(Int64.init))
    writer.write(numbers: classes)
    writer.write(numbers: ignored)
    writer.write(numbers: flags.map(\.rawValue))
    writer.write(numbers: ids)
    writer.write(numbers: boxes)
  }

  @_lifetime(reader: copy reader)
  fileprivate init(from reader: inout StateReader) throws(KernelError) {
    ends = try reader.ends()
    classes = try reader.numbers(of: Int32.self)
    ignored = try reader.numbers(of: UInt16.self)
    flags = try reader.numbers(of: UInt8.self).map(TruthFlags.init)
    ids = try reader.numbers(of: Int64.self)
    boxes = try reader.doubles()
  }

  fileprivate func isSound(images: Int, classCount: Int) -> Bool {
    ends.areEnds(images: images, of: classes.count) && ignored.count == classes.count
      && flags.count == classes.count && (ids.isEmpty || ids.count == classes.count)
      && boxes.areBoxes(of: classes.count)
      && classes.allSatisfy { $0 < classCount }
  }
}

extension OverlapPairs {
  fileprivate func save(to writer: inout StateWriter) {
    writer.write(numbers: ends.map(Int64.init))
    writer.write(numbers: detections)
    writer.write(numbers: truths)
    writer.write(numbers: values)
  }

  @_lifetime(reader: copy reader)
  fileprivate init(from reader: inout StateReader) throws(KernelError) {
    ends = try reader.ends()
    detections = try reader.numbers(of: UInt32.self)
    truths = try reader.numbers(of: UInt32.self)
    values = try reader.doubles()
  }
}
