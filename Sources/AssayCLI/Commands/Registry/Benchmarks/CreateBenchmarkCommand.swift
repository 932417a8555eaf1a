import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay benchmarks create`.
struct CreateBenchmarkCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Add a benchmark over a data set.",
    usage: "assay benchmarks create --name NAME --dataset NAME [OPTION …]")

  @Option(help: ArgumentHelp("Its name.", valueName: "name"))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "The data set: its last version, or the one behind @.", valueName: "name[@version]"))
  var dataset: String?

  @OptionGroup var wanted: BenchmarkFieldOptions
  @OptionGroup var said: DescriptionOptions
  @OptionGroup var chosen: ChosenIDOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    var flags = try said.fields()
    flags.text("name", name)
    flags.text("dataset", dataset)
    wanted.add(to: &flags)
    let fields = try said.over(flags.fields)
    let made = try store.reading().createBenchmark(fields, id: chosen.id)
    try answer.print(made.json)
    return .success
  }
}
