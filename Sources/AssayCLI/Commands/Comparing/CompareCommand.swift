import ArgumentParser
import AssayCore
import AssayReport
import AssayRuntime

/// `assay compare`: the same evaluators over two sides or more, item by item.
struct CompareCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare models on the same items, and gate on the difference.",
    usage: """
      assay compare --a FILE --b FILE -e NAME [OPTION …]
             assay compare --side NAME=FILE … -e NAME [OPTION …]
             assay compare RUN RUN … [OPTION …]
             assay compare --model NAME … --dataset NAME … [-e NAME] [OPTION …]
      """,
    discussion: """
      Both sides are scored in one pass over the items that they share. Every difference comes \
      with an interval, a paired test (DeLong for areas under ROC curves, McNemar for rates, a \
      permutation test or Student's t for means, the paired bootstrap for the rest), a p-value \
      that makes up for the number of metrics, and the least effect that so many items would find. \
      A RUN is one of the registry by its id, or a result in a file.

      EXAMPLES
        Is the new model at most a hundredth worse?
          assay compare --a old.csv --b new.csv --join-on id -e tabular.binary \\
            --bind target=label --threshold 'delta(roc_auc) >= -0.01 vs baseline'
        Two columns of one file:
          assay compare --a scores.csv --b scores.csv -e tabular.binary \\
            --bind a.score=p_old --bind b.score=p_new --bind target=label
        Three models, a leaderboard and a page:
          assay compare --side small=s.csv --side large=l.csv --side best=x.csv \\
            --join-on id -e tabular.regression --bind target=y -o comparison.html
        Two runs of the registry, by an evaluator that one of them lacks:
          assay compare nightly release -e churn-gate --evaluate-missing
        Two models by their newest runs on a data set, made where there are none:
          assay compare --model v1 --model v2 --dataset churn/test -e churn-gate \\
            --evaluate-missing
        Two runs that were kept with -o old.json --rows old.jsonl:
          assay compare old.json new.json --threshold 'delta(mean) >= 0'

      EXIT CODES
        0 every gate passed, or there was none    1 a gate failed
        2 usage, or sides that do not fit         3 too few items were scored
        4 a gate could not be decided             130 interrupted
      """)

  @OptionGroup(title: "Sides") var sides: ComparedSideOptions
  @OptionGroup(title: "Evaluators") var evaluators: EvaluatorOptions
  @OptionGroup(title: "Comparison") var comparison: ComparisonOptions
  @OptionGroup(title: "Results") var results: ComparisonOutputOptions
  @OptionGroup(title: "Registry") var store: StoreOptions

  func perform() async throws(AssayError) -> AssayCore.ExitCode {
    let settings = try ComparisonSettings(sides, evaluators, comparison, results)
    // What cannot be written is refused before hours of work.
    let destinations = try ResultPrinter.destinations(settings.run.outputs, images: nil)
    for destination in destinations { try destination.checkComparison() }
    let copies = Interruption.temporaryFolder()
    defer { copies.remove() }
    let (assay, request) = try await prepare(settings, copies)
    let result = try await Running.watched(settings.run) { (progress, log) throws(AssayError) in
      try await assay.compare(request, onProgress: progress, onLog: log)
    }
    for destination in destinations { try destination.write(result) }
    try print(result, as: settings.run.format)
    if !settings.run.isQuiet { try GitHub.publish(result) }
    return result.exitCode
  }

  private func prepare(
    _ settings: ComparisonSettings, _ copies: TemporaryFolder
  ) async throws(AssayError) -> (Assay, ComparisonRequest) {
    guard let runs = settings.runs else {
      let (assay, shared) = try Running.prepare(settings.run)
      let request = try settings.request(sharing: shared)
      guard request.namesRegistry else { return (assay, request) }
      return (assay, try store.reading(assay).found(request, copies: copies))
    }
    let assay = Assay()
    for plugin in settings.run.plugins { _ = try assay.catalog.load(plugin) }
    let found = try await store.reading(assay).found(runs)
    return (assay, try settings.request(sharing: settings.run.request, runs: found))
  }

  private func print(_ result: ModelComparison, as format: OutputFormat) throws(AssayError) {
    switch format {
    case .table:
      let terminal = Terminal(.output)
      try Console.print(result.terminalText(style: terminal.style, columns: terminal.width))
    case .json: try Console.print(result.jsonText())
    case .yaml: try Console.print(try ResultPrinter.yaml(result.json))
    }
  }
}
