import ArgumentParser
import AssayCore
import AssayRuntime

/// `delete NAME`.
struct DeleteObjectCommand<Object: RegistryObject>: Action {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "delete",
      abstract: "Delete a \(Object.noun); its name is free again, and runs keep what they used.",
      usage: "assay \(Object.command) delete NAME [OPTION …]")
  }

  @Argument(
    help: ArgumentHelp("Its name or id.", valueName: "name"),
    completion: .custom { _, _, _ in Object.names() })
  var name: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let id = try Object.delete(name, try store.reading())
    try answer.printDeleted(Object.kind.word, id: id, named: name)
    return .success
  }
}
