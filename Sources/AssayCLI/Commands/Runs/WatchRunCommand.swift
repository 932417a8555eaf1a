import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay runs watch ID`.
struct WatchRunCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Wait for the end of a run, and exit as it does.",
    usage: "assay runs watch ID [OPTION …]",
    discussion: """
      With --format json a line is printed for each step, and the last one is the whole run. Stopping it \
      does not stop the run.
      """)

  @Argument(help: ArgumentHelp("Its id.", valueName: "id"))
  var id: String

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  @OptionGroup var which: RunRevisionOption
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() async throws(AssayError) -> AssayCore.ExitCode {
    let format = try answer.wanted()
    let registry = try store.reading()
    let run = try registry.store.run(id, revision: try which.number(), scope: registry.scope)
    let ended = try await RunWatching(registry: registry, isQuiet: quiet).wait(for: run) {
      (run) throws(AssayError) in
      guard format == .json, !run.status.isOver else { return }
      try Console.print(JSONValue.object(run.facts.summary).text() + "\n")
    }
    guard format == .json, ended.status == .completed else {
      return try RunPrinter(answer: answer).printEnded(ended)
    }
    try Console.print(JSONValue.object(ended.json).text() + "\n")
    return ExitCode(rawValue: Int32(ended.exitCode ?? 0))
  }
}
