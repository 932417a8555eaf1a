import ArgumentParser
import AssayCore
import AssayRuntime

/// `assay runs retry-failed ID`.
struct RetryRunCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "retry-failed",
    abstract: "Evaluate the rows of a run that errored again, and nothing else.",
    usage: "assay runs retry-failed ID [--wait] [OPTION …]")

  @Argument(help: ArgumentHelp("Its id.", valueName: "id"))
  var id: String

  @OptionGroup var doing: RunDoingOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() async throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let registry = try store.reading()
    let (run, rows) = try registry.retryFailed(id, startsAtOnce: true)
    if !doing.quiet {
      Console.say(
        "assay: \(rows == 1 ? "1 row" : "\(rows) rows") of \(id) errored and will be evaluated again.")
    }
    return try await doing.perform(run, isNew: false, registry, answer)
  }
}
