import AssayCore
import AssayJSON
import AssayRuntime

extension SettingsReader {
  /// The evaluators; empty where a plugin that is named has only one to offer.
  func evaluators() throws(AssayError) -> [EvaluatorRequest] {
    var requests: [EvaluatorRequest] = []
    for value in try list(.evaluator) { requests.append(try evaluator(value)) }
    if let function = try function() { requests.append(EvaluatorRequest(function)) }
    let shared = try shared()
    for index in requests.indices {
      for (name, value) in shared.parameters where requests[index].parameters[name] == nil {
        requests[index].parameters[name] = value
      }
      requests[index].passThreshold = requests[index].passThreshold ?? shared.passThreshold
    }
    return requests
  }

  /// What all evaluators are told.
  func shared() throws(AssayError) -> EvaluatorRequest {
    EvaluatorRequest(
      "", parameters: try parameters(try named(.param)),
      passThreshold: try values[.passThreshold].map(bar))
  }

  /// The evaluator of `--library`, `--call` and `--result`.
  private func function() throws(AssayError) -> DescribedFunction? {
    guard let library = values[.library], let call = values[.call] else {
      if let value = values[.library] { throw value.failure("needs --call 'PROTOTYPE' beside it") }
      if let value = values[.call] { throw value.failure("needs --library FILE beside it") }
      if let value = values[.result] { throw value.failure("belongs to --library and --call") }
      return nil
    }
    return DescribedFunction(
      library: try library.pathOrName(), prototype: try call.text(),
      result: try values[.result].map(CallResult.init) ?? CallResult())
  }

  /// A name, or a mapping with what only this evaluator is told.
  private func evaluator(_ value: SettingValue) throws(AssayError) -> EvaluatorRequest {
    guard case .named(let members) = value.content else { return EvaluatorRequest(try value.text()) }
    var parts: [EvaluatorKey: SettingValue] = [:]
    for (name, member) in members {
      guard let key = EvaluatorKey(rawValue: name) else {
        let keys = EvaluatorKey.allCases.map(\.rawValue)
        throw value.failure(
          "has no key \"\(name)\"; the keys are \(keys.joined(separator: ", "))",
          hint: suggestion(for: name, in: keys), code: .configUnknownKey)
      }
      parts[key] = member
    }
    var request = try origin(of: parts, in: value)
    if let member = parts[.param] {
      request.parameters = try parameters(try member.members("as in threshold: 0.5"))
    }
    request.passThreshold = try parts[.passThreshold].map(bar)
    return request
  }

  private func origin(
    of parts: [EvaluatorKey: SettingValue], in value: SettingValue
  ) throws(AssayError) -> EvaluatorRequest {
    if let name = parts[.name], parts[.library] == nil, parts[.call] == nil {
      return EvaluatorRequest(try name.text())
    }
    guard parts[.name] == nil, let library = parts[.library], let call = parts[.call] else {
      throw value.failure("needs either name, or library and call")
    }
    var function = DescribedFunction(
      library: try library.pathOrName(), prototype: try call.text(),
      result: try parts[.result].map(CallResult.init) ?? CallResult())
    for (name, source) in try parts[.bind]?.members("as in x: target") ?? [] {
      function.bind[name] = try source.text()
    }
    return EvaluatorRequest(function)
  }

  private func parameters(
    _ members: [(name: String, value: SettingValue)]
  ) throws(AssayError) -> JSONObject {
    var object = JSONObject()
    for (name, value) in members { object[name] = try value.json() }
    return object
  }

  private func bar(_ value: SettingValue) throws(AssayError) -> Double {
    let text = try value.text()
    guard let bar = Double(text), bar.isFinite else {
      throw value.failure("\(text) is not a number, which a pass threshold is")
    }
    return bar
  }
}

/// What an evaluator may be told that is a mapping in a configuration.
enum EvaluatorKey: String, CaseIterable {
  case name, param
  case passThreshold = "pass_threshold"
  case library, call, result, bind
}

/// The right-hand sides of `--bind` that mean an argument of a function and not a
/// column.
enum ArgumentText {
  private static let prefixes = ["param:", "const:", "out:", "service:", "evaluator:"]
  private static let words: Set<String> = ["batch.length", "null"]
  private static let accessors: Set<String> = ["ptr", "len", "cstr", "values", "validity", "offsets"]

  static func isArgument(_ text: String) -> Bool {
    if words.contains(text) || prefixes.contains(where: text.hasPrefix) { return true }
    guard let dot = text.lastIndex(of: ".") else { return false }
    return accessors.contains(String(text[text.index(after: dot)...]))
  }
}

extension RunRequest {
  /// Binds a parameter of the functions that are described; false without any.
  mutating func bindFunction(_ parameter: String, to source: String) -> Bool {
    var isBound = false
    for index in evaluators.indices {
      guard case .function(var function) = evaluators[index].origin else { continue }
      function.bind[parameter] = function.bind[parameter] ?? source
      evaluators[index].origin = .function(function)
      isBound = true
    }
    return isBound
  }
}
