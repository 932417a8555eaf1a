import AssayCore
import AssayJSON
import AssayStore

/// What a run that was made before is done with: found again, and the same as then.
struct RunInputs {
  let specification: RunSpecification
  /// One for each model.
  let parts: [ResolvedPart]
  let evaluators: [ResolvedEvaluator]

  /// - Throws: `run.evaluator-changed`, `run.generate-unavailable`, `plugin.…`, `registry.…`.
  init(of run: StoredRun, _ registry: Registry) throws(AssayError) {
    let specification = try RunSpecification(json: .object(run.config))
    for plugin in specification.plugins { _ = try registry.assay.catalog.load(plugin) }
    if let problem = specification.generated { throw problem }
    parts = try ResolvedPart.parts(run.sources)
    var evaluators: [ResolvedEvaluator] = []
    for (index, choice) in specification.evaluators.enumerated() {
      evaluators.append(try registry.resolve(choice, pinned: run.evaluators[index]))
    }
    self.evaluators = evaluators
    self.specification = specification
  }

  /// Makes sure that the sources have the bytes that the run is about.
  ///
  /// - Throws: `run.source-changed`.
  func verifySources() throws(AssayError) {
    for part in parts {
      try part.sample.verify()
      try part.groundTruth?.verify()
    }
  }
}
