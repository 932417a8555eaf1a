import AssayCore
import AssayJSON
import AssayStore

/// Finds everything that a specification names, and checks that it fits together.
struct RunResolver {
  let registry: Registry
  let specification: RunSpecification
  let sources: SourceResolver

  /// - Throws: What a run would fail with before its first row; nothing is stored.
  func resolve() async throws(AssayError) -> ResolvedRun {
    for plugin in specification.plugins { _ = try registry.assay.catalog.load(plugin) }
    if let label = specification.container { _ = try registry.store.container(label, scope: registry.scope) }
    var evaluators: [ResolvedEvaluator] = []
    for choice in specification.evaluators { evaluators.append(try registry.resolve(choice)) }
    let truth = try specification.groundTruth.map { (source) throws(AssayError) in
      try sources.resolve(source, side: specification.named(.groundTruth))
    }
    var resolved = ResolvedRun(evaluators: evaluators, parts: [])
    if specification.models.isEmpty {
      resolved.parts = [try await part(truth, evaluators)]
    } else {
      for model in specification.models { resolved.parts.append(try part(of: model, truth)) }
    }
    for part in resolved.parts {
      var request = try part.request(specification, evaluators)
      request.baseline = try registry.baseline(of: specification)
      try await registry.assay.check(request)
    }
    return resolved
  }

  // MARK: - Without models

  private func part(
    _ truth: ResolvedSource?, _ evaluators: [ResolvedEvaluator]
  ) async throws(AssayError) -> ResolvedPart {
    guard let source = specification.sample else {
      guard let label = specification.container else {
        throw AssayError(
          .invalidField,
          "The run has no sample: name it, or a container whose logs are the sample, or models with predictions for the data set.",
          details: ["field": "sample"])
      }
      return ResolvedPart(sample: try sources.logs(of: label, .sample), groundTruth: truth)
    }
    var part = ResolvedPart(
      sample: try sources.resolve(source, side: specification.named(.sample)), groundTruth: truth)
    part.isOfPairs = specification.isOfPairs
    guard truth == nil, let label = specification.container, source.kind != "container",
      try sources.hasLogs(label), try await !isEnough(part, evaluators)
    else { return part }
    part.groundTruth = try sources.logs(of: label, .groundTruth)
    return part
  }

  /// Whether the sample has all columns that the evaluators need.
  private func isEnough(_ part: ResolvedPart, _ evaluators: [ResolvedEvaluator]) async throws(AssayError)
    -> Bool
  {
    do {
      try await registry.assay.check(part.request(specification, evaluators))
      return true
    } catch where error.code.rawValue == "data.missing-column" {
      return false
    } catch where error.code == .usage && specification.config["join_on"] != nil {
      return false
    }
  }

  // MARK: - By model

  private func part(of reference: String, _ truth: ResolvedSource?) throws(AssayError) -> ResolvedPart {
    switch specification.sample?.place {
    case nil:
      if let truth, truth.kind == "dataset" { return try predicted(by: reference, truth, truth) }
      return try logged(by: reference, specification.container, nil, truth)
    case .dataset?:
      guard let source = specification.sample else { break }
      let dataset = try sources.resolve(source, side: .sample)
      return try predicted(by: reference, dataset, truth ?? dataset)
    case .container(let label)?:
      return try logged(by: reference, label, specification.sample?.range, truth)
    case .file?, .generate?, .run?:
      guard let source = specification.sample else { break }
      guard specification.models.count == 1 else {
        throw AssayError(
          .invalidField,
          "One file cannot be what several models said. Register their predictions for a data set, or make a run for each.",
          details: ["field": "models"])
      }
      let sample = try sources.resolve(source, side: .sample)
      return ResolvedPart(model: try label(of: reference), sample: sample, groundTruth: truth)
    }
    throw AssayError(.internal, "A source was lost.")
  }

  private func predicted(
    by reference: String, _ dataset: ResolvedSource, _ truth: ResolvedSource
  ) throws(AssayError) -> ResolvedPart {
    let sample = try sources.prediction(of: reference, for: dataset)
    let version = sample.origin["model_version"]?.integerValue.map { "@\($0)" } ?? ""
    return ResolvedPart(
      model: (sample.origin["model"]?.stringValue ?? reference) + version, sample: sample, groundTruth: truth)
  }

  private func logged(
    by reference: String, _ container: String?, _ range: Range<Int>?, _ truth: ResolvedSource?
  ) throws(AssayError) -> ResolvedPart {
    guard let container else {
      throw AssayError(
        .invalidField,
        "Nothing tells what \"\(reference)\" said: name a data set that it has predictions for, a container with its logs, or a file.",
        details: ["field": "sample"])
    }
    let sample = try sources.logs(of: container, models: [reference], range: range, .sample)
    return ResolvedPart(model: reference, sample: sample, groundTruth: truth)
  }

  /// A model that is registered, with the version that is meant; any other as it was named.
  private func label(of reference: String) throws(AssayError) -> String {
    guard !reference.contains("@") else { return reference }
    do {
      let model = try registry.store.model(reference, scope: registry.scope)
      return model.name + (model.defaultVersion.map { "@\($0.number)" } ?? "")
    } catch where error.code == .notFound {
      return reference
    }
  }
}

extension Registry {
  /// The result that `delta(…)` compares with: of a run by its id, or as a document.
  func baseline(of specification: RunSpecification) throws(AssayError) -> RunResult? {
    guard let value = specification.config["baseline"], !value.isNull else { return nil }
    guard let id = value.stringValue else { return try RunResult(json: value) }
    let run = try store.run(id, scope: scope)
    guard !run.result.isNull else {
      throw AssayError(
        .invalidField,
        "The run \(id) cannot be the baseline: it is \(run.status.rawValue) and has no result.",
        details: ["field": "baseline"])
    }
    return try RunResult(json: run.result)
  }
}
