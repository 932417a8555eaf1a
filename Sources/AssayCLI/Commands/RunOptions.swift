import ArgumentParser
import AssayCore

/// The flags of `assay run`; each has a key of the same name in a configuration.
///
/// A value, and not a group of groups: the parser builds a group again for each group
/// around it, which every start of the command would pay for.
struct RunOptions {
  var evaluators: EvaluatorOptions
  var data: DataOptions
  var gate: GateOptions
  var parts: PartOptions
  var results: ResultOptions
}

/// Which evaluators run.
struct EvaluatorOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "An evaluator, such as tabular.binary, or one of the registry; repeat for several. 'assay evaluators list' shows them.",
      valueName: "name[@version]"),
    completion: .custom { _, _, _ in EvaluatorNames.installed() })
  var evaluator: [String] = []

  @OptionGroup var plugins: PluginOptions

  @Option(
    help: ArgumentHelp(
      "A library that knows nothing of Assay: a file, or a name such as libm.so.6.",
      valueName: "file"), completion: .file())
  var library: String?

  @Option(
    help: ArgumentHelp(
      "The C prototype of the library's function that scores a row, such as 'double fabs(double x)'.",
      valueName: "prototype"))
  var call: String?

  @Option(
    help: ArgumentHelp(
      "What the function's result means: return=score, status or ignore (by default score, or status where a parameter is bound to out:score). With commas behind it: ok_values=0|1, errno=true, undefined=nan, negative or none, range=0|1, direction=lower_is_better.",
      valueName: "return=…"))
  var result: String?

  @Option(
    help: ArgumentHelp(
      "A parameter of the evaluators: JSON where it reads as JSON, else text; a,b,c is a list.",
      valueName: "name=value"))
  var param: [String] = []
}

/// Where rows come from, and what becomes of those that do not fit.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the model produced: CSV, TSV, JSON, JSONL, Parquet, Arrow or Feather by the file's extension, also .gz and .zst; - reads JSON lines from standard input. Of the registry, dataset:NAME[@VERSION][/SPLIT] or container:LABEL.",
      valueName: "source"), completion: .file())
  var sample: String?

  @Option(
    help: ArgumentHelp("What was expected, where it is kept apart.", valueName: "source"),
    completion: .file())
  var groundTruth: String?

  @Option(
    help: ArgumentHelp(
      "In place of --sample: one model's answers, mostly the baseline's, for an evaluator that says which of two answers is better. Roles a.… take its columns.",
      valueName: "source"), completion: .file())
  var a: String?

  @Option(
    help: ArgumentHelp("The other model's answers, beside --a; the win rate is theirs.", valueName: "source"),
    completion: .file())
  var b: String?

  @Option(
    help: ArgumentHelp(
      "Only these rows of the sample, counted from 0: 0:100 is the first hundred.",
      valueName: "first:end"))
  var sampleRange: String?

  @Option(help: ArgumentHelp("Only these rows of the ground truth.", valueName: "first:end"))
  var groundTruthRange: String?

  @Option(
    help: ArgumentHelp(
      "Join the two sides by this column; without it by the evaluator's own, such as image_id, or row by row.",
      valueName: "column"))
  var joinOn: String?

  @Option(
    help: ArgumentHelp(
      "A row of the sample whose key the ground truth does not have: error, or skip, which counts it as missing. The default is the evaluator's.",
      valueName: "error|skip"), completion: .list(["error", "skip"]))
  var unmatched: String?

  @Option(
    help: ArgumentHelp(
      "Which column goes into which role: target=label, sample.score=p, output=choices.0.text. A role without one takes the column of its own name; an optional role, such as weight, is used only where it is bound.",
      valueName: "role=column"))
  var bind: [String] = []

  @Option(
    help: ArgumentHelp(
      "A null or NaN where a value is needed: error (the default), or skip and count it.",
      valueName: "error|skip"), completion: .list(["error", "skip"]))
  var nulls: String?

  @OptionGroup var values: ValueOptions
}

/// When the pipeline goes on.
struct GateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A condition on a metric: 'roc_auc >= 0.9', 'ci_low(f1) >= 0.8', 'roc_auc[site=a] > 0.9', 'min(recall by site) >= 0.8', 'delta(f1) >= 0'. A bare number is for the headline metric. Repeatable.",
      valueName: "condition"))
  var threshold: [String] = []

  @OptionGroup var bar: BarOptions

  @Option(
    help: ArgumentHelp("The result of an earlier run, for delta(…).", valueName: "result.json"),
    completion: .file(extensions: ["json"]))
  var baseline: String?

  @Flag(help: "Compare with a baseline of another version of the evaluator too.")
  var ignoreFingerprints = false

  @Option(
    help: ArgumentHelp(
      "The share of the rows that must have a score; 1 unless given.", valueName: "share"))
  var minCoverage: String?

  @OptionGroup var ending: EndingOptions
}

/// What is computed of the rows, and how.
struct PartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Results by the values of a column too; a,b by combinations. Repeatable.",
      valueName: "column"))
  var slice: [String] = []

  @Option(
    help: ArgumentHelp(
      "The column of folds: results by fold, with mean and standard deviation.",
      valueName: "column"))
  var fold: String?

  @Option(
    help: ArgumentHelp("Only rows with this value in the column split.", valueName: "name"))
  var split: String?

  @Option(
    help: ArgumentHelp("Confidence intervals of this level, such as 0.95.", valueName: "level"))
  var ci: String?

  @Option(
    name: [.long, .customLong("row-id")],
    help: ArgumentHelp(
      "Rows with the same value here belong together for intervals; without it each row is alone.",
      valueName: "column"))
  var cluster: String?

  @Option(
    help: ArgumentHelp(
      "Only these metrics and tables: roc_auc,roc_curve. Repeatable.", valueName: "names"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "These besides all others: tables that are too large to be made unasked, such as matches. Repeatable.",
      valueName: "names"))
  var also: [String] = []

  @Option(
    help: ArgumentHelp(
      "A metric that is undefined: null with the reason (the default), zero, error, or sklearn for scikit-learn's answer.",
      valueName: "null|zero|error|sklearn"),
    completion: .list(["null", "zero", "error", "sklearn"]))
  var undefined: String?

  @Option(
    help: ArgumentHelp(
      "The points that a curve keeps in the result; 1000 unless given.", valueName: "number|all"))
  var curvePoints: String?

  @OptionGroup var work: WorkOptions
}

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
