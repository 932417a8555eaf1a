import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay containers update`.
struct UpdateContainerCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change the description and the metadata of a container.",
    usage: "assay containers update LABEL [OPTION …]")

  @Argument(help: ArgumentHelp("Its label or id.", valueName: "label"))
  var label: String

  @OptionGroup var match: RevisionOptions
  @OptionGroup var said: DescriptionOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let patch = try said.patch(of: "containers", label)
    let registry = try store.reading()
    let expected = try match.expected()
    let changed = try registry.store.updateContainer(
      label, patch, ifMatch: expected, scope: registry.scope)
    try answer.print(changed.json)
    return .success
  }
}
