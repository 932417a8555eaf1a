import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay runs rescore ID`.
struct RescoreRunCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "rescore",
    abstract: "Score what a run is about again, as a new run: other versions, bars, thresholds.",
    usage: "assay runs rescore ID [-e NAME …] [--threshold CONDITION …] [OPTION …]",
    discussion: """
      The evaluators are those of the run at their latest versions, or the ones that are named. What an \
      evaluator said before is taken where nothing in it can score otherwise; where only thresholds differ, \
      old scores are judged anew and nothing is computed.

      EXAMPLES
        assay runs rescore run_0abc --pass-threshold 0.9
        assay runs rescore run_0abc --threshold 'min(roc_auc by site) >= 0.8'
        assay runs rescore run_0abc -e churn-gate@3 --wait
      """)

  @Argument(help: ArgumentHelp("Its id.", valueName: "id"))
  var run: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("An evaluator instead of those of the run; repeatable.", valueName: "name[@version]"))
  var evaluator: [String] = []

  @OptionGroup var bar: BarOptions

  @Option(help: ArgumentHelp("A condition instead of those of the run; repeatable.", valueName: "condition"))
  var threshold: [String] = []

  @OptionGroup var creation: RunCreationOptions
  @OptionGroup var doing: RunDoingOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() async throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let registry = try store.reading()
    var rescoring = RunRescoring()
    if !evaluator.isEmpty { rescoring.evaluators = .array(evaluator.map { .string($0) }) }
    if let passThreshold = bar.passThreshold {
      rescoring.passThreshold = try SettingValue(passThreshold, flag: "--pass-threshold")
        .number(in: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, "a number")
    }
    if !threshold.isEmpty { rescoring.thresholds = threshold }
    rescoring.creation = try creation.creation()
    let made = try await registry.rescore(run, rescoring)
    guard made.status == .completed else {
      return try await doing.perform(made, isNew: true, registry, answer)
    }
    return try RunPrinter(answer: answer).printEnded(made)
  }
}
