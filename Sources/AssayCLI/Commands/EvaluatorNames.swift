import AssayRuntime

/// What the Tab key offers for an evaluator.
enum EvaluatorNames {
  static func installed() -> [String] {
    PluginCatalog().plugins.flatMap { $0.evaluators.map(\.name) }.sorted()
  }
}
