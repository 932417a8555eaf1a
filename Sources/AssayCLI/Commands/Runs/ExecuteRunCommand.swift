import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay runs execute ID`: what the process of a run does.
struct ExecuteRunCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "execute", abstract: "Do a run that waits.", shouldDisplay: false)

  @Argument(help: ArgumentHelp("Its id.", valueName: "id"))
  var id: String

  @OptionGroup var which: RunRevisionOption
  @OptionGroup var store: StoreOptions

  func perform() async throws(AssayError) -> AssayCore.ExitCode {
    let registry = try store.reading()
    var doing = RunDoingOptions()
    doing.wait = true
    doing.quiet = false
    let waiting = try registry.store.run(id, revision: try which.number(), scope: registry.scope)
    let run = try await doing.execute(waiting, isFresh: false, registry)
    guard run.status == .completed else {
      Console.say("assay: \(id) is \(run.status.rawValue). \(run.error["message"]?.stringValue ?? "")")
      return .success
    }
    Console.say("assay: \(id) is completed, verdict \(run.verdict ?? "none").")
    return .success
  }
}
