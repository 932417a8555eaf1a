import ArgumentParser
import AssayCore
import AssayRuntime

/// `assay evaluators create`.
struct CreateEvaluatorCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Add an evaluator; a container whose label is new is made with it.",
    usage: "assay evaluators create --name NAME --type TYPE [FIELD …] [OPTION …]",
    discussion: """
      EXAMPLES
        A gate over an evaluator of a plugin:
          assay evaluators create --name churn-gate --type plugin \\
            --evaluator tabular.binary --container churn \\
            --bind target=label --pass-threshold 0.95
        A judge, with its question in a file:
          assay evaluators create --name polite --type judge --model gpt-4.1-mini \\
            --prompt-file polite.txt --inference-param temperature=0
        From a file, under another name:
          assay evaluators create -f gate.yaml --name churn-gate-2
      """)

  @Option(help: ArgumentHelp("An id of your choice.", valueName: "id"))
  var id: String?

  @OptionGroup(title: "Fields") var fields: EvaluatorFieldOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let given = try fields.fields()
    let made = try store.changing(try fields.plugins.assay()) { (registry) throws(AssayError) in
      try registry.createEvaluator(given, id: id)
    }
    try answer.print(made.json)
    return .success
  }
}
