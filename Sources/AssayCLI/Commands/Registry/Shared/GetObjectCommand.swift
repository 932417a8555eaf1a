import ArgumentParser
import AssayCore
import AssayRuntime

/// `get NAME`.
struct GetObjectCommand<Object: RegistryObject>: Action {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "get", abstract: "Show one \(Object.noun).",
      usage: "assay \(Object.command) get NAME [OPTION …]")
  }

  @Argument(
    help: ArgumentHelp("Its name or id.", valueName: "name"),
    completion: .custom { _, _, _ in Object.names() })
  var name: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    try answer.print(try Object.get(name, try store.reading()))
    return .success
  }
}
