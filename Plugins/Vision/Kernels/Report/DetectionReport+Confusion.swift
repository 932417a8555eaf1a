import KernelSupport

extension DetectionReport {
  /// What stands for no object: false positives are actually it, misses predicted as it.
  static let background = "background"

  /// What met what in each image.
  private var pairings: some Sequence<(image: Int, entries: [ImagePairing.Entry])> {
    (0..<summary.block.names.count).lazy.map {
      (image: $0, entries: ImagePairing($0, summary, operation).entries)
    }
  }

  /// Actual against predicted class. Cells of the diagonal are always there, others
  /// where they are not empty.
  var confusionTable: FoundTable {
    let labels = summary.classes.order
    let size = labels.count + 1
    var places = [Int](repeating: 0, count: labels.count)
    for (place, label) in labels.enumerated() { places[label] = place }
    var (counts, scores) = ([Int: Int](), [Int: Double]())
    for place in labels.indices { counts[place * size + place] = 0 }
    for entry in pairings.lazy.flatMap(\.entries) {
      let actual = entry.truth.map { places[Int(summary.block.truths.classes[$0])] }
      let predicted = entry.detection.map { places[Int(summary.block.detections.classes[$0])] }
      let cell = (actual ?? labels.count) * size + (predicted ?? labels.count)
      counts[cell, default: 0] += 1
      scores[cell, default: 0] += entry.detection.map { summary.block.detections.scores[$0] } ?? 0
    }
    let cells = counts.keys.sorted()
    func name(_ place: Int) -> String {
      place < labels.count ? self.name(labels[place]) : Self.background
    }
    return FoundTable(
      "confusion_matrix",
      [
        "actual": .texts(cells.map { name($0 / size) }),
        "predicted": .texts(cells.map { name($0 % size) }),
        "count": .counts(cells.map { counts[$0] ?? 0 }),
        "weight": .numbers(cells.map { Double(counts[$0] ?? 0) }),
        "mean_probability": .numbers(
          cells.map { cell in
            guard let count = counts[cell], count > 0, cell % size < labels.count else { return nil }
            return (scores[cell] ?? 0) / Double(count)
          }),
      ])
  }

  /// Every detection and truth that counts at the operating point, with what it met.
  var matchesTable: FoundTable {
    let block = summary.block
    let rows = pairings.flatMap { image, entries in entries.map { (image, $0) } }
    func position(_ object: Int?, _ ends: [Int], _ image: Int) -> Int? {
      object.map { $0 - ends.objects(of: image).lowerBound }
    }
    func predicted(_ entry: ImagePairing.Entry) -> Int32? {
      entry.detection.map { block.detections.classes[$0] }
    }
    func actual(_ entry: ImagePairing.Entry) -> Int32? {
      entry.truth.map { block.truths.classes[$0] }
    }
    func outcome(_ entry: ImagePairing.Entry) -> String {
      guard let predicted = predicted(entry) else { return "missed" }
      guard let actual = actual(entry) else { return "background" }
      return predicted == actual ? "correct" : "confused"
    }
    return FoundTable(
      "matches",
      [
        "image_id": .texts(rows.map { block.names.text(at: $0.0) }),
        "outcome": .texts(rows.map { outcome($0.1) }),
        "detection": .optionalCounts(
          rows.map { position($0.1.detection, block.detections.ends, $0.0) }),
        "predicted": .texts(rows.map { predicted($0.1).map { name(Int($0)) } }),
        "score": .numbers(rows.map { $0.1.detection.map { block.detections.scores[$0] } }),
        "truth": .optionalCounts(rows.map { position($0.1.truth, block.truths.ends, $0.0) }),
        "truth_id": .optionalCounts(
          rows.map { row in
            block.truths.ids.isEmpty ? nil : row.1.truth.map { Int(block.truths.ids[$0]) }
          }),
        "actual": .texts(rows.map { actual($0.1).map { name(Int($0)) } }),
        "iou": .numbers(rows.map(\.1.overlap)),
      ])
  }
}
