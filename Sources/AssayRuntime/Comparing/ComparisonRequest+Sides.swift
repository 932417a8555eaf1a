import AssayCore

/// What is known of a side that was a run before, beside its numbers.
struct RunOrigin: Sendable {
  /// A setting of the run, such as a bar or the version of an evaluator.
  struct Setting: Sendable, Hashable {
    var name: String
    var value: String
  }

  /// The id of the run; nil for data and for a result that is no run of the registry.
  var run: String?
  var model: String?
  /// The data set and its split; nil where the run names none.
  var dataset: String?
  var settings: [Setting] = []
  /// Why the sources of the runs are not scored again; nil where rows say as much.
  var fallback: String?
}

extension ComparisonRequest {
  /// What one side's evaluation is asked.
  func run(of side: Side, metrics: Set<String>) -> RunRequest {
    var request = shared
    switch side.content {
    case .source(let source): request.sample = source
    case .evaluation(let own): request = own.asked(as: shared)
    case .stored: break
    }
    request.bindings += side.bindings
    for index in request.evaluators.indices {
      for (name, value) in side.parameters { request.evaluators[index].parameters[name] = value }
    }
    request.seed = seed(of: side)
    request.intervalLevel = shared.intervalLevel ?? .standard
    request.thresholds = []
    request.baseline = nil
    // Of the same items one side's column says enough.
    request.slices = isPaired && side.name != sides[0].name ? [] : shared.slices
    request.fold = nil
    request.rows = nil
    request.states = nil
    if !request.only.isEmpty { request.only.formUnion(metrics) }
    return request
  }

  /// Items that are the same draw the same weights on all sides; those of independent samples
  /// must not.
  func seed(of side: Side) -> UInt64 {
    guard !isPaired, let index = sides.firstIndex(where: { $0.name == side.name }) else { return shared.seed }
    return shared.seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15
  }

  /// Refuses sides of different data sets as one sample.
  ///
  /// - Throws: `compare.different-data`.
  func checkData() throws(AssayError) {
    guard isPaired, !allowsDifferent, let first = sides.first(where: { $0.origin.dataset != nil }),
      let other = sides.first(where: { ($0.origin.dataset ?? first.origin.dataset) != first.origin.dataset })
    else { return }
    throw AssayError(
      .comparisonData,
      "Side \(first.name) is over \(first.origin.dataset ?? "") and side \(other.name) over "
        + "\(other.origin.dataset ?? ""): there is no item that both have. Compare them as independent "
        + "samples with --unpaired, or insist with --allow-different.", details: ["side": other.name])
  }
}

extension RunRequest {
  /// A run's own request with what a comparison asks of all sides.
  fileprivate func asked(as shared: RunRequest) -> RunRequest {
    var request = self
    request.joinKey = shared.joinKey ?? joinKey
    request.split = shared.split ?? split
    request.cluster = shared.cluster
    request.only = shared.only
    request.also = []
    request.problemLimit = shared.problemLimit
    request.undefined = shared.undefined
    request.gate = shared.gate
    request.jobs = shared.jobs
    return request
  }
}

extension AssayError.Code {
  /// The sides are over different data sets.
  public static let comparisonData = Self(rawValue: "compare.different-data")
}
