import ArgumentParser
import AssayCore
import AssayJSON
import AssayReport
import AssayRuntime

/// `assay report`: another rendering of a stored result, or a later question about it.
struct ReportCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Render the result of an earlier run, or ask it a later question.",
    usage: "assay report RESULT.json [--param NAME=VALUE …] [-o FILE …]",
    discussion: """
      The JSON document that 'assay run -o result.json' writes is the evidence; every other \
      report is a rendering of it, made now or later. Beside it lies result.states: what \
      evaluators know that can answer more, such as a detector's confusion matrix at another \
      confidence. The exit code is 0 whatever the verdict was.

      EXAMPLES
        assay report result.json
        assay report result.json -o report.html -o report.junit.xml
        assay report result.json -o report.html --images val2017/
        assay report result.json --confidence 0.4 --split valid \\
          --only confusion_matrix
        assay run … --format json | assay report - -o report.md
      """)

  @Argument(
    help: ArgumentHelp("The result; - reads standard input.", valueName: "result.json"),
    completion: .file(extensions: ["json"]))
  var result: String

  @Option(
    help: ArgumentHelp(
      "Another value for a parameter that can change after the run, as JSON or text. Repeatable.",
      valueName: "name=value"))
  var param: [String] = []

  @Option(help: ArgumentHelp("The same as --param confidence=VALUE.", valueName: "number"))
  var confidence: String?

  @Option(
    help: ArgumentHelp(
      "Only the results of this split; the run was sliced by the column split.", valueName: "name"))
  var split: String?

  @Option(help: ArgumentHelp("Only these metrics and tables. Repeatable.", valueName: "names"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp("The result that delta(…) compares with.", valueName: "result.json"),
    completion: .file(extensions: ["json"]))
  var baseline: String?

  @OptionGroup var plugins: PluginOptions

  @Option(
    help: ArgumentHelp(
      "What is printed: table, json or yaml. Without it a table, or with -o nothing.",
      valueName: "table|json|yaml"),
    completion: .list(["table", "json", "yaml"]))
  var format: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write a report: .json, .junit.xml, .md, .html or .csv, or a folder DIR/. Repeatable.",
      valueName: "file"), completion: .file())
  var output: [String] = []

  @Option(
    help: ArgumentHelp(
      "The folder with the image files: a page of -o REPORT.html shows the worst images with their boxes.",
      valueName: "folder"), completion: .directory)
  var images: String?

  func perform() async throws(AssayError) -> AssayCore.ExitCode {
    let format: OutputFormat? = try format.map { text throws(AssayError) in
      try SettingValue(text, flag: "--format").choice()
    }
    let destinations = try ResultPrinter.destinations(output, images: images)
    let stored = try StoredResult.read(result)
    let answer = try await answer(stored)
    for destination in destinations { try destination.write(answer) }
    if let format = format ?? (output.isEmpty ? .table : nil) {
      try ResultPrinter.print(answer, as: format)
    }
    return .success
  }

  private func answer(_ stored: RunResult) async throws(AssayError) -> RunResult {
    var question = FinishRequest(stored, statesAt: StoredResult.statesPath(of: stored, at: result))
    var collector = FlagCollector()
    let confidences = confidence.map { ["confidence=\($0)"] } ?? []
    try collector.add(.param, named: param + confidences, "confidence=0.4")
    collector.add(.only, only)
    let reader = SettingsReader(values: collector.values)
    for (name, value) in try reader.named(.param) { question.parameters[name] = try value.json() }
    for value in try reader.list(.only) { question.only.formUnion(try value.columns()) }
    question.split = split
    question.baseline = try baseline.map { path throws(AssayError) in try StoredResult.read(path) }
    let assay = try plugins.assay()
    return try await assay.finish(question) { level, text in Console.say("assay: \(level): \(text)") }
  }
}
