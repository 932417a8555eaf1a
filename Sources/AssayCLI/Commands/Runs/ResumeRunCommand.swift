import ArgumentParser
import AssayCore
import AssayRuntime

/// `assay runs resume ID`.
struct ResumeRunCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a run that was interrupted, failed or was cancelled.",
    usage: "assay runs resume ID [--wait] [OPTION …]",
    discussion: """
      No row that is done is done again. The sources must be what they were: a file that has changed is an \
      error.
      """)

  @Argument(help: ArgumentHelp("Its id.", valueName: "id"))
  var id: String

  @OptionGroup var doing: RunDoingOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() async throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let registry = try store.reading()
    let run = try registry.queueRun(id, startsAtOnce: true)
    return try await doing.perform(run, isNew: false, registry, answer)
  }
}
