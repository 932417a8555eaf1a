import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay models update`.
struct UpdateModelCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Add a version to a model, change the state of one, promote one, change what is said.",
    usage: "assay models update NAME [OPTION …]")

  @Argument(help: ArgumentHelp("Its name or id.", valueName: "name"))
  var name: String

  @Flag(help: "Add a version; --state and --metadata are for it.")
  var newVersion = false

  @Option(
    help: ArgumentHelp("The version that --state is for; the last one unless given.", valueName: "number"))
  var version: String?

  @OptionGroup var state: ModelStateOptions

  @Option(
    help: ArgumentHelp("Make a version that is ready the one that runs take.", valueName: "number"))
  var promote: String?

  @OptionGroup var said: DescriptionOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let change = try change()
    let registry = try store.reading()
    let changed = try registry.store.updateModel(name, change, scope: registry.scope)
    try answer.print(changed.json)
    return .success
  }

  private func change() throws(AssayError) -> ModelChange {
    var change = ModelChange()
    let words = try said.over(said.fields().fields)
    change.words = try DescriptionPatch(json: .object(words))
    if newVersion {
      guard version == nil else {
        throw AssayError(
          .usage, "--new-version takes the next number; leave --version out.",
          details: ["option": "--version"])
      }
      change.added = try state.wanted() ?? .ready
      swap(&change.addedMetadata, &change.words.metadata)
    } else if let state = try state.wanted() {
      change.state = state
      change.version = try number(version, "--version")
    } else if version != nil {
      throw AssayError(
        .usage, "--version says which version --state is for.", details: ["option": "--version"])
    }
    change.promoted = try number(promote, "--promote")
    guard change != ModelChange() else {
      throw AssayError(
        .usage,
        "There is nothing to change. Say what, as in: assay models update \(name) --new-version")
    }
    return change
  }

  private func number(_ text: String?, _ flag: String) throws(AssayError) -> Int? {
    guard let text else { return nil }
    return try SettingValue(text, flag: flag)
      .integer(in: 1...Int.max, "a version, which is a whole number from 1 on")
  }
}
