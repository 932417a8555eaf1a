import KernelSupport

extension DetectionReport {
  /// Every detection and truth that counts at the operating point, with what it met.
  var matchesTable: FoundTable {
    let block = summary.block
    let rows = pairings.flatMap { image, entries in entries.map { Match(image, $0) } }
    func name(_ label: Int32?) -> String? { label.map { self.name(Int($0)) } }
    func position(_ object: Int?, _ ends: [Int], _ image: Int) -> Int? {
      object.map { $0 - ends.objects(of: image).lowerBound }
    }
    func side(_ boxes: [ArraySlice<Double>?], _ offset: Int) -> FoundTable.Values {
      .numbers(boxes.map { numbers in numbers.map { $0[$0.startIndex + offset] } })
    }
    let (boxes, truths) = (rows.map { $0.box(block) }, rows.map { $0.truthBox(block) })
    return FoundTable(
      "matches",
      [
        "image_id": .texts(rows.map { block.names.text(at: $0.image) }),
        "outcome": .texts(rows.map { $0.outcome(block) }),
        "detection": .optionalCounts(
          rows.map { position($0.entry.detection, block.detections.ends, $0.image) }),
        "predicted": .texts(rows.map { name($0.predicted(block)) }),
        "score": .numbers(rows.map { $0.entry.detection.map { block.detections.scores[$0] } }),
        "truth": .optionalCounts(
          rows.map { position($0.entry.truth, block.truths.ends, $0.image) }),
        "truth_id": .optionalCounts(rows.map { $0.truthID(block) }),
        "actual": .texts(rows.map { name($0.actual(block)) }),
        "iou": .numbers(rows.map(\.entry.overlap)),
        "x": side(boxes, 0), "y": side(boxes, 1), "width": side(boxes, 2), "height": side(boxes, 3),
        "truth_x": side(truths, 0), "truth_y": side(truths, 1), "truth_width": side(truths, 2),
        "truth_height": side(truths, 3),
      ])
  }
}

/// A row of the table `matches`.
private struct Match {
  let image: Int
  let entry: ImagePairing.Entry

  init(_ image: Int, _ entry: ImagePairing.Entry) { (self.image, self.entry) = (image, entry) }

  func predicted(_ block: ImageBlock) -> Int32? { entry.detection.map { block.detections.classes[$0] } }
  func actual(_ block: ImageBlock) -> Int32? { entry.truth.map { block.truths.classes[$0] } }

  func truthID(_ block: ImageBlock) -> Int? {
    block.truths.ids.isEmpty ? nil : entry.truth.map { Int(block.truths.ids[$0]) }
  }

  func truthBox(_ block: ImageBlock) -> ArraySlice<Double>? {
    entry.truth.flatMap(block.truths.boxes.box)
  }

  /// The detection's; of a truth that nobody met its own.
  func box(_ block: ImageBlock) -> ArraySlice<Double>? {
    guard let detection = entry.detection else { return truthBox(block) }
    return block.detections.boxes.box(of: detection)
  }

  func outcome(_ block: ImageBlock) -> String {
    guard let predicted = predicted(block) else { return "missed" }
    guard let actual = actual(block) else { return "background" }
    return predicted == actual ? "correct" : "confused"
  }
}
