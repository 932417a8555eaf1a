import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// The fields of an evaluator as flags, and the file that they go before.
struct EvaluatorFieldOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .customLong("fields")],
    help: ArgumentHelp(
      "The fields in a file of YAML or JSON; - reads standard input. Flags go before it.",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String?

  @Option(help: ArgumentHelp("Its name, without a dot.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("What it is for.", valueName: "text"))
  var description: String?

  @Option(
    help: ArgumentHelp("What scores.", valueName: "plugin|judge|code|external"),
    completion: .list(EvaluatorKind.allCases.map(\.rawValue)))
  var type: String?

  @Option(help: ArgumentHelp("The label of the container that it belongs to.", valueName: "label"))
  var container: String?

  @Option(
    help: ArgumentHelp(
      "How it looks at a row; without it a plugin's own, else pointwise.",
      valueName: "pointwise|reference|pairwise"),
    completion: .list(Mode.allCases.map(\.rawValue)))
  var mode: String?

  @OptionGroup var bar: BarOptions

  @Option(
    help: ArgumentHelp(
      "The kind of requests whose logs it reads, such as chat.completions.", valueName: "name"))
  var api: String?

  @OptionGroup var facts: MetadataOptions

  @Option(
    help: ArgumentHelp(
      "For type plugin: the evaluator of the plugin, such as tabular.binary.", valueName: "name"),
    completion: .custom { _, _, _ in EvaluatorNames.installed() })
  var evaluator: String?

  @Option(
    help: ArgumentHelp(
      "For type plugin: a parameter; JSON where it reads as JSON, a,b,c is a list. Repeatable.",
      valueName: "name=value"))
  var param: [String] = []

  @Option(
    help: ArgumentHelp(
      "For type plugin: which column goes into which role. Repeatable.", valueName: "role=column"))
  var bind: [String] = []

  @OptionGroup var plugins: PluginOptions

  @Option(help: ArgumentHelp("For type judge: the model that is asked.", valueName: "name"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "For type judge: the question; {output} and other names in braces are fields of the row.",
      valueName: "text"))
  var prompt: String?

  @Option(
    help: ArgumentHelp("For type judge: the question in a file; - reads standard input.", valueName: "file"),
    completion: .file())
  var promptFile: String?

  @Option(
    help: ArgumentHelp(
      "For type judge: a parameter of the model, such as temperature=0. Repeatable.",
      valueName: "name=value"))
  var inferenceParam: [String] = []

  @Option(help: ArgumentHelp("For type code: the source text.", valueName: "text"))
  var source: String?

  @Option(
    help: ArgumentHelp("For type code: the source in a file; - reads standard input.", valueName: "file"),
    completion: .file())
  var sourceFile: String?

  @Option(help: ArgumentHelp("For type code: its language; python unless given.", valueName: "name"))
  var language: String?

  @Option(help: ArgumentHelp("For type code: a package that it needs; repeatable.", valueName: "package"))
  var requirement: [String] = []
}

extension EvaluatorFieldOptions {
  /// What the file and the flags say.
  ///
  /// - Throws: `usage.invalid`, `file.unreadable`, `config.invalid`.
  func fields() throws(AssayError) -> JSONObject {
    let flags = try flags()
    guard let file else { return flags }
    return try FieldsFile.read(file).patched(by: flags)
  }

  /// What the file says of one evaluator or several, and the flags of each.
  ///
  /// - Throws: As for one.
  func documents() throws(AssayError) -> [JSONObject] {
    let flags = try flags()
    guard let file else { return [flags] }
    return try FieldsFile.readAll(file).map { $0.patched(by: flags) }
  }

  private func flags() throws(AssayError) -> JSONObject {
    var flags = FieldFlags()
    flags.text("name", name)
    flags.text("description", description)
    flags.text("type", type)
    flags.text("container", container)
    flags.text("mode", mode)
    flags.number("pass_threshold", bar.passThreshold)
    flags.text("api", api)
    try facts.add(to: &flags)
    flags.text("evaluator", evaluator)
    try flags.members(
      "parameters", param, flag: "--param", takesLists: true, example: "threshold=0.5")
    try flags.textMembers("bindings", bind, flag: "--bind", example: "target=label")
    flags.text("model", model)
    flags.text("prompt", try text(prompt, promptFile, "--prompt"))
    try flags.members(
      "inference_parameters", inferenceParam, flag: "--inference-param", example: "temperature=0")
    flags.text("source", try text(source, sourceFile, "--source"))
    flags.text("language", language)
    flags.texts("requirements", requirement)
    return flags.fields
  }

  /// A text that is given as it is, or in a file.
  private func text(
    _ text: String?, _ path: String?, _ flag: String
  ) throws(AssayError) -> String? {
    guard let path else { return text }
    guard text == nil else {
      throw AssayError(
        .usage, "\(flag) and \(flag)-file say the same; give one of them.",
        details: ["option": flag])
    }
    guard let text = String(validating: try Files.read(path), as: UTF8.self) else {
      throw AssayError(.fileUnreadable, "\(path) is not UTF-8 text.", details: ["file": path])
    }
    return text
  }
}

extension JSONObject {
  /// The object with the members of flags, which go before its own; a null stays, for an
  /// update to take the value away.
  func patched(by flags: JSONObject) -> JSONObject {
    var result = self
    for (key, value) in flags {
      if let old = result[key]?.objectValue, let new = value.objectValue {
        result[key] = .object(old.patched(by: new))
      } else {
        result[key] = value
      }
    }
    return result
  }
}
