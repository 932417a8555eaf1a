import ArgumentParser
import AssayCore
import AssayRuntime

/// The version that the caller has seen.
struct MatchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only where this is still the version: refuses to undo what somebody else did.",
      valueName: "version"))
  var ifMatch: String?

  func expected() throws(AssayError) -> Int? {
    guard let ifMatch else { return nil }
    return try SettingValue(ifMatch, flag: "--if-match")
      .integer(in: 1...Int.max, "a version, which is a whole number from 1 on")
  }
}

/// `assay evaluators update`.
struct UpdateEvaluatorCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Change some fields of an evaluator, which makes a version of it.",
    usage: "assay evaluators update NAME [FIELD …] [OPTION …]",
    discussion: """
      What is not named stays; null takes a value away. Changing the pass threshold alone keeps \
      the fingerprint, so that old scores can be judged anew.

      EXAMPLES
        assay evaluators update churn-gate --pass-threshold 0.9
        assay evaluators update churn-gate --param threshold=null --if-match 2
      """)

  @Argument(
    help: ArgumentHelp("Its name or id; --name gives it another name.", valueName: "evaluator"),
    completion: .custom { _, _, _ in RegisteredNames.evaluators() })
  var reference: String

  @OptionGroup var match: MatchOptions
  @OptionGroup(title: "Fields") var fields: EvaluatorFieldOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let patch = try fields.fields()
    guard !patch.isEmpty else {
      throw AssayError(
        .usage,
        "There is nothing to change. Name a field, as in: assay evaluators update \(reference) --pass-threshold 0.9")
    }
    let registry = try store.reading(try fields.plugins.assay())
    let expected = try match.expected()
    try answer.print(try registry.updateEvaluator(reference, patch, ifMatch: expected).json)
    return .success
  }
}
