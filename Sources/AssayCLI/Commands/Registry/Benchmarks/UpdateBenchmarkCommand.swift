import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay benchmarks update`.
struct UpdateBenchmarkCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change some fields of a benchmark.",
    usage: "assay benchmarks update NAME [OPTION …]",
    discussion: """
      What is not named stays; a list that is named takes the place of the old one.
      """)

  @Argument(help: ArgumentHelp("Its name or id.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("The data set.", valueName: "name[@version]"))
  var dataset: String?

  @OptionGroup var wanted: BenchmarkFieldOptions
  @OptionGroup var match: RevisionOptions
  @OptionGroup var said: DescriptionOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    var flags = try said.fields()
    flags.text("dataset", dataset)
    wanted.add(to: &flags)
    let patch = try said.over(flags.fields)
    guard !patch.isEmpty else {
      throw AssayError(
        .usage,
        "There is nothing to change. Name a field, as in: assay benchmarks update \(name) --threshold 'roc_auc >= 0.9'")
    }
    let expected = try match.expected()
    try answer.print(try store.reading().updateBenchmark(name, patch, ifMatch: expected).json)
    return .success
  }
}
