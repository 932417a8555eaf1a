import ArgumentParser
import AssayCore
import AssayJSON
import AssayReport
import AssayRuntime

/// `assay evaluators test`.
struct TestEvaluatorCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Score one row with an evaluator, and store nothing.",
    usage: "assay evaluators test NAME --output VALUE [OPTION …]",
    discussion: """
      The exit code is 0 where the row has a score, 1 where the score does not meet the pass \
      threshold, and 3 where there is none.

      EXAMPLES
        assay evaluators test churn-gate --output 0.8 --expected 1
        assay evaluators test which-is-better --a-output 'Yes.' --b-output 'No.'
        assay evaluators test vision.detection --value image_id=1 \\
          --value 'truth_boxes=[10, 20, 30, 40]' --value 'truth_labels=[1]' \\
          --value 'boxes=[11, 20, 30, 40]' --value 'labels=[1]' \\
          --value 'scores=[0.9]'
        assay evaluators test tabular.regression \\
          --value target=3 --value prediction=2.5
      """)

  @Argument(
    help: ArgumentHelp("Its name or id, with a version behind @.", valueName: "name[@version]"),
    completion: .custom { _, _, _ in RegisteredNames.evaluators() + EvaluatorNames.installed() })
  var name: String

  @Option(help: ArgumentHelp("What went into the model.", valueName: "text"))
  var input: String?

  @Option(
    help: ArgumentHelp("What the model produced; for a classifier its score.", valueName: "value"))
  var output: String?

  @Option(
    help: ArgumentHelp("What was expected; for a classifier the label.", valueName: "value"))
  var expected: String?

  @Option(
    help: ArgumentHelp("Of two answers that are compared the first, mostly the baseline's.", valueName: "value"))
  var aOutput: String?

  @Option(help: ArgumentHelp("Of two answers that are compared the other.", valueName: "value"))
  var bOutput: String?

  @Option(
    help: ArgumentHelp(
      "Another value of the row, by column or role: JSON for roles of numbers and lists, so that null is none; repeatable.",
      valueName: "column=value"))
  var value: [String] = []

  @Option(
    name: .customLong("null"),
    help: ArgumentHelp("A role of text whose value is null; repeatable.", valueName: "column"))
  var nulls: [String] = []

  @OptionGroup var plugins: PluginOptions

  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    var row = JSONObject()
    let flags = [
      ("input", input), ("output", output), ("expected", expected), ("a.output", aOutput), ("b.output", bOutput),
    ]
    for (column, text) in flags {
      if let text { row[column] = .string(text) }
    }
    for column in nulls { row[column] = .null }
    for (column, text) in try FieldFlags.pairs(value, "--value", "target=1") {
      row[column] = .string(text)
    }
    let assay = try plugins.assay()
    let trial = try store.reading(assay).test(name, row: row) { Console.say("assay: \($0)") }
    try answer.print(.object(trial.json)) { trial.text($0) }
    return trial.exitCode
  }
}

extension EvaluatorTrial {
  fileprivate var exitCode: AssayCore.ExitCode {
    switch outcome {
    case .passed, .scored: .success
    case .failed: .gateFailed
    case .unscored, .errored, .skipped: .incomplete
    }
  }

  fileprivate func text(_ terminal: Terminal) -> String {
    var rows = [["outcome", outcome.rawValue]]
    rows.append(["score", score.map { "\($0)" } ?? "none"])
    if let passThreshold { rows.append(["pass threshold", "\(passThreshold)"]) }
    if let verdict = pair?.verdict { rows.append(["preferred", verdict.rawValue]) }
    if let explanation { rows.append(["why", explanation]) }
    let sheet = PlainTable(head: [evaluator.name, ""], rows: rows).text(terminal)
    guard !metrics.isEmpty else { return sheet }
    let values = metrics.map { [$0.name, $0.value.map { "\($0)" } ?? "undefined", $0.reason ?? ""] }
    return sheet + "\n" + PlainTable(head: ["metric", "value", "why"], rows: values).text(terminal)
  }
}
