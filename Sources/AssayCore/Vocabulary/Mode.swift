/// How an evaluator looks at a row.
public enum Mode: String, Sendable, Hashable, CaseIterable {
  /// One output at a time.
  case pointwise
  /// One output at a time, against an expected value.
  case reference
  /// Output A against output B.
  case pairwise
}

/// What stands behind an evaluator.
public enum EvaluatorKind: String, Sendable, Hashable, CaseIterable {
  /// A shared object with a manifest, or one described on the command line.
  case plugin
  /// A model asked by prompt.
  case judge
  /// Source text.
  case code
  /// Scores made elsewhere.
  case external
}

/// One of the two sides of an evaluation.
public enum Side: String, Sendable, Hashable, CaseIterable {
  /// What a model produced.
  case sample
  /// What was expected.
  case groundTruth = "ground_truth"
}

/// The kind of problem that an evaluator is about.
public enum TaskKind: String, Sendable, Hashable, CaseIterable {
  case binaryClassification = "binary_classification"
  case multiclass
  case multilabel
  case regression
  case forecast
  case ranking
  case detection
  case instanceSegmentation = "instance_segmentation"
  case semanticSegmentation = "semantic_segmentation"
  case keypoints
  case tracking
  case text
  case pairwise
  case other
}
