import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay models predictions add`.
struct AddPredictionCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Register a file of outputs, with a row for each row of the data set.",
    usage: "assay models predictions add MODEL --dataset NAME --file FILE")

  @Argument(help: ArgumentHelp("The model, with a version behind @.", valueName: "model[@version]"))
  var model: String

  @Option(help: ArgumentHelp("The data set, with a version behind @.", valueName: "name[@version]"))
  var dataset: String

  @Option(help: ArgumentHelp("The outputs.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let registry = try store.reading()
    let added = try registry.addPrediction(model: model, dataset: dataset, file: file)
    try answer.print(added.json)
    return .success
  }
}
