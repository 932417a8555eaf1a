public import AssayCore
import AssayHost
import AssayJSON
import AssayStore

/// A run of which everything that it names has been found.
struct ResolvedRun {
  var evaluators: [ResolvedEvaluator]
  /// One for each model; one without a model where none is named.
  var parts: [ResolvedPart]

  /// The evaluators of the run by position: those of the first model, then the next one's.
  var runEvaluators: [RunEvaluator] {
    parts.flatMap { part in
      evaluators.map { evaluator in
        var identity = evaluator.identity
        identity.model = part.model
        return identity
      }
    }
  }

  /// The data set that the run is about, by its id.
  var datasetID: String? {
    let sides = parts.flatMap { [$0.groundTruth, $0.sample].compactMap(\.self) }
    return sides.first { $0.kind == "dataset" }?.origin["dataset_id"]?.stringValue
  }

  var totalRows: Int? {
    var total = 0
    for part in parts {
      guard let rows = part.sample.takenRows ?? part.groundTruth?.takenRows else { return nil }
      total += rows
    }
    return total
  }

  /// The sources as a run shows them.
  var sources: JSONValue {
    guard parts.count > 1 || parts.first?.model != nil else {
      return parts.first.map { .object($0.sources) } ?? .null
    }
    let models = parts.map { part -> JSONValue in
      var object: JSONObject = ["model": JSONValue(part.model)]
      for (key, value) in part.sources { object[key] = value }
      return .object(object)
    }
    return ["models": .array(models)]
  }
}

/// The two sides for one model.
struct ResolvedPart: Sendable {
  var model: String?
  var sample: ResolvedSource
  var groundTruth: ResolvedSource?
  /// Whether the two are two models' answers.
  var isOfPairs = false

  init(model: String? = nil, sample: ResolvedSource, groundTruth: ResolvedSource? = nil) {
    self.model = model
    self.sample = sample
    self.groundTruth = groundTruth
  }

  var sources: JSONObject {
    let names = (isOfPairs ? Side.ofPairs : Side.ofRows).map(\.rawValue)
    return [names[0]: .object(sample.json), names[1]: groundTruth.map { .object($0.json) } ?? .null]
  }

  /// Reads the sources that a run was stored with.
  static func parts(_ sources: JSONValue) throws(AssayError) -> [ResolvedPart] {
    var parts: [ResolvedPart] = []
    for object in sources["models"]?.arrayValue ?? [sources] {
      let isOfPairs = object["a"] != nil
      let sides = isOfPairs ? Side.ofPairs : Side.ofRows
      let found = sides.map { ResolvedSource(json: object[$0.rawValue] ?? .null, side: $0) }
      guard let sample = found[0] else {
        throw AssayError(.storeCorrupt, "The sources of the run are not to be read; make a new run.")
      }
      var part = ResolvedPart(model: object["model"]?.stringValue, sample: sample, groundTruth: found[1])
      part.isOfPairs = isOfPairs
      parts.append(part)
    }
    return parts
  }

  /// The request for this model.
  ///
  /// - Throws: As ``ResolvedPart/select(in:)``.
  func request(_ specification: RunSpecification, _ evaluators: [ResolvedEvaluator]) throws(AssayError)
    -> RunRequest
  {
    var request = try specification.request(
      evaluators: evaluators.map(\.request), sample: sample.dataSource, groundTruth: groundTruth?.dataSource)
    try select(in: &request)
    return request
  }
}

/// An evaluator of a run that was found.
struct ResolvedEvaluator: Sendable {
  var request: EvaluatorRequest
  var identity: RunEvaluator
}

extension Registry {
  /// Finds an evaluator that can be run.
  ///
  /// - Parameter pinned: What a run was made with: its version is taken, and the evaluator
  ///   must score as it did.
  /// - Throws: `registry.not-found`, `plugin.…`, `registry.not-executable`, `run.evaluator-changed`.
  func resolve(_ choice: RunEvaluatorChoice, pinned: RunEvaluator? = nil) throws(AssayError)
    -> ResolvedEvaluator
  {
    var found: ResolvedEvaluator
    switch choice.origin {
    case .function(let function):
      let request = EvaluatorRequest(
        function, parameters: choice.settings.parameters, passThreshold: choice.settings.passThreshold)
      found = ResolvedEvaluator(request: request, identity: RunEvaluator(name: ""))
      found.identity.name = try assay.host.open(request, hasFolds: false).name
    case .named(let name):
      found = try resolve(name, pinned)
      found.request.take(choice.settings.parameters, choice.settings.passThreshold)
    }
    found.request.bindings += choice.settings.bindings
    let opened = try assay.host.open(found.request, hasFolds: false)
    let prepared = try opened.evaluator.prepare(parameters: found.request.parameters)
    found.identity.fingerprint = fingerprint(of: prepared)
    if let pinned, pinned.fingerprint != found.identity.fingerprint {
      throw AssayError(
        .evaluatorChanged,
        "\(found.identity.name) is not what the run was made with: its plugin or its parameters differ now. Put the old ones back, or evaluate again with: assay runs rescore",
        details: ["evaluator": found.identity.name])
    }
    return found
  }

  private func resolve(_ name: String, _ pinned: RunEvaluator?) throws(AssayError) -> ResolvedEvaluator {
    let stored: StoredEvaluator
    if let id = pinned?.id, let version = pinned?.version {
      stored = try store.evaluator(id: id, version: version)
    } else if pinned != nil || isOfPlugin(name) {
      let own = name.split(separator: "@").first.map(String.init) ?? name
      return ResolvedEvaluator(request: EvaluatorRequest(name), identity: RunEvaluator(name: own))
    } else {
      stored = try store.evaluator(name, scope: scope)
    }
    let specification = stored.specification
    guard case .plugin(let content) = specification.content else {
      throw notExecutable(specification)
    }
    var request = EvaluatorRequest(
      content.evaluator, parameters: content.parameters, passThreshold: specification.passThreshold)
    for (role, column) in content.bindings {
      request.bindings.append(try ColumnBinding(parsing: "\(role)=\(column.stringValue ?? "")"))
    }
    request.label = .init(name: specification.name, version: String(stored.version))
    return ResolvedEvaluator(
      request: request,
      identity: RunEvaluator(id: stored.id, version: stored.version, name: specification.name))
  }

  /// Whether a name is one that only plugins give, or that a plugin has given.
  private func isOfPlugin(_ name: String) -> Bool {
    name.contains(".") || (try? assay.catalog.evaluator(String(name.prefix { $0 != "@" }))) != nil
  }

  /// A request with what the registry keeps under the name of its evaluator.
  ///
  /// What the request says itself goes before what is kept. A function, an evaluator of a
  /// plugin and a name with a dot, which is a plugin's, stay as they are.
  /// - Throws: `registry.not-found`, `registry.not-executable`.
  public func completed(_ request: EvaluatorRequest) throws(AssayError) -> EvaluatorRequest {
    guard request.mayBeRegistered, case .named(let name) = request.origin, !isOfPlugin(name)
    else { return request }
    var found = try resolve(name, nil).request
    found.take(request.parameters, request.passThreshold)
    found.bindings += request.bindings
    return found
  }

  private func notExecutable(_ specification: EvaluatorSpecification) -> AssayError {
    let remedy =
      specification.kind == .external
      ? "Its scores come from elsewhere: assay runs import FILE --evaluator \(specification.name)"
      : "This Assay keeps evaluators of the type \(specification.kind.rawValue) and does not run them."
    return AssayError(
      .notExecutable, "\(specification.name) cannot be run. \(remedy)",
      details: ["evaluator": specification.name, "type": specification.kind.rawValue])
  }
}

extension EvaluatorRequest {
  /// Puts what a caller says over what is kept.
  fileprivate mutating func take(_ parameters: JSONObject, _ passThreshold: Double?) {
    for (name, value) in parameters { self.parameters[name] = value }
    self.passThreshold = passThreshold ?? self.passThreshold
  }
}
