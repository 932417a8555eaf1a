import ArgumentParser

/// When the pipeline goes on.
struct GateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A condition on a metric: 'roc_auc >= 0.9', 'ci_low(f1) >= 0.8', 'roc_auc[site=a] > 0.9', 'min(recall by site) >= 0.8', 'delta(f1) >= 0'. A bare number is for the headline metric. Repeatable.",
      valueName: "condition"))
  var threshold: [String] = []

  @OptionGroup var bar: BarOptions

  @Option(
    help: ArgumentHelp("The result of an earlier run, for delta(…).", valueName: "result.json"),
    completion: .file(extensions: ["json"]))
  var baseline: String?

  @Flag(help: "Compare with a baseline of another version of the evaluator too.")
  var ignoreFingerprints = false

  @Option(
    help: ArgumentHelp(
      "The share of the rows that must have a score; 1 unless given.", valueName: "share"))
  var minCoverage: String?

  @OptionGroup var ending: EndingOptions
}
