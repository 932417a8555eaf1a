import AssayCore
import AssayJSON
import AssayStore

/// What is said of a run beside its evaluators and sources.
extension RunSpecification {
  static let optionFields = [
    "parameters", "bindings", "pass_threshold", "join_on", "unmatched", "split", "slices", "fold", "ci",
    "cluster", "seed", "thresholds", "baseline", "ignore_fingerprints", "min_coverage", "on_inconclusive",
    "gate_exit_code", "nulls", "null_text", "undefined", "cast", "only", "also",
    "curve_points", "jobs",
  ]

  /// The request that runs evaluators over two sides as the specification says.
  ///
  /// A baseline is added by who knows the runs.
  /// - Throws: `registry.invalid` with the field, `threshold.syntax`.
  func request(
    evaluators: [EvaluatorRequest], sample: DataSource, groundTruth: DataSource?
  ) throws(AssayError) -> RunRequest {
    let fields = try RequestFields(.object(config), kind: .run, known: Self.fields)
    var request = RunRequest(evaluators: evaluators, sample: sample, groundTruth: groundTruth)
    request.isOfPairs = isOfPairs
    request.bindings = try RunEvaluatorChoice.Settings(fields).bindings
    request.joinKey = try fields.text("join_on")
    request.unmatched = try fields.word("unmatched", as: UnmatchedHandling.self)
    request.split = try fields.text("split")
    request.fold = try fields.text("fold")
    request.cluster = try fields.text("cluster")
    request.nulls = try fields.word("nulls", as: NullHandling.self) ?? .error
    request.nullText = try fields.texts("null_text")
    request.undefined = try fields.word("undefined", as: UndefinedHandling.self) ?? .null
    request.casts = try fields.word("cast", as: CastHandling.self) ?? .exact
    request.only = Set(try fields.texts("only"))
    request.also = Set(try fields.texts("also"))
    request.jobs = try fields.integer("jobs", in: 1...4096)
    try readParts(fields, into: &request)
    try readGate(fields, into: &request)
    return request
  }

  private func readParts(_ fields: RequestFields, into request: inout RunRequest) throws(AssayError) {
    for value in fields.value("slices")?.arrayValue ?? [] {
      let names = value.arrayValue ?? [value]
      request.slices.append(names.compactMap(\.stringValue))
      guard names.allSatisfy({ $0.stringValue != nil }), !names.isEmpty else {
        throw fault("slices", "holds names of columns, or lists of them, not \(value.text())")
      }
    }
    if let level = try fields.number("ci") {
      guard let level = ConfidenceLevel(level) else {
        throw fault("ci", "is a level between 0.5 and 1, such as 0.95, not \(level)")
      }
      request.intervalLevel = level
    }
    if let value = fields.value("seed") {
      guard
        let seed = value.stringValue.flatMap({ UInt64($0) })
          ?? value.integerValue.flatMap({ UInt64(exactly: $0) })
      else { throw fault("seed", "is a whole number of 0 or more, not \(value.text())") }
      request.seed = seed
    }
    if let value = fields.value("curve_points") {
      request.curvePoints =
        value.stringValue == "all" ? nil : try fields.integer("curve_points", in: 3...Int.max)
    }
  }

  private func readGate(_ fields: RequestFields, into request: inout RunRequest) throws(AssayError) {
    for value in fields.value("thresholds")?.arrayValue ?? fields.value("thresholds").map({ [$0] }) ?? [] {
      let text = value.stringValue ?? value.text()
      request.thresholds.append(try ThresholdExpression(parsing: text))
    }
    request.ignoresFingerprints = try fields.bool("ignore_fingerprints") ?? false
    if let share = try fields.number("min_coverage") {
      guard (0...1).contains(share) else {
        throw fault("min_coverage", "is a share between 0 and 1, not \(share)")
      }
      request.gate.minimumCoverage = share
    }
    if let word = try fields.text("on_inconclusive") {
      guard ["stop", "pass"].contains(word) else {
        throw fault("on_inconclusive", "is stop or pass, not \"\(word)\"")
      }
      request.gate.inconclusivePasses = word == "pass"
    }
    if let code = try fields.integer("gate_exit_code", in: 0...255) {
      request.gate.gateExitCode = ExitCode(rawValue: Int32(code))
    }
  }

  private func fault(_ field: String, _ problem: String) -> AssayError {
    AssayError(.invalidField, "\"\(field)\" of a run \(problem).", details: ["field": field])
  }
}

extension RequestFields {
  /// A whole number of a range; nil where it is missing.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(AssayError) -> Int? {
    guard let number = try number(name) else { return nil }
    guard let integer = Int(exactly: number), range.contains(integer) else {
      let end = range.upperBound == .max ? "on" : "to \(range.upperBound)"
      throw AssayError(
        .invalidField,
        "\"\(name)\" is a whole number from \(range.lowerBound) \(end), not \(value(name)?.text() ?? "").",
        details: ["field": name])
    }
    return integer
  }
}
