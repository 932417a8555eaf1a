import AssayCore

extension FlagCollector {
  mutating func add(_ options: EvaluatorOptions) throws(AssayError) {
    add(.evaluator, options.evaluator)
    add(.plugin, options.plugins.plugin)
    add(.library, options.library)
    add(.call, options.call)
    add(.result, options.result)
    try add(.param, named: options.param, "threshold=0.5")
  }

  /// - Parameters:
  ///   - sample: The first side's file, as a run has one.
  ///   - bindings: Those that all sides share.
  mutating func add(
    _ options: ComparedSideOptions, sample: String, bindings: [String]
  ) throws(AssayError) {
    add(.sample, sample)
    add(.groundTruth, options.groundTruth)
    try add(.bind, named: bindings, "target=label")
    add(.nulls, options.nulls)
    add(options.values)
    add(.split, options.split)
  }

  mutating func add(_ options: ComparisonOptions) {
    add(.threshold, options.threshold)
    add(.passThreshold, options.passThreshold)
    add(.minCoverage, options.minCoverage)
    add(options.ending)
    add(.ci, options.ci)
    add(.cluster, options.cluster)
    add(.only, options.only)
    add(.slice, options.slice)
    add(options.work)
  }

  mutating func add(_ options: ComparisonOutputOptions) {
    add(options.printing)
    add(.output, options.output)
  }
}
