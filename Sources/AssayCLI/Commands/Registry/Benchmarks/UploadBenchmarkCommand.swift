import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay benchmarks upload`.
struct UploadBenchmarkCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "upload",
    abstract: "Make a data set of questions with their answers, and a benchmark over it.",
    usage: "assay benchmarks upload FILE --name NAME [OPTION …]",
    discussion: """
      The file has rows with question and answer, or input and expected: a JSON array, JSON lines, \
      CSV, or another format that can be evaluated. question_num becomes the id.
      """)

  @Argument(help: ArgumentHelp("The questions.", valueName: "file"), completion: .file())
  var file: String

  @Option(help: ArgumentHelp("The name of the benchmark and of its data set.", valueName: "name"))
  var name: String?

  @OptionGroup var wanted: BenchmarkFieldOptions
  @OptionGroup var said: DescriptionOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    var flags = try said.fields()
    flags.text("name", name)
    wanted.add(to: &flags)
    let fields = try said.over(flags.fields)
    let made = try store.filling { (registry) throws(AssayError) in
      try registry.uploadBenchmark(fields, questions: file)
    }
    try answer.print(made.json)
    return .success
  }
}
