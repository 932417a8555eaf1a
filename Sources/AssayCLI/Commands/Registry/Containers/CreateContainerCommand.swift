import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay containers create`.
struct CreateContainerCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Add a container.",
    usage: "assay containers create --label LABEL [OPTION …]")

  @Option(
    name: [.long, .customLong("name")],
    help: ArgumentHelp("The label that your code knows the task by; it never changes.", valueName: "label"))
  var label: String?

  @OptionGroup var said: DescriptionOptions
  @OptionGroup var chosen: ChosenIDOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    var fields = try said.fields()
    fields.text("label", label)
    let specification = try ContainerSpecification(json: .object(try said.over(fields.fields)))
    let made = try store.changing { (registry) throws(AssayError) in
      try registry.store.createContainer(specification, id: chosen.id, scope: registry.scope)
    }
    try answer.print(made.json)
    return .success
  }
}
