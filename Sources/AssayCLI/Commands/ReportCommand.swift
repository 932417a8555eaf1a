import ArgumentParser
import AssayCore
import AssayReport

/// `assay report`: another rendering of a stored result.
struct ReportCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Render the result of an earlier run.",
    usage: "assay report RESULT.json [-o FILE …] [--format table|json|yaml]",
    discussion: """
      The JSON document that 'assay run -o result.json' writes is the evidence; every other \
      report is a rendering of it, made now or later. The exit code is 0 whatever the verdict was.

      EXAMPLES
        assay report result.json
        assay report result.json -o report.html -o report.junit.xml
        assay report result.json -o report.html --images val2017/
        assay run … --format json | assay report - -o report.md
      """)

  @Argument(
    help: ArgumentHelp("The result; - reads standard input.", valueName: "result.json"),
    completion: .file(extensions: ["json"]))
  var result: String

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

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    let format: OutputFormat? = try format.map { text throws(AssayError) in
      try SettingValue(text, flag: "--format").choice()
    }
    let destinations = try ResultPrinter.destinations(output, images: images)
    let stored = try StoredResult.read(result)
    for destination in destinations { try destination.write(stored) }
    if let format = format ?? (output.isEmpty ? .table : nil) {
      try ResultPrinter.print(stored, as: format)
    }
    return .success
  }
}
