import AssayRuntime

/// What the Tab key offers for an evaluator.
enum EvaluatorNames {
  static func installed() -> [String] {
    Assay().catalog.plugins.flatMap { $0.evaluators.map(\.name) }.sorted()
  }
}
