import KernelSupport

extension DetectionReport {
  /// What stands for no object: false positives are actually it, misses predicted as it. In
  /// brackets where a class has the name.
  var background: String { names.contains("background") ? "(background)" : "background" }

  /// What met what in each image.
  var pairings: some Sequence<(image: Int, entries: [ImagePairing.Entry])> {
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
    let background = background
    func name(_ place: Int) -> String {
      place < labels.count ? self.name(labels[place]) : background
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
}
