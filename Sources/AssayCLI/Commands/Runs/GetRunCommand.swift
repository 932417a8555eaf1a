import ArgumentParser
import AssayCore
import AssayJSON
import AssayReport
import AssayRuntime
import Glibc

/// `assay runs get ID`.
struct GetRunCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Show a run with its result; write its rows or reports of it.",
    usage: "assay runs get ID [--rows FILE.jsonl] [-o REPORT …] [OPTION …]",
    discussion: """
      EXAMPLES
        assay runs get run_0abc --format json
        assay runs get run_0abc --rows rows.jsonl
        assay runs get run_0abc --rows - --outcome failed,errored
        assay runs get run_0abc -o report.html -o report.junit.xml
      """)

  @Argument(help: ArgumentHelp("Its id.", valueName: "id"))
  var id: String

  @Option(
    help: ArgumentHelp(
      "Write every row as JSON lines; - writes to standard output, and nothing else is printed.",
      valueName: "file.jsonl"), completion: .file(extensions: ["jsonl"]))
  var rows: String?

  @Option(
    help: ArgumentHelp("Only rows with these outcomes: failed,errored.", valueName: "names"))
  var outcome: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write a report: .json, .junit.xml, .md, .html or .csv, or a folder DIR/. Repeatable.",
      valueName: "file"), completion: .file())
  var output: [String] = []

  @OptionGroup var which: RunRevisionOption
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let destinations = try ResultPrinter.destinations(output, images: nil)
    let outcomes = try outcomes()
    let registry = try store.reading()
    let run = try registry.store.run(id, revision: try which.number(), scope: registry.scope)
    if !destinations.isEmpty {
      guard !run.result.isNull else {
        throw AssayError(
          .usage, "The run \(id) is \(run.status.rawValue) and has no result to report.", details: ["run": id]
        )
      }
      let result = try RunResult(json: run.result)
      for destination in destinations { try destination.write(result) }
    }
    if let rows { try RunRowWriter(registry: registry, run: run, outcomes: outcomes).write(to: rows) }
    if rows != "-" { try RunPrinter(answer: answer).print(run) }
    return .success
  }

  private func outcomes() throws(AssayError) -> Set<Outcome> {
    guard let outcome else { return [] }
    guard rows != nil else {
      throw AssayError(.usage, "--outcome chooses rows: name their file with --rows FILE.jsonl.")
    }
    var outcomes: Set<Outcome> = []
    for word in outcome.split(separator: ",") {
      outcomes.insert(try SettingValue(String(word), flag: "--outcome").choice())
    }
    return outcomes
  }
}

/// Writes the rows of a run as JSON lines.
struct RunRowWriter {
  let registry: Registry
  let run: StoredRun
  let outcomes: Set<Outcome>

  /// - Parameter path: `-` for standard output.
  /// - Throws: `file.not-writable`.
  func write(to path: String) throws(AssayError) {
    // Safety: the path is a terminated text for as long as the call.
    let file = path == "-" ? 1 : unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Files.unwritable(path, errno) }
    defer { if path != "-" { close(file) } }
    for (position, evaluator) in run.evaluators.enumerated() {
      let filter = RowFilter(evaluator: position, outcomes: outcomes)
      try registry.store.eachRow(ofRun: run.number, filter) { (rows) throws(AssayError) in
        let status = Files.write(rows.flatMap { Array(line($0, evaluator).utf8) }, to: file)
        // A reader that has gone away has seen what it wanted.
        guard status == 0 || status == EPIPE else { throw Files.unwritable(path, status) }
      }
    }
  }

  private func line(_ row: StoredRow, _ evaluator: RunEvaluator) -> String {
    var object: JSONObject = ["evaluator": .string(evaluator.name)]
    for (key, value) in row.json where !value.isNull || key == "score" { object[key] = value }
    if let model = evaluator.model, row.model == nil { object["model"] = .string(model) }
    return JSONValue.object(object).text() + "\n"
  }
}
