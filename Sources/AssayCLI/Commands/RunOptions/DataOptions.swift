import ArgumentParser

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
