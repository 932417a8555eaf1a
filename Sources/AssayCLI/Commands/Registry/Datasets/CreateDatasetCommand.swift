import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay datasets create`.
struct CreateDatasetCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Add a data set from files, or from the logs of a container.",
    usage: "assay datasets create --name NAME --file FILE [OPTION …]")

  @Option(help: ArgumentHelp("Its name.", valueName: "name"))
  var name: String

  @OptionGroup(title: "Rows") var rows: DatasetSourceOptions
  @OptionGroup var said: DescriptionOptions
  @OptionGroup var chosen: ChosenIDOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let (source, rule) = (try rows.source(), try rows.rule())
    let words = try DescriptionPatch(json: .object(try said.over(said.fields().fields)))
    let made = try store.filling { (registry) throws(AssayError) in
      try registry.createDataset(
        name: name, description: words.description ?? nil, metadata: words.metadata,
        source: source, splits: rule, id: chosen.id)
    }
    made.sayKept()
    try answer.print(made.json)
    return .success
  }
}

extension StoredDataset {
  /// Says what of a folder was copied, and what was not.
  func sayKept() {
    guard let kept = version.origin["kept"], let reader = version.origin["reader"]?.stringValue else {
      return
    }
    func number(_ name: String) -> Int { kept[name]?.integerValue.map { Int($0) } ?? 0 }
    let images = number("images_by_name")
    let rest = images > 0 ? "; of \(images) images the names, not the content" : ""
    let copied = "\(number("files")) files, \(number("bytes")) bytes"
    Console.say("assay: Copied \(copied), which the reader \"\(reader)\" opens\(rest).")
  }
}
