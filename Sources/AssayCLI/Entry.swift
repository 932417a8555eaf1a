import ArgumentParser
import AssayCore
import Glibc

/// A command that does something, and says how the process ends.
protocol Action: ParsableCommand {
  func perform() async throws(AssayError) -> AssayCore.ExitCode
}

/// The start of the process: parses, acts, and turns every end into an exit code.
@main
enum Entry {
  static func main() {
    Interruption.prepare()
    let arguments = Array(CommandLine.arguments.dropFirst())
    Task.detached { leave(await run(arguments)) }
    Interruption.watch()
  }

  /// Ends the process without taking its libraries down: Arrow's and a plugin's threads may
  /// still be using what a usual exit destroys, and would end it with a signal.
  private static func leave(_ code: AssayCore.ExitCode) -> Never {
    fflush(nil)
    _exit(code.rawValue)
  }

  private static func run(_ arguments: [String]) async -> AssayCore.ExitCode {
    do {
      if let error = unknownCommand(arguments) { throw error }
      var command = try AssayCommand.parseAsRoot(arguments)
      if let action = command as? any Action { return try await action.perform() }
      // A command that only holds others, and the parser's own, which show help.
      try command.run()
      return .success
    } catch let error as AssayError {
      Console.report(error, asJSON: asksForJSON(arguments))
      if isSet("GITHUB_ACTIONS"), error.code != .interrupted { GitHub.annotate(error) }
      return error.code.exitCode
    } catch {
      return end(of: error, arguments)
    }
  }

  /// The parser would call it an argument too many.
  private static func unknownCommand(_ arguments: [String]) -> AssayError? {
    var commands = AssayCommand.configuration.subcommands
    var path = "assay"
    for argument in arguments.prefix(3) where !argument.hasPrefix("-") && argument != "help" {
      let names = commands.map { $0._commandName }
      guard !names.isEmpty else { return nil }
      guard
        let index = commands.firstIndex(where: {
          $0._commandName == argument || $0.configuration.aliases.contains(argument)
        })
      else {
        return AssayError(
          .usage,
          "There is no command \"\(path) \(argument)\".\(suggestion(for: argument, in: names)) The commands are \(names.joined(separator: ", ")).")
      }
      path += " " + argument
      commands = commands[index].configuration.subcommands
    }
    return nil
  }

  /// The parser ends with an error for help and versions too, which are not.
  private static func end(of error: any Error, _ arguments: [String]) -> AssayCore.ExitCode {
    let text = AssayCommand.fullMessage(for: error)
    guard !AssayCommand.exitCode(for: error).isSuccess else { return printing(text + "\n") }
    let plain = text.hasPrefix("Error: ") ? String(text.dropFirst("Error: ".count)) : text
    Console.report(AssayError(.usage, plain), asJSON: asksForJSON(arguments))
    return .usage
  }

  private static func printing(_ text: String) -> AssayCore.ExitCode {
    do {
      try Console.print(text.hasSuffix("\n") ? text : text + "\n")
      return .success
    } catch {
      Console.report(error, asJSON: false)
      return error.code.exitCode
    }
  }

  /// Whether JSON was asked for, also by a command line that does not parse.
  private static func asksForJSON(_ arguments: [String]) -> Bool {
    if arguments.contains("--format=json") { return true }
    return zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
  }
}
