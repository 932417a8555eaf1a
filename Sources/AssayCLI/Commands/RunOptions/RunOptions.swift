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
