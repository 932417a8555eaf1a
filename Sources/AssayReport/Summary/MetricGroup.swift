import AssayCore

/// Metrics that are read together, under a title of their own.
struct MetricGroup {
  /// Empty where all metrics are in one group.
  var title: String
  var metrics: [MetricResult]

  /// The metrics of an evaluator in groups; those of tasks about objects in images by
  /// what they measure, all others in one.
  static func groups(of evaluator: EvaluatorResult) -> [MetricGroup] {
    guard evaluator.task.isAboutObjects else { return [MetricGroup(title: "", metrics: evaluator.metrics)] }
    return Topic.allCases.compactMap { topic in
      let metrics = evaluator.metrics.filter { Topic(of: $0.name) == topic }
      return metrics.isEmpty ? nil : MetricGroup(title: topic.rawValue, metrics: metrics)
    }
  }

  /// The metrics by size whose names begin with `map` or `mar`.
  static func sizes(of evaluator: EvaluatorResult, _ prefix: String) -> [MetricResult] {
    let topic: Topic = prefix == "map" ? .precisionBySize : .recallBySize
    return evaluator.metrics.filter { Topic(of: $0.name) == topic }
  }

  private enum Topic: String, CaseIterable {
    case precision = "Average precision"
    case precisionBySize = "Average precision by size"
    case frequency = "Average precision by frequency"
    case recall = "Average recall"
    case recallBySize = "Average recall by size"
    case operation = "At the operating point"
    case other = "Other"

    init(of name: String) {
      let words = name.split(separator: "_").map(String.init)
      let rest = words.dropFirst().joined(separator: "_")
      let isNumber = rest.allSatisfy { $0.isNumber || $0 == "_" || $0 == "." }
      self =
        switch words.first {
        case "map" where isNumber: .precision
        case "map" where ["rare", "common", "frequent", "r", "c", "f"].contains(rest): .frequency
        case "map": .precisionBySize
        case "mar" where isNumber: .recall
        case "mar": .recallBySize
        case _ where Self.operating.contains(name): .operation
        default: .other
        }
    }

    private static let operating: Set = [
      "confidence", "optimal_threshold", "optimal_f1", "precision", "recall", "f1", "tp", "fp", "fn",
    ]
  }
}

extension TaskKind {
  /// Whether results are of objects in images, found at a confidence.
  var isAboutObjects: Bool {
    switch self {
    case .detection, .instanceSegmentation, .keypoints: true
    default: false
    }
  }
}
