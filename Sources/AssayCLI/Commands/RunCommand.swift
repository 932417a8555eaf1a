import ArgumentParser
import AssayCore
import AssayReport
import AssayRuntime

/// `assay run`: evaluate, print, gate.
struct RunCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Evaluate data, print the result, and gate on the verdict.",
    usage: """
      assay run -e NAME --sample FILE [--threshold CONDITION …] [OPTION …]
             assay run CONFIG.yaml [OPTION …]
      """,
    discussion: """
      EXAMPLES
        Metrics of a classifier, from the columns label and score, and a gate:
          assay run -e tabular.binary --sample predictions.csv --bind target=label \\
            --threshold 'roc_auc >= 0.9'
        Predictions and labels in two files; by site, with intervals, and a page:
          assay run -e tabular.binary --sample predictions.parquet \\
            --ground-truth labels.jsonl --join-on id --bind sample.score=p \\
            --bind ground_truth.target=label --slice site --ci 0.95 -o report.html
        A function of a library, called for each row:
          assay run --library libm.so.6 --call 'double fabs(double x)' \\
            --bind x=error --sample predictions.csv --threshold 'p90 <= 2.5'
        A plugin of your own:
          assay run --plugin ./libmine.so -e mine.score --sample answers.jsonl
        A data set of the registry, its split test; and the run is kept:
          assay run -e churn-gate --sample dataset:churn/test --save
        What a file says; flags go before its keys ('assay init' writes one):
          assay run assay.yaml --threshold 'roc_auc >= 0.95'

      EXIT CODES
        0 every gate passed, or there was none    1 a gate failed
        2 usage, configuration or input           3 too few rows were scored
        4 a gate could not be decided             130 interrupted
      """)

  @Argument(
    help: ArgumentHelp(
      "A configuration; every flag has its key there. Relative paths in it start from its folder.",
      valueName: "config.yaml"), completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  @OptionGroup(title: "Evaluators") var evaluators: EvaluatorOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Gate") var gate: GateOptions
  @OptionGroup(title: "What is computed") var parts: PartOptions
  @OptionGroup(title: "Results") var results: ResultOptions

  func perform() async throws(AssayError) -> AssayCore.ExitCode {
    let settings = try settings()
    // What cannot be written is refused before hours of work.
    let destinations = try ResultPrinter.destinations(settings.outputs, images: settings.images)
    let result = try await Running.run(settings)
    for destination in destinations { try destination.write(result) }
    try ResultPrinter.print(result, as: settings.format)
    if !settings.isQuiet { try GitHub.publish(result) }
    return result.exitCode
  }

  private func settings() throws(AssayError) -> RunSettings {
    let options = RunOptions(
      evaluators: evaluators, data: data, gate: gate, parts: parts, results: results)
    let flags = try options.values()
    guard let config else {
      guard flags.isEmpty else { return try RunSettings(flags) }
      let hint =
        Files.exists("assay.yaml")
        ? "run the configuration that is here with: assay run assay.yaml"
        : "name an evaluator and data, as in: assay run -e tabular.binary --sample predictions.csv"
      throw AssayError(.usage, "There is nothing to do; \(hint)")
    }
    let file = try ConfigFile(path: config)
    return try RunSettings(RunSettings.merging(flags: flags, over: file.values))
  }
}
