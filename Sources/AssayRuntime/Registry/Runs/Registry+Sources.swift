public import AssayCore
import AssayData
import AssayStore

extension DataSource {
  /// Whether it names something of a registry: a data set, task logs, or what models are to
  /// say.
  public var isOfRegistry: Bool {
    guard case .uri(let text) = content else { return false }
    return SourceURI.registrySchemes.contains { text.hasPrefix($0 + ":") }
  }
}

extension RunRequest {
  /// Whether a side is of a registry; a registry finds it, see `found`.
  public var namesRegistry: Bool { sample.isOfRegistry || groundTruth?.isOfRegistry ?? false }
}

extension ComparisonRequest {
  /// Whether a side, or what was expected, is of a registry.
  public var namesRegistry: Bool {
    sides.contains { $0.source?.isOfRegistry ?? false } || shared.groundTruth?.isOfRegistry ?? false
  }
}

extension Registry {
  /// A request with what its sources name in the registry, so that it can be run without
  /// being kept.
  ///
  /// `dataset:NAME[@VERSION][/SPLIT]` becomes the file of that version; of a data set with
  /// splits the rows of the one that is named, else all rows with each split as a slice.
  /// `container:LABEL` becomes a copy of the task logs as they are now.
  /// - Parameter copies: Receives the copies, and has to stay as long as the run.
  /// - Throws: `registry.not-found` with near names; `registry.invalid` for a range beyond the
  ///   rows, a container without logs, and two different splits; `run.generate-unavailable`.
  public func found(_ request: RunRequest, copies: TemporaryFolder) throws(AssayError) -> RunRequest {
    guard request.namesRegistry else { return request }
    let resolver = SourceResolver(registry: self, copies: .temporary(copies))
    var part = ResolvedPart(sample: try resolver.side(request.sample, request.named(.sample)))
    part.groundTruth = try request.groundTruth.map { (source) throws(AssayError) in
      try resolver.side(source, request.named(.groundTruth))
    }
    var request = request
    if request.sample.isOfRegistry { request.sample = part.sample.dataSource }
    if request.groundTruth?.isOfRegistry ?? false { request.groundTruth = part.groundTruth?.dataSource }
    try part.select(in: &request)
    return request
  }

  /// A comparison with what its sources name in the registry, as ``found(_:copies:)`` does it
  /// for runs.
  ///
  /// - Throws: As for runs.
  public func found(
    _ request: ComparisonRequest, copies: TemporaryFolder
  ) throws(AssayError) -> ComparisonRequest {
    var shared = request.shared
    var sides = request.sides
    let resolver = SourceResolver(registry: self, copies: .temporary(copies))
    var splits: [(side: Side, source: ResolvedSource)] = []
    for (index, side) in sides.enumerated() {
      guard let source = side.source, source.isOfRegistry else { continue }
      let found = try resolver.side(source, .sample)
      sides[index] = side.reading(found.dataSource)
      splits.append((.sample, found))
    }
    if let truth = shared.groundTruth, truth.isOfRegistry {
      let found = try resolver.side(truth, .groundTruth)
      shared.groundTruth = found.dataSource
      splits.append((.groundTruth, found))
    }
    // What was expected is shared by all, so that its splits go before those of a side.
    for (side, source) in splits where source.split != nil {
      try ResolvedPart(sample: source).select(in: &shared)
      shared.splitSide = side
    }
    return request.over(sides, sharing: shared)
  }
}

extension SourceResolver {
  /// A side of a request; a file stays as it is named.
  fileprivate func side(
    _ source: DataSource, _ side: Side
  ) throws(AssayError) -> ResolvedSource {
    guard source.isOfRegistry else {
      return ResolvedSource(name: source.description, kind: "file", path: source.description)
    }
    return try resolve(RunSource(source, side: side), side: side)
  }
}
