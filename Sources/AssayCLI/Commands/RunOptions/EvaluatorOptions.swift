import ArgumentParser

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
