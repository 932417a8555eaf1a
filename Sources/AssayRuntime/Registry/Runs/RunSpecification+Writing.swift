public import AssayCore
import AssayJSON
import AssayStore

extension RunSpecification {
  /// What a request asks, in the words in which the registry keeps it: running the one gives
  /// what running the other gives.
  ///
  /// Sources keep their names, so that data sets and task logs are found when the run is
  /// made. Where rows and states are written to is no part of it.
  /// - Parameter plugins: Plugins that are not installed, by files that are good from any
  ///   folder.
  /// - Throws: `registry.invalid` with the field for what no store can keep, such as columns
  ///   in memory, and for an evaluator that is named twice; `run.generate-unavailable` for a
  ///   side that models would have to make.
  public init(_ request: RunRequest, plugins: [String] = []) throws(AssayError) {
    var config = JSONObject()
    config["evaluators"] = .array(request.evaluators.map(\.json))
    if !plugins.isEmpty { config["plugins"] = .array(plugins.map { .string($0) }) }
    let sides = [(Side.sample, Optional(request.sample)), (.groundTruth, request.groundTruth)]
    for (side, source) in sides {
      guard let source else { continue }
      let side = request.named(side)
      let wanted = try RunSource(source, side: side)
      if case .generate(let models) = wanted.place { throw Self.generating(side.words, models) }
      config[side.rawValue] = .object(wanted.json)
    }
    config["join_on"] = request.joinKey.map { .string($0) }
    config["unmatched"] = request.unmatched.map { .string($0.rawValue) }
    if !request.bindings.isEmpty { config["bindings"] = .object(request.bindings.json) }
    Self.write(handlingOf: request, into: &config)
    Self.write(partsOf: request, into: &config)
    Self.write(gateOf: request, into: &config)
    try self.init(json: .object(config))
  }

  private static func write(handlingOf request: RunRequest, into config: inout JSONObject) {
    if request.nulls != .error { config["nulls"] = .string(request.nulls.rawValue) }
    if !request.nullText.isEmpty { config["null_text"] = texts(request.nullText) }
    if request.casts != .exact { config["cast"] = .string(request.casts.rawValue) }
    if request.undefined != .null { config["undefined"] = .string(request.undefined.rawValue) }
    if let jobs = request.jobs { config["jobs"] = JSONValue(jobs) }
  }

  private static func write(partsOf request: RunRequest, into config: inout JSONObject) {
    if !request.slices.isEmpty { config["slices"] = .array(request.slices.map(texts)) }
    config["fold"] = request.fold.map { .string($0) }
    config["split"] = request.split.map { .string($0) }
    config["ci"] = request.intervalLevel.map { .number($0.value) }
    config["cluster"] = request.cluster.map { .string($0) }
    // JSON readers elsewhere know whole numbers up to 2^53.
    if request.seed != 0 {
      config["seed"] = request.seed < 1 << 53 ? JSONValue(Int(request.seed)) : .string(String(request.seed))
    }
    if !request.only.isEmpty { config["only"] = texts(request.only.sorted()) }
    if !request.also.isEmpty { config["also"] = texts(request.also.sorted()) }
    if request.curvePoints != 1000 {
      config["curve_points"] = request.curvePoints.map { JSONValue($0) } ?? "all"
    }
  }

  private static func write(gateOf request: RunRequest, into config: inout JSONObject) {
    if !request.thresholds.isEmpty { config["thresholds"] = texts(request.thresholds.map(\.text)) }
    if let baseline = request.baseline { config["baseline"] = baseline.json }
    if request.ignoresFingerprints { config["ignore_fingerprints"] = true }
    let (gate, usual) = (request.gate, GatePolicy())
    if gate.minimumCoverage != usual.minimumCoverage { config["min_coverage"] = .number(gate.minimumCoverage) }
    if gate.inconclusivePasses { config["on_inconclusive"] = "pass" }
    if gate.gateExitCode != usual.gateExitCode {
      config["gate_exit_code"] = JSONValue(Int(gate.gateExitCode.rawValue))
    }
  }

  private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}

extension EvaluatorRequest {
  /// As an element of `evaluators` of a run.
  fileprivate var json: JSONValue {
    var object = JSONObject()
    switch origin {
    case .named(let name):
      guard !parameters.isEmpty || passThreshold != nil || !bindings.isEmpty else { return .string(name) }
      object["evaluator"] = .string(name)
    case .function(let function):
      object["library"] = .string(function.library)
      object["call"] = .string(function.prototype)
      object["result"] = .object(function.result.json)
      var arguments = JSONObject()
      for (name, source) in function.bind.sorted(by: { $0.key < $1.key }) { arguments[name] = .string(source) }
      if !arguments.isEmpty { object["arguments"] = .object(arguments) }
    }
    if !parameters.isEmpty { object["parameters"] = .object(parameters) }
    if !bindings.isEmpty { object["bindings"] = .object(bindings.json) }
    if let passThreshold { object["pass_threshold"] = .number(passThreshold) }
    return .object(object)
  }
}

extension [ColumnBinding] {
  /// As `bindings` of a run, with the side in front of a role that has one.
  fileprivate var json: JSONObject {
    var object = JSONObject()
    for binding in self {
      let side = binding.side.map { $0.rawValue + "." } ?? ""
      object[side + binding.role] = .string(binding.column)
    }
    return object
  }
}

extension RunSource {
  /// The source that a request names.
  ///
  /// - Throws: `registry.invalid` for columns in memory, which a run of the registry could
  ///   not read again.
  init(_ source: DataSource, side: Side) throws(AssayError) {
    guard case .uri(let text) = source.content else {
      throw AssayError(
        .invalidField,
        "A run that is kept reads files, data sets or task logs, and this side is in memory. Write it to a file.",
        details: ["field": side.rawValue])
    }
    try self.init(parsing: text, side: side)
    range = source.range
  }
}
