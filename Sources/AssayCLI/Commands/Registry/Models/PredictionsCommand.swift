import ArgumentParser

/// `assay models predictions`.
struct PredictionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predictions",
    abstract: "Register the outputs of a model for the rows of a data set.",
    subcommands: [AddPredictionCommand.self, ListPredictionsCommand.self])
}
