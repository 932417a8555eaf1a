import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay models versions`.
struct ModelVersionsCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "versions", abstract: "List the versions of a model, the first one first.",
    usage: "assay models versions NAME [OPTION …]")

  private static let columns = [
    ObjectColumn("version"), ObjectColumn("state"), ObjectColumn("promoted"),
    ObjectColumn("made at") { ObjectText.time($0["created_at"]) }, ObjectColumn("metadata"),
  ]

  @Argument(help: ArgumentHelp("Its name or id.", valueName: "name"))
  var name: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let registry = try store.reading()
    let model = try registry.store.model(name, scope: registry.scope)
    let versions = model.versions.map { version in
      var object: JSONObject = ["object": "model_version", "model": .string(model.name)]
      for (key, value) in version.json { object[key] = value }
      object["promoted"] = .bool(model.promoted == version.number)
      return object
    }
    try answer.print(
      Listing(elements: versions, total: versions.count), columns: Self.columns, noun: "versions",
      page: Page())
    return .success
  }
}
