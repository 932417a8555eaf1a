import ArgumentParser
import AssayCore
import AssayRuntime

/// `assay evaluators apply`.
struct ApplyEvaluatorCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Make evaluators what a file says; create those that are not there.",
    usage: "assay evaluators apply -f FILE [FIELD …] [OPTION …]",
    discussion: """
      A field that the file does not have gets its default. Where an evaluator is so already, \
      nothing changes and no version is made. A file may hold several evaluators, with --- \
      between them: all of them are applied, or none.

      EXAMPLES
        assay evaluators get churn-gate --format yaml > gate.yaml
        assay evaluators apply -f gate.yaml
        assay evaluators apply -f all-gates.yaml
      """)

  @OptionGroup var match: MatchOptions
  @OptionGroup(title: "Fields") var fields: EvaluatorFieldOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let documents = try fields.documents()
    let expected = try match.expected()
    guard documents.count == 1 || expected == nil else {
      throw AssayError(
        .usage, "--if-match is the version of one evaluator, and there are \(documents.count). Apply them one by one.",
        details: ["option": "--if-match"])
    }
    let made = try store.changing(try fields.plugins.assay()) { (registry) throws(AssayError) in
      try registry.applyEvaluators(documents, ifMatch: expected)
    }
    guard made.count > 1 else {
      try answer.print(made[0].json)
      return .success
    }
    try answer.print(
      Listing(elements: made.map(\.json), total: made.count), columns: EvaluatorColumns.list, noun: "evaluators", page: Page())
    return .success
  }
}
