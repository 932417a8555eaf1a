import ArgumentParser
import AssayCore
import AssayRuntime

// What several commands ask in the same words.

/// Plugins besides those that are installed.
struct PluginOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A plugin that is not installed, by its file; repeatable.", valueName: "file"),
    completion: .file(extensions: ["so"]))
  var plugin: [String] = []

  /// A runtime that knows them.
  func assay() throws(AssayError) -> Assay {
    let assay = Assay()
    for path in plugin { try assay.catalog.load(path) }
    return assay
  }
}

/// The bar of an evaluator.
struct BarOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The bar for the headline metric; of an evaluator that scores rows, for each row.",
      valueName: "number"))
  var passThreshold: String?
}

/// What the caller knows of an object.
struct MetadataOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A fact of your own; repeatable.", valueName: "name=value"))
  var metadata: [String] = []

  /// - Throws: `usage.invalid` for what is not `NAME=VALUE`, and for a name twice.
  func add(to flags: inout FieldFlags) throws(AssayError) {
    try flags.members("metadata", metadata, flag: "--metadata", example: "team=risk")
  }
}

/// How what files hold becomes values.
struct ValueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Text that stands for null besides the empty field, such as NA; repeatable.",
      valueName: "text"))
  var nullText: [String] = []

  @Option(
    help: ArgumentHelp(
      "Casts to another type: exact (the default), or round.", valueName: "exact|round"),
    completion: .list(["exact", "round"]))
  var cast: String?
}

/// What becomes of gates.
struct EndingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A gate that could not be decided: stop (exit code 4, the default), or pass.",
      valueName: "stop|pass"), completion: .list(["stop", "pass"]))
  var onInconclusive: String?

  @Option(
    help: ArgumentHelp("The exit code of a gate that failed; 1 unless given.", valueName: "code"))
  var gateExitCode: String?
}

/// How the work is done.
struct WorkOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The seed of all that is drawn; 0 unless given.", valueName: "number"))
  var seed: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The number of threads; all cores unless given.", valueName: "number"))
  var jobs: String?
}

/// What is said, and how.
struct PrintingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is printed: table (the default), json or yaml.", valueName: "table|json|yaml"),
    completion: .list(["table", "json", "yaml"]))
  var format: String?

  @Flag(help: "Say nothing on standard error but errors; the result is printed all the same.")
  var quiet = false

  @Flag(help: "Show no progress bar.")
  var noProgress = false
}

extension FlagCollector {
  mutating func add(_ options: ValueOptions) {
    add(.nullText, options.nullText)
    add(.cast, options.cast)
  }

  mutating func add(_ options: EndingOptions) {
    add(.onInconclusive, options.onInconclusive)
    add(.gateExitCode, options.gateExitCode)
  }

  mutating func add(_ options: WorkOptions) {
    add(.seed, options.seed)
    add(.jobs, options.jobs)
  }

  mutating func add(_ options: PrintingOptions) {
    add(.format, options.format)
    if options.quiet { add(.quiet, "true") }
    if options.noProgress { add(.noProgress, "true") }
  }
}
