import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay datasets versions`.
struct DatasetVersionsCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "versions", abstract: "List the versions of a data set, the first one first.",
    usage: "assay datasets versions NAME [OPTION …]")

  private static let columns = [
    ObjectColumn("version"), ObjectColumn("rows"), ObjectColumn("splits"),
    ObjectColumn("content") { String(($0["content_hash"]?.stringValue ?? "").prefix(19)) },
    ObjectColumn("made at") { ObjectText.time($0["updated_at"]) },
  ]

  @Argument(help: ArgumentHelp("Its name or id.", valueName: "name"))
  var name: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let registry = try store.reading()
    let versions = try registry.store.versions(ofDataset: name, scope: registry.scope).map(\.json)
    try answer.print(
      Listing(elements: versions, total: versions.count), columns: Self.columns, noun: "versions",
      page: Page())
    return .success
  }
}
