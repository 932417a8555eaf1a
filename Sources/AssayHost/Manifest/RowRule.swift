import AssayCore

/// How the rows of the two sides meet for an evaluator, where a run does not say.
public struct RowRule: Sendable, Hashable {
  /// What becomes of a row of the ground truth that the sample lacks.
  public enum WithoutSample: String, Sendable, Hashable, CaseIterable {
    /// It counts as missing.
    case missing
    /// It is a row in which the sample's lists are empty, and its other columns null: a
    /// model that says nothing about an image has found nothing there.
    case empty
  }

  /// What becomes of a row of the sample that the ground truth lacks.
  public enum WithoutGroundTruth: String, Sendable, Hashable, CaseIterable {
    /// It counts as missing.
    case missing
    /// The run ends.
    case error
  }

  /// The column by which the sides are joined; nil joins them by position.
  public var key: String?
  public var withoutSample: WithoutSample
  public var withoutGroundTruth: WithoutGroundTruth

  public init(
    key: String? = nil, withoutSample: WithoutSample = .missing,
    withoutGroundTruth: WithoutGroundTruth = .missing
  ) {
    self.key = key
    self.withoutSample = withoutSample
    self.withoutGroundTruth = withoutGroundTruth
  }
}

extension RowRule {
  init(_ node: ManifestNode) throws(AssayError) {
    _ = try node.object(keys: ["key", "without_sample", "without_ground_truth"])
    self.init(
      key: try node.optional("key")?.string(),
      withoutSample: try node.optional("without_sample")?.word(WithoutSample.self) ?? .missing,
      withoutGroundTruth: try node.optional("without_ground_truth")?
        .word(WithoutGroundTruth.self) ?? .missing)
    if withoutSample == .empty, key == nil {
      throw node.error(
        .manifestMissingKey,
        "a row without a sample is known by its key; write \"key\": \"image_id\"")
    }
  }
}
