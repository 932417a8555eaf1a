public import KernelSupport

extension DetectionState {
  /// The version of the bytes; 2 since boxes, file names and sizes are among them.
  private static let format = 2

  /// Writes the state, which ``init(options:classes:from:)`` reads.
  public func save(to writer: inout StateWriter) {
    writer.write(Self.format)
    options.saveRules(to: &writer)
    classes.save(to: &writer)
    writer.write(unknownCount)
    writer.write(blocks) { $1.save(to: &$0) }
  }

  /// Reads a state that was saved with the same rules, thresholds, limits and ranges; the
  /// confidence, and what is asked for, may be others.
  ///
  /// - Throws: ``KernelError`` `invalid` where the bytes are no such state.
  @_lifetime(reader: copy reader)
  public init(
    options: DetectionOptions, classes: ClassTable, from reader: inout StateReader
  ) throws(KernelError) {
    try self.init(options: options, classes: classes)
    guard try reader.number() == UInt64(Self.format) else { throw StateReader.broken }
    try options.checkRules(from: &reader)
    try self.classes.load(from: &reader)
    unknownCount = try reader.count(upTo: 1 << 48)
    for _ in 0..<(try reader.length(elementSize: 64)) {
      blocks.append(try ImageBlock(from: &reader, options, classCount: self.classes.entries.count))
    }
    try checkHits()
  }

  /// Checks that in no image a class has more hits than truths, which the curves of all
  /// images and of any draw of them rely on.
  private func checkHits() throws(KernelError) {
    var room = [Int](
      repeating: 0, count: classes.entries.count * options.areaRanges.count * options.thresholds.count)
    for block in blocks {
      for image in 0..<block.names.count {
        let truths = block.truths.ends.objects(of: image)
        countTruths(truths, of: block) { room[$0] += 1 }
        try takeHits(block.detections.ends.objects(of: image), of: block, from: &room)
        countTruths(truths, of: block) { room[$0] = 0 }
      }
    }
  }

  /// By class, area range and threshold.
  private func cells(_ label: Int32, _ area: Int) -> Range<Int> {
    let first = (Int(label) * options.areaRanges.count + area) * options.thresholds.count
    return first..<first + options.thresholds.count
  }

  private func countTruths(_ truths: Range<Int>, of block: ImageBlock, _ body: (Int) -> Void) {
    for truth in truths where block.truths.classes[truth] >= 0 {
      let ignored = block.truths.ignored[truth]
      for area in options.areaRanges.indices where ignored >> UInt16(area) & 1 == 0 {
        for cell in cells(block.truths.classes[truth], area) { body(cell) }
      }
    }
  }

  private func takeHits(
    _ detections: Range<Int>, of block: ImageBlock, from room: inout [Int]
  ) throws(KernelError) {
    let areaCount = options.areaRanges.count
    for detection in detections {
      let label = block.detections.classes[detection]
      for area in 0..<areaCount where block.detections.hits[detection * areaCount + area] != 0 {
        guard label >= 0 else { throw StateReader.broken }
        let hits = block.detections.hits[detection * areaCount + area]
        for (threshold, cell) in cells(label, area).enumerated() where hits >> UInt16(threshold) & 1 != 0 {
          room[cell] -= 1
          guard room[cell] >= 0 else { throw StateReader.broken }
        }
      }
    }
  }
}

extension DetectionOptions {
  /// What a state's contents depend on.
  fileprivate func saveRules(to writer: inout StateWriter) {
    writer.write(rules == .lvis ? 1 : 0)
    writer.write(numbers: thresholds)
    writer.write(overlapThresholds.count)
    writer.write(operatingThreshold)
    writer.write(numbers: maxDetections.map(Int64.init))
    writer.write(areaRanges) { writer, range in
      writer.write(range.name)
      writer.write(range.low)
      writer.write(range.high)
    }
  }

  @_lifetime(reader: copy reader)
  fileprivate func checkRules(from reader: inout StateReader) throws(KernelError) {
    var found: [UInt64] = []
    var expected: [UInt64] = [rules == .lvis ? 1 : 0]
    found.append(try reader.number())
    found += try reader.numbers(of: UInt64.self)
    expected += thresholds.map(\.bitPattern)
    found += [try reader.number(), try reader.number()]
    expected += [UInt64(overlapThresholds.count), UInt64(operatingThreshold)]
    found += try reader.numbers(of: UInt64.self)
    expected += maxDetections.map { UInt64($0) }
    var names: [String?] = []
    for _ in 0..<(try reader.length(elementSize: 24)) {
      names.append(try reader.text())
      found += [try reader.number(), try reader.number()]
    }
    expected += areaRanges.flatMap { [$0.low.bitPattern, $0.high.bitPattern] }
    guard found == expected, names == areaRanges.map(\.name) else {
      throw KernelError(.invalid, "The saved state was made with other parameters.")
    }
  }
}

extension ClassTable {
  fileprivate func save(to writer: inout StateWriter) {
    writer.write(isDeclared ? 1 : 0)
    writer.write(entries) { writer, entry in
      writer.write(entry.id == nil ? 0 : 1)
      writer.write(UInt64(bitPattern: entry.id ?? 0))
      writer.write(entry.name)
      writer.write(entry.frequency)
    }
  }

  /// Takes the saved classes, which must be the declared ones where classes are declared.
  @_lifetime(reader: copy reader)
  fileprivate mutating func load(from reader: inout StateReader) throws(KernelError) {
    guard try reader.number() == (isDeclared ? 1 : 0) else { throw StateReader.broken }
    var saved = ClassTable()
    for _ in 0..<(try reader.length(elementSize: 32)) {
      let hasID = try reader.number() == 1
      let id = Int64(bitPattern: try reader.number())
      guard let name = try reader.text() else { throw StateReader.broken }
      saved.append(
        Entry(id: hasID ? id : nil, name: name, frequency: try reader.text()))
    }
    guard isDeclared else { return self = saved }
    guard saved.entries == entries else {
      throw KernelError(.invalid, "The saved state was made with other categories.")
    }
  }
}
