import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// What is said of an object besides what it is.
struct DescriptionOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .customLong("fields")],
    help: ArgumentHelp(
      "The fields in a file of YAML or JSON; - reads standard input. Flags go before it.",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String?

  @Option(help: ArgumentHelp("What it is for.", valueName: "text"))
  var description: String?

  @OptionGroup var facts: MetadataOptions

  /// What the flags say.
  func fields() throws(AssayError) -> FieldFlags {
    var flags = FieldFlags()
    flags.text("description", description)
    try facts.add(to: &flags)
    return flags
  }

  /// What the flags say, over the file.
  func over(_ flags: JSONObject) throws(AssayError) -> JSONObject {
    guard let file else { return flags }
    return try FieldsFile.read(file).patched(by: flags)
  }

  /// What an update changes.
  ///
  /// - Throws: `usage.invalid` where that is nothing.
  func patch(of command: String, _ name: String) throws(AssayError) -> DescriptionPatch {
    let fields = try over(fields().fields)
    guard !fields.isEmpty else {
      throw AssayError(
        .usage,
        "There is nothing to change. Name a field, as in: assay \(command) update \(name) --description …")
    }
    return try DescriptionPatch(json: .object(fields))
  }
}

/// An id of the caller's choice.
struct ChosenIDOptions: ParsableArguments {
  @Option(help: ArgumentHelp("An id of your choice.", valueName: "id"))
  var id: String?
}

/// The revision that the caller has seen.
struct RevisionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only where this is still the revision: refuses to undo what somebody else did.",
      valueName: "revision"))
  var ifMatch: String?

  func expected() throws(AssayError) -> Int? {
    guard let ifMatch else { return nil }
    return try SettingValue(ifMatch, flag: "--if-match")
      .integer(in: 1...Int.max, "a revision, which is a whole number from 1 on")
  }
}
