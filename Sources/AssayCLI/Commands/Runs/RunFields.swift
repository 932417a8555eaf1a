import AssayCore
import AssayJSON
import AssayRuntime

/// Turns the flags of a run into the fields that a run of the registry has.
struct RunFields {
  var evaluators: EvaluatorOptions
  var data: DataOptions
  var gate: GateOptions
  var parts: PartOptions

  /// - Throws: `usage.invalid`, `registry.invalid`, naming the flag or the field.
  func fields() throws(AssayError) -> FieldFlags {
    var flags = FieldFlags()
    try addEvaluators(&flags)
    try addSources(&flags)
    try addGate(&flags)
    addParts(&flags)
    return flags
  }

  /// The evaluators alone, as `evaluators` of a run; nil where none is named.
  func evaluatorList() throws(AssayError) -> JSONValue? {
    var list: [JSONValue] = evaluators.evaluator.map { .string($0) }
    if let function = try function() { list.append(.object(function)) }
    return list.isEmpty ? nil : .array(list)
  }

  private func addEvaluators(_ flags: inout FieldFlags) throws(AssayError) {
    if let list = try evaluatorList() { flags.set("evaluators", list) }
    flags.texts("plugins", evaluators.plugins.plugin.map(WorkingDirectory.absolute))
    try flags.members(
      "parameters", evaluators.param, flag: "--param", takesLists: true, example: "threshold=0.5")
    let columns = try bindings().filter { !isArgument($0.value) }
    guard !columns.isEmpty else { return }
    var bindings = JSONObject()
    for (role, column) in columns { bindings[role] = .string(column) }
    flags.set("bindings", .object(bindings))
  }

  private func function() throws(AssayError) -> JSONObject? {
    guard let library = evaluators.library, let call = evaluators.call else {
      guard evaluators.library == nil, evaluators.call == nil, evaluators.result == nil else {
        throw AssayError(
          .usage, "--library, --call and --result belong together: a function needs the first two.")
      }
      return nil
    }
    var arguments = JSONObject()
    for (parameter, source) in try bindings() where isArgument(source) {
      arguments[parameter] = .string(source)
    }
    return [
      "library": .string(library.contains("/") ? WorkingDirectory.absolute(library) : library), "call": .string(call),
      "result": .object(try CallResult(flag: evaluators.result).json), "arguments": .object(arguments),
    ]
  }

  private func bindings() throws(AssayError) -> [(name: String, value: String)] {
    try FieldFlags.pairs(data.bind, "--bind", "target=label")
  }

  private func isArgument(_ source: String) -> Bool {
    evaluators.call != nil && ArgumentText.isArgument(source)
  }

  private func addSources(_ flags: inout FieldFlags) throws(AssayError) {
    try addSource(&flags, "sample", data.sample, data.sampleRange, .sample)
    try addSource(&flags, "ground_truth", data.groundTruth, data.groundTruthRange, .groundTruth)
    try addSource(&flags, "a", data.a, nil, .a)
    try addSource(&flags, "b", data.b, nil, .b)
    flags.text("join_on", data.joinOn)
    flags.text("unmatched", data.unmatched)
    flags.text("nulls", data.nulls)
    flags.texts("null_text", data.values.nullText)
    flags.text("cast", data.values.cast)
  }

  private func addSource(
    _ flags: inout FieldFlags, _ name: String, _ text: String?, _ range: String?, _ side: Side
  ) throws(AssayError) {
    guard let text else {
      guard range == nil else {
        throw AssayError(
          .usage, "A range needs its side: name it with --\(name == "sample" ? name : "ground-truth").")
      }
      return
    }
    flags.set(name, .object(try RunSource(parsing: text, range: range, side: side).json))
  }

  private func addGate(_ flags: inout FieldFlags) throws(AssayError) {
    flags.texts("thresholds", gate.threshold)
    flags.number("pass_threshold", gate.bar.passThreshold)
    if let baseline = gate.baseline {
      flags.set("baseline", Files.exists(baseline) ? try StoredResult.read(baseline).json : .string(baseline))
    }
    if gate.ignoreFingerprints { flags.set("ignore_fingerprints", true) }
    flags.number("min_coverage", gate.minCoverage)
    flags.text("on_inconclusive", gate.ending.onInconclusive)
    flags.number("gate_exit_code", gate.ending.gateExitCode)
  }

  private func addParts(_ flags: inout FieldFlags) {
    if !parts.slice.isEmpty {
      flags.set("slices", .array(parts.slice.map { .array(Self.names($0).map { .string($0) }) }))
    }
    flags.text("fold", parts.fold)
    flags.text("split", parts.split)
    flags.number("ci", parts.ci)
    flags.text("cluster", parts.cluster)
    flags.number("seed", parts.work.seed)
    flags.texts("only", parts.only.flatMap(Self.names))
    flags.texts("also", parts.also.flatMap(Self.names))
    flags.text("undefined", parts.undefined)
    flags.number("curve_points", parts.curvePoints)
    flags.number("jobs", parts.work.jobs)
  }

  private static func names(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }
}
