import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay runs import FILE`.
struct ImportRunCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Keep results that were made elsewhere, as a run of the type external.",
    usage: "assay runs import FILE [--evaluator NAME] [OPTION …]",
    discussion: """
      FILE is a result document of Assay, metrics ({"metrics": {"accuracy": 0.9}}), or what was said of rows \
      as JSON lines: objects with score, and with key, output, expected, explanation, outcome, latency, \
      input_tokens, output_tokens, cost, sub_scores and detail where they are known. The bar of the evaluator \
      judges the rows, or the metric where there is one.

      EXAMPLES
        assay runs import result.json
        assay runs import scores.jsonl --evaluator review --threshold 'mean >= 0.8'
        some-tool | assay runs import - --container support
      """)

  @Argument(
    help: ArgumentHelp("The results; - reads JSON lines from standard input.", valueName: "file"),
    completion: .file(extensions: ["json", "jsonl"]))
  var file: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The evaluator of the registry that the scores are of.", valueName: "name"))
  var evaluator: String?

  @Option(help: ArgumentHelp("What was evaluated.", valueName: "name"))
  var model: String?

  @Option(help: ArgumentHelp("The container that the run belongs to.", valueName: "label"))
  var container: String?

  @Option(help: ArgumentHelp("A condition on a metric; repeatable.", valueName: "condition"))
  var threshold: [String] = []

  @OptionGroup var facts: MetadataOptions

  @OptionGroup var creation: RunCreationOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    var given = RunImport(try content())
    given.evaluator = evaluator
    given.model = model
    given.container = container
    given.thresholds = threshold
    var flags = FieldFlags()
    try facts.add(to: &flags)
    given.metadata = flags.fields["metadata"]?.objectValue ?? JSONObject()
    given.creation = try creation.creation()
    let run = try store.changing { (registry) throws(AssayError) in try registry.importRun(given) }
    try RunPrinter(answer: answer).print(run)
    return .success
  }

  private func content() throws(AssayError) -> RunImport.Content {
    let bytes = try Files.read(file)
    let text = String(decoding: bytes, as: UTF8.self)
    let isLines = file == "-" || file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson")
    if !isLines { return .document(try JSONValue(parsing: bytes)) }
    var rows: [JSONValue] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard line.contains(where: { !$0.isWhitespace }) else { continue }
      do {
        rows.append(try JSONValue(parsing: String(line)))
      } catch {
        throw AssayError(
          error.code, "\(file), line \(number + 1): \(error.message)",
          details: ["file": file, "line": String(number + 1)])
      }
    }
    return .rows(rows)
  }
}
