import AssayCore
import AssayJSON
import AssayRuntime

/// What `assay run` was told, by flags over a configuration, parsed and checked.
struct RunSettings {
  /// Loaded before the evaluators are looked up.
  var plugins: [String] = []
  var request: RunRequest
  /// Files and folders that the result is written to.
  var outputs: [String] = []
  /// The folder with the images that pages show.
  var images: String?
  /// Receives what every evaluator said about every row.
  var rowsFile: String?
  /// Whether the project's registry keeps the run.
  var isSaved = false
  var format = OutputFormat.table
  var isQuiet = false
  var showsProgress = true
  /// What every evaluator is told that is not told otherwise.
  private let shared: EvaluatorRequest

  /// - Throws: `usage.invalid` for a flag, `config.invalid` for a key, each naming
  ///   the place; `threshold.syntax`.
  init(_ values: [SettingKey: SettingValue]) throws(AssayError) {
    let reader = SettingsReader(values: values)
    shared = try reader.shared()
    request = RunRequest(evaluators: try reader.evaluators(), sample: try reader.sample())
    try reader.readSources(into: &request)
    try reader.readBindings(into: &request)
    try reader.readGate(into: &request)
    try reader.readParts(into: &request)
    try reader.readHandling(into: &request)

    for value in try reader.list(.plugin) { plugins.append(try value.path()) }
    for value in try reader.list(.output) { outputs.append(try value.path()) }
    images = try values[.images]?.path()
    rowsFile = try values[.rows]?.path()
    isSaved = try values[.save]?.bool() ?? false
    if try !(values[.noStates]?.bool() ?? false) { request.states = StoredResult.stateFile(outputs) }
    if let value = values[.format] { format = try value.choice() }
    isQuiet = try values[.quiet]?.bool() ?? false
    showsProgress = try !(values[.noProgress]?.bool() ?? false)
  }

  /// The request for an evaluator that was not named.
  func evaluator(named name: String) -> EvaluatorRequest {
    EvaluatorRequest(name, parameters: shared.parameters, passThreshold: shared.passThreshold)
  }

  /// Flags go before the configuration: a flag replaces the key's value, except
  /// that of `bind` and `param`, where it replaces the one of the same name.
  static func merging(
    flags: [SettingKey: SettingValue], over config: [SettingKey: SettingValue]
  ) -> [SettingKey: SettingValue] {
    var merged = config
    // An evaluator on the command line is the one that runs, whatever its kind.
    let origins: [SettingKey] = [.evaluator, .library, .call, .result]
    if flags[.evaluator] != nil || flags[.call] != nil {
      for key in origins { merged[key] = nil }
    }
    for (key, value) in flags {
      guard key.shape == .named, case .named(let old) = merged[key]?.content,
        case .named(let new) = value.content
      else {
        merged[key] = value
        continue
      }
      let names = Set(new.map(\.name))
      merged[key] = SettingValue(
        .named(old.filter { !names.contains($0.name) } + new), at: value.origin)
    }
    return merged
  }
}

/// How a result is printed.
enum OutputFormat: String, CaseIterable {
  case table, json, yaml
}
