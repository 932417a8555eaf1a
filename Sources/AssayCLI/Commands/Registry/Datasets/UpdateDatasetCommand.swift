import ArgumentParser
import AssayCore
import AssayRuntime

/// `assay datasets update`.
struct UpdateDatasetCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Give a data set a version with other rows, or change what is said of it.",
    usage: "assay datasets update NAME [--file FILE] [OPTION …]")

  @Argument(help: ArgumentHelp("Its name or id.", valueName: "name"))
  var name: String

  @OptionGroup(title: "Rows") var rows: DatasetSourceOptions
  @OptionGroup var said: DescriptionOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let fields = try said.over(said.fields().fields)
    guard !fields.isEmpty || !rows.isEmpty else {
      throw AssayError(
        .usage, "There is nothing to change. Name rows, as in: assay datasets update \(name) --file FILE")
    }
    let patch = try DescriptionPatch(json: .object(fields))
    let registry = try store.reading()
    if !rows.isEmpty {
      let (source, rule) = (try rows.source(), try rows.rule())
      try registry.addVersion(toDataset: name, source: source, splits: rule).sayKept()
    }
    if !fields.isEmpty {
      _ = try registry.store.updateDataset(name, patch, scope: registry.scope)
    }
    try answer.print(try DatasetObject.get(name, registry))
    return .success
  }
}
