import ArgumentParser

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
