public import KernelSupport

extension DetectionState {
  /// The metrics and tables of all images so far.
  ///
  /// - Throws: ``KernelError`` `badData` where an image came twice.
  /// - Complexity: O(*n*) in the detections.
  public mutating func finish(_ request: Request) throws(KernelError) -> Findings {
    try join()
    var findings = DetectionReport(RunSummary(self), request).findings
    if unknownCount > 0, request.wants("unknown_objects") {
      findings.metrics.append(Finding("unknown_objects", Double(unknownCount)))
    }
    return findings
  }
}

/// Names and lays out what was computed.
struct DetectionReport {
  let summary: RunSummary
  let operation: RunOperation
  /// Of each class, in the order in which classes are reported; empty where nothing that
  /// is averaged over classes is wanted.
  let results: [(label: Int, result: ClassResult)]
  private let request: Request
  /// Of the classes by position, none twice.
  let names: [String]

  init(_ summary: RunSummary, _ request: Request) {
    self.summary = summary
    self.request = request
    names = summary.classes.distinctNames
    operation = RunOperation(summary, request)
    let last = summary.options.maxDetections.count - 1
    let isAveraged = request.wantsAny(Self.averagedNames(summary.options))
    results =
      isAveraged
      ? summary.classes.order.map {
        ($0, ClassResult(summary.curves(ofClass: $0, limit: last), summary.options))
      } : []
  }

  /// What is read from the curves of single classes.
  private static func averagedNames(_ options: DetectionOptions) -> [String] {
    let suffixes = ["", "_50", "_75", "_rare", "_common", "_frequent"]
    let names =
      suffixes + options.areaRanges.map { "_\($0.name)" } + options.maxDetections.map { "_\($0)" }
    return names.flatMap { ["map\($0)", "mar\($0)"] } + ["per_class", "average_precision"]
  }

  static let tableNames: Set<String> = [
    "per_class", "average_precision", "pr_curve", "threshold_sweep", "froc_curve", "per_image",
    "confusion_matrix", "matches",
  ]

  var options: DetectionOptions { summary.options }

  var findings: Findings {
    var findings = Findings()
    findings.metrics = (precisionMetrics + recallMetrics + operationMetrics).filter {
      request.wants($0.name)
    }
    add("per_class", to: &findings) { perClassTable }
    add("average_precision", to: &findings) { averagePrecisionTable }
    add("pr_curve", to: &findings) { precisionCurveTable }
    add("threshold_sweep", to: &findings) { sweepTable }
    add("froc_curve", to: &findings) { frocTable }
    add("per_image", to: &findings) { imageTable }
    let isPaired = !summary.block.pairs.ends.isEmpty || summary.block.names.count == 0
    guard options.keepsPairs, isPaired else { return findings }
    if options.family == .objects { add("confusion_matrix", to: &findings) { confusionTable } }
    if options.wantsExplicitly("matches") { add("matches", to: &findings) { matchesTable } }
    return findings
  }

  private func add(_ name: String, to findings: inout Findings, _ table: () -> FoundTable) {
    if request.wants(name) { findings.tables.append(table()) }
  }

  /// The classes that a table lists one by one: many only where it is asked for by name.
  func listedClasses(_ table: String) -> [Int] {
    summary.classes.entries.count <= 100 || options.wantsExplicitly(table)
      ? summary.classes.order : []
  }

  func name(_ label: Int) -> String { names[label] }
}
