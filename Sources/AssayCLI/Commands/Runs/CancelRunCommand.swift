import ArgumentParser
import AssayCore
import AssayRuntime

/// `assay runs cancel ID`.
struct CancelRunCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Stop a run that is pending or running; what is done is kept, and can be resumed.",
    usage: "assay runs cancel ID [OPTION …]")

  @Argument(help: ArgumentHelp("Its id.", valueName: "id"))
  var id: String

  @OptionGroup var which: RunRevisionOption
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let registry = try store.reading()
    try RunPrinter(answer: answer).print(
      try registry.store.cancelRun(id, revision: try which.number(), scope: registry.scope))
    return .success
  }
}
