import ArgumentParser

/// Where results go.
struct ResultOptions: ParsableArguments {
  @OptionGroup var printing: PrintingOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write a report: .json, .junit.xml, .md, .html or .csv by its extension, or a folder DIR/ with a CSV per table and an SVG per plot. Repeatable.",
      valueName: "file"), completion: .file())
  var output: [String] = []

  @Option(
    help: ArgumentHelp(
      "The folder with the image files: a page of -o REPORT.html shows the worst images with their boxes.",
      valueName: "folder"), completion: .directory)
  var images: String?

  @Option(
    help: ArgumentHelp(
      "Write what was said about every row, as JSON lines.", valueName: "file.jsonl"),
    completion: .file(extensions: ["jsonl"]))
  var rows: String?

  @Flag(
    help: "Keep the run in the project's registry, with every row; 'assay runs get ID' shows it again.")
  var save = false

  @Flag(
    help: "Keep no states beside a result in JSON; 'assay report' then cannot change parameters.")
  var noStates = false
}
