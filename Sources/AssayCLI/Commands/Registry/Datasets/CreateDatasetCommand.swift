import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay datasets create`.
struct CreateDatasetCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Add a data set from files, or from the logs of a container.",
    usage: "assay datasets create --name NAME --file FILE [OPTION …]")

  @Option(help: ArgumentHelp("Its name.", valueName: "name"))
  var name: String

  @OptionGroup(title: "Rows") var rows: DatasetSourceOptions
  @OptionGroup var said: DescriptionOptions
  @OptionGroup var chosen: ChosenIDOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let (source, rule) = (try rows.source(), try rows.rule())
    let words = try DescriptionPatch(json: .object(try said.over(said.fields().fields)))
    let made = try store.filling { (registry) throws(AssayError) in
      try registry.createDataset(
        name: name, description: words.description ?? nil, metadata: words.metadata,
        source: source, splits: rule, id: chosen.id)
    }
    try answer.print(made.json)
    return .success
  }
}
