import AssayCore
import AssayStatistics

/// What is known of one side under one evaluator.
struct SideEvidence: Sendable {
  var name: String
  var counts = Counts()
  var metrics: [MetricResult] = []
  /// Which of its items are drawn together; nil where each is on its own.
  var clusters: Clusters?
  /// Drawn with the same weights of the same items on every side.
  var replicates: Replicates?
  /// Why there are no replicates.
  var replicatesReason: String?
  /// Whether only the result of a run is known, and not its items.
  var isStored = false
  /// By metric, what each item adds to it where the metric is the mean of that; NaN for
  /// an item that the metric is not about.
  var parts: [String: [Double]] = [:]
  /// The labels and scores behind an area under an ROC curve.
  var ranking: RankedItems?

  func metric(_ name: String) -> MetricResult? { metrics.first { $0.name == name } }

  /// Keeps only those parts that add up to their metric, and a ranking that gives the area.
  ///
  /// So a plugin's word for what an item adds to a metric is held to the metric itself.
  mutating func verify() {
    for (name, values) in parts {
      var sum = CompensatedSum()
      var count = 0
      for value in values where !value.isNaN {
        sum.add(value)
        count += 1
      }
      let isMean = metric(name)?.value.map { agrees(sum.value / Double(max(1, count)), $0) } ?? false
      if count == 0 || !isMean { parts[name] = nil }
    }
    guard let area = ranking?.area else { return }
    let areas = metrics.filter { metric in
      metric.interval?.method == RankedItems.method && metric.value.map { agrees(area, $0) } ?? false
    }
    ranking?.metrics = areas.map(\.name)
  }

  private func agrees(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(1, abs(b)) }
}

/// Items with a label and a score.
struct RankedItems: Sendable {
  let labels: [Bool]
  let scores: [Double]
  /// The area under the curve; nil where there is none.
  let area: Double?
  /// The metrics of the evaluator that are this area.
  var metrics: [String] = []

  /// How a plugin says that a metric is an area whose error it has.
  static let method = "delong"

  init(labels: [Bool], scores: [Double]) {
    self.labels = labels
    self.scores = scores
    area = try? ROCAreas(labels: labels, scores: [scores]).areas[0]
  }
}
