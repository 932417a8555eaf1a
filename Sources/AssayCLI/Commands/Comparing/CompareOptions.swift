import ArgumentParser

/// What is compared, and with what.
struct ComparedSideOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Runs that were made before: of the registry by ID, or ID/MODEL for one of several models; or results as -o RESULT.json wrote them, with their items in RESULT.jsonl beside each where --rows kept them.",
      valueName: "run"), completion: .file(extensions: ["json"]))
  var runs: [String] = []

  @Option(
    name: .customLong("a"),
    help: ArgumentHelp(
      "What the first model produced: the side a, and the baseline unless another is named. A file, or of the registry dataset:NAME[@VERSION][/SPLIT] or container:LABEL.",
      valueName: "source"), completion: .file())
  var first: String?

  @Option(
    name: .customLong("b"),
    help: ArgumentHelp("What the second model produced: the side b.", valueName: "source"),
    completion: .file())
  var second: String?

  @Option(
    help: ArgumentHelp(
      "A side of a name of yours, for two or more of them. Repeatable.", valueName: "name=source"),
    completion: .file())
  var side: [String] = []

  @Option(
    help: ArgumentHelp(
      "The side that the others are compared with; the first unless given.", valueName: "name"))
  var baseline: String?

  @Option(
    help: ArgumentHelp("What was expected, where it is kept apart; all sides share it.", valueName: "source"),
    completion: .file())
  var groundTruth: String?

  @Option(
    help: ArgumentHelp(
      "The column by which the same items meet; without it the n-th row of one side meets the n-th of the other.",
      valueName: "column"))
  var joinOn: String?

  @Option(
    help: ArgumentHelp(
      "Which column goes into which role, on all sides: target=label; with a side in front on this one: b.score=p_new. Repeatable.",
      valueName: "role=column"))
  var bind: [String] = []

  @Option(
    help: ArgumentHelp(
      "An item with a null or NaN where a value is needed: error (the default), or skip it on all sides.",
      valueName: "error|skip"), completion: .list(["error", "skip"]))
  var nulls: String?

  @OptionGroup var values: ValueOptions

  @Option(
    help: ArgumentHelp("Only items with this value in the column split.", valueName: "name"))
  var split: String?

  @Flag(
    help: "Compare sides that were scored differently, or expect different things of the same items.")
  var allowDifferent = false

  @Flag(
    help: "The sides have other items by purpose, such as another data set: compare them as independent samples.")
  var unpaired = false

  @Option(
    help: ArgumentHelp(
      "The newest completed run of a model of the registry on the --dataset is a side. Repeatable.",
      valueName: "name[@version]"))
  var model: [String] = []

  @Option(
    help: ArgumentHelp(
      "The data set of the registry that the runs of --model are on; several for one model, which are independent samples.",
      valueName: "name[@version][/split]"))
  var dataset: [String] = []

  @Flag(
    help: "Evaluate what a run of the registry lacks over its sources, and make runs that there are not; they are kept.")
  var evaluateMissing = false
}

/// How sure a comparison has to be.
struct ComparisonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A bar for a difference: 'delta(roc_auc) >= -0.01 vs baseline'. It passes where the whole interval is past it, fails where none of it is, and is inconclusive between. Repeatable.",
      valueName: "condition"))
  var threshold: [String] = []

  @Option(
    help: ArgumentHelp(
      "The level of the intervals; 0.95 unless given. A difference is significant at 1 less this.",
      valueName: "level"))
  var ci: String?

  @Option(
    help: ArgumentHelp(
      "How p-values make up for their number: holm (the default), bh (Benjamini and Hochberg) or none.",
      valueName: "holm|bh|none"), completion: .list(["holm", "bh", "none"]))
  var adjust: String?

  @Option(
    help: ArgumentHelp(
      "With which probability the minimum detectable effects would be found; 0.8 unless given.",
      valueName: "probability"))
  var power: String?

  @Option(
    name: [.long, .customLong("row-id")],
    help: ArgumentHelp(
      "Items with the same value here belong together, such as the samples of one prompt.",
      valueName: "column"))
  var cluster: String?

  @Option(
    help: ArgumentHelp(
      "The metric of the leaderboard and of the tournament; the headline unless given.",
      valueName: "metric"))
  var sort: String?

  @Option(
    help: ArgumentHelp("Only these metrics: roc_auc,f1. Repeatable.", valueName: "names"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "Differences by the values of a column too, or of several: site,sex. Repeatable.",
      valueName: "columns"))
  var slice: [String] = []

  @Option(
    help: ArgumentHelp(
      "The bar for each item of an evaluator that scores items, for pass rates.", valueName: "number"))
  var passThreshold: String?

  @Option(
    help: ArgumentHelp(
      "The share of each side's items that all sides must have, and of the items that must have a score; 1 unless given.",
      valueName: "share"))
  var minCoverage: String?

  @OptionGroup var ending: EndingOptions

  @OptionGroup var work: WorkOptions
}

/// Where a comparison goes.
struct ComparisonOutputOptions: ParsableArguments {
  @OptionGroup var printing: PrintingOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write a report: .json, .md, .html or .csv by its extension. Repeatable.",
      valueName: "file"), completion: .file())
  var output: [String] = []
}
