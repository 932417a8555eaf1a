import ArgumentParser
import AssayCore
import AssayRuntime

/// `assay runs delete ID`.
struct DeleteRunCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Remove a run with its rows and all its revisions.",
    usage: "assay runs delete ID [OPTION …]")

  @Argument(help: ArgumentHelp("Its id.", valueName: "id"))
  var id: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let deleted = try store.reading().deleteRun(id)
    try answer.printDeleted(ObjectKind.run.word, id: deleted, named: deleted)
    return .success
  }
}
