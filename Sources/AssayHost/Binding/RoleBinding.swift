import AssayCore

/// Finds where the arguments of a function come from that plays a fixed part: a
/// role of a stateful evaluator, or the opening of a file.
///
/// They bind by the names that the contract gives them, unless `bind` says
/// otherwise; a struct of the contract is known by its type, too.
struct RoleBinding {
  /// What the function is for, in messages.
  let part: String
  /// What a parameter of that name is, without more words.
  let names: [String: ArgumentSource]
  /// What the function cannot do without.
  let required: [ArgumentSource]
  /// Whether the function must return a status, or may return nothing.
  let mayReturnNothing: Bool

  func resolve(
    _ prototype: Prototype, bind: [String: String]
  ) throws(AssayError) -> BoundFunction {
    var arguments: [ArgumentSource] = []
    for parameter in prototype.parameters {
      let source = try source(of: parameter, bind: bind, in: prototype)
      if let wanted = BindingRules.complaint(about: parameter.type, for: source) {
        throw .wrongType(parameter, source, wanted: wanted, in: prototype)
      }
      guard isAllowed(source) else { throw outOfPlace(source, parameter, prototype) }
      arguments.append(source)
    }
    try check(arguments, prototype)
    try checkResult(prototype)
    return BoundFunction(prototype: prototype, arguments: arguments)
  }

  private func source(
    of parameter: Prototype.Parameter, bind: [String: String], in prototype: Prototype
  ) throws(AssayError) -> ArgumentSource {
    if let text = bind[parameter.name] {
      let source = try ArgumentSource(parsing: text)
      // A state is made in some roles and used in all others, under one name.
      return source == .state && names["state"] == .outState ? .outState : source
    }
    if case .function = parameter.type,
      let service = ArgumentSource.Service(rawValue: parameter.name)
    {
      return .service(service)
    }
    if let source = names[parameter.name] { return terminated(source, parameter, prototype) }
    if parameter.type.namesStruct("assay_services") { return .services }
    if parameter.type.namesStruct("assay_error") { return .error }
    throw AssayError(
      .bindingUnbound,
      "\"\(parameter.name)\" of \(prototype.name) is bound to nothing in \(part); rename it to one of "
        + "\(names.keys.sorted().joined(separator: ", ")), or bind it."
        + suggestion(for: parameter.name, in: names.keys.sorted()),
      details: ["parameter": parameter.name])
  }

  /// A text without a length beside it must end with a zero byte.
  private func terminated(
    _ source: ArgumentSource, _ parameter: Prototype.Parameter, _ prototype: Prototype
  ) -> ArgumentSource {
    guard prototype.index(of: parameter.name + "_len") == nil else { return source }
    switch source {
    case .parameters(.pointer): return .parameters(.terminated)
    case .options(.pointer): return .options(.terminated)
    default: return source
    }
  }

  private func isAllowed(_ source: ArgumentSource) -> Bool {
    switch source {
    case .constant, .null, .services, .service, .error, .evaluator, .parameter: true
    case .parameters, .options, .uri, .saved:
      names.values.contains { $0.family == source.family }
    default: names.values.contains(source)
    }
  }

  private func outOfPlace(
    _ source: ArgumentSource, _ parameter: Prototype.Parameter, _ prototype: Prototype
  ) -> AssayError {
    if case .input = source {
      return AssayError(
        .bindingOutOfPlace,
        "\"\(parameter.name)\" of \(prototype.name): in \(part) the inputs arrive together, as batch.arrow",
        details: ["parameter": parameter.name])
    }
    return AssayError(
      .bindingOutOfPlace,
      "\"\(parameter.name)\" of \(prototype.name): there is no \(source) in \(part)",
      details: ["parameter": parameter.name])
  }

  private func check(
    _ arguments: [ArgumentSource], _ prototype: Prototype
  ) throws(AssayError) {
    for source in required where !arguments.contains(where: { $0.family == source.family }) {
      throw AssayError(
        .bindingMissing,
        "\(prototype.name) cannot do its work in \(part) without \(source); add a parameter for it",
        details: ["function": prototype.name])
    }
  }

  private func checkResult(_ prototype: Prototype) throws(AssayError) {
    switch prototype.result {
    case .integer: return
    case .void where mayReturnNothing: return
    default:
      throw AssayError(
        .bindingType,
        "\(prototype.name) returns \(prototype.result), and in \(part) it must return "
          + (mayReturnNothing ? "void or int32_t" : "int32_t, 0 where all went well"),
        details: ["function": prototype.name])
    }
  }
}

extension ArgumentSource {
  /// A name that is equal for all ways to get at one thing.
  var family: String {
    switch self {
    case .parameters: "parameters"
    case .options: "options"
    case .uri: "uri"
    case .saved: "saved"
    default: description
    }
  }
}

extension RoleBinding {
  /// The rules for a role of a stateful evaluator.
  init(_ role: EvaluatorDefinition.Role) {
    let parameters: [String: ArgumentSource] = [
      "parameters": .parameters(.pointer), "parameters_len": .parameters(.length),
    ]
    let batch: [String: ArgumentSource] = [
      "state": .state, "schema": .schemaArrow, "batch": .batchArrow,
    ]
    var names: [String: ArgumentSource] = ["error": .error, "services": .services]
    let required: [ArgumentSource]
    switch role {
    case .create:
      names.merge(parameters) { $1 }
      names["state"] = .outState
      required = [.outState]
    case .load:
      names.merge(parameters) { $1 }
      names["state"] = .outState
      names["saved"] = .saved(.pointer)
      names["saved_len"] = .saved(.length)
      required = [.outState, .saved(.pointer)]
    case .update:
      names.merge(batch) { $1 }
      required = [.state, .batchArrow]
    case .evaluate:
      names.merge(batch) { $1 }
      names["out"] = .outArray
      names["out_schema"] = .outSchema
      required = [.state, .batchArrow, .outArray]
    case .merge:
      names["into"] = .into
      names["from"] = .from
      required = [.into, .from]
    case .save:
      names["state"] = .state
      names["writer"] = .writer
      required = [.state, .writer]
    case .finish:
      names["state"] = .state
      names["sink"] = .sink
      required = [.state, .sink]
    case .resample:
      names["state"] = .state
      names["seed"] = .seed
      names["first"] = .first
      names["count"] = .count
      names["sinks"] = .sinks
      required = [.state, .seed, .first, .count, .sinks]
    case .destroy:
      names["state"] = .state
      required = [.state]
    }
    self.init(
      part: "\"\(role.rawValue)\"", names: names, required: required,
      mayReturnNothing: role == .destroy)
  }

  /// The rules for the function that opens a file.
  static let reader = RoleBinding(file: "\"open\"", stream: "out")

  /// The rules for the function that writes a file.
  static let writer = RoleBinding(file: "\"write\"", stream: "in")

  private init(file part: String, stream: String) {
    self.init(
      part: part,
      names: [
        "uri": .uri(.terminated), "uri_len": .uri(.length), "options": .options(.pointer),
        "options_len": .options(.length), stream: .stream, "stream": .stream, "error": .error,
        "services": .services,
      ], required: [.uri(.terminated), .stream], mayReturnNothing: false)
  }
}
