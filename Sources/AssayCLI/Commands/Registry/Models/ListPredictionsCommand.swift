import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay models predictions list`.
struct ListPredictionsCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the outputs of a model version, the newest first.",
    usage: "assay models predictions list MODEL [--dataset NAME] [OPTION …]")

  private static let columns = [
    ObjectColumn("id"), ObjectColumn("version", "model_version"), ObjectColumn("dataset"),
    ObjectColumn("its version", "dataset_version"),
    ObjectColumn("content") { String(($0["content_hash"]?.stringValue ?? "").prefix(19)) },
    ObjectColumn("made at") { ObjectText.time($0["created_at"]) },
  ]

  @Argument(help: ArgumentHelp("The model, with a version behind @.", valueName: "model[@version]"))
  var model: String

  @Option(help: ArgumentHelp("Only those for this data set.", valueName: "name[@version]"))
  var dataset: String?

  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let registry = try store.reading()
    let found = try registry.store
      .predictions(ofModel: model, dataset: dataset, scope: registry.scope).map(\.json)
    try answer.print(
      Listing(elements: found, total: found.count), columns: Self.columns, noun: "predictions",
      page: Page())
    return .success
  }
}
