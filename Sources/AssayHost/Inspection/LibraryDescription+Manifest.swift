public import AssayJSON

extension LibraryDescription {
  /// A manifest to begin with: an evaluator for each function that can be one,
  /// and under `x-left-out` the others with the reason.
  ///
  /// - Parameter plugin: The plugin's name; nil for one made from the file's name.
  public func manifest(plugin: String? = nil) -> JSONValue {
    let plugin = plugin ?? Self.pluginName(name)
    var root: JSONObject = [
      "manifest_version": .integer(Int64(Manifest.formatVersion)), "plugin": .string(plugin),
      "version": "0.1.0",
      "abi": ["major": .integer(Int64(Manifest.hostMajor)), "requires_minor": 0],
      "library": .string(FileSystem.lastComponent(of: name)),
    ]
    root["evaluators"] = .array(functions.compactMap { $0.entry(in: plugin) })
    var leftOut = JSONObject()
    for function in functions where function.definition == nil {
      leftOut[function.name] = .string(function.obstacle ?? "")
    }
    if !leftOut.isEmpty { root["x-left-out"] = .object(leftOut) }
    return .object(root)
  }

  /// A command for each function that can be an evaluator as it is.
  public var callLines: [String] {
    functions.compactMap { $0.callLine(library: name) }
  }

  /// `libacme_text.so.1` is `acme_text`.
  private static func pluginName(_ path: String) -> String {
    var name = FileSystem.lastComponent(of: path)
    if let range = name.firstRange(of: ".so") { name = String(name[..<range.lowerBound]) }
    if name.hasPrefix("lib"), name.count > 3 { name = String(name.dropFirst(3)) }
    let plain = String(name.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" ? $0 : "_" })
    return ArgumentSource.isName(plain) ? plain : "plugin_\(plain)"
  }
}

extension LibraryFunction {
  /// The function as an evaluator of a manifest.
  fileprivate func entry(in plugin: String) -> JSONValue? {
    guard let prototype, let definition, let call = definition.call else { return nil }
    var bind = JSONObject()
    for (parameter, source) in zip(prototype.parameters, call.arguments) {
      bind[parameter.name] = .string(source.description)
    }
    let isReference = definition.inputs.contains { Self.expectedNames.contains($0.role) }
    var entry: JSONObject = [
      "name": .string("\(plugin).\(name)"), "summary": .string("Says what \(name) computes."),
      "mode": .string(isReference ? "reference" : "pointwise"),
      "call": .string(prototype.description),
    ]
    if !bind.isEmpty { entry["bind"] = .object(bind) }
    entry["result"] = [
      "return": .string(definition.result.returns.rawValue), "direction": "higher_is_better",
      "undefined": "nan",
    ]
    return .object(entry)
  }

  private static let expectedNames: Set<String> = ["expected", "target", "reference", "truth", "label"]

  fileprivate func callLine(library: String) -> String? {
    guard let prototype, let definition else { return nil }
    var words = ["assay run --library \(Self.quoted(library)) --call \(Self.quoted(prototype.description))"]
    for input in definition.inputs { words.append("--bind \(input.role)=COLUMN") }
    for binding in bindings { words.append("--bind \(binding.parameter)=\(binding.source)") }
    return (words + ["--sample FILE"]).joined(separator: " ")
  }

  /// The text as a shell takes it for one word.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "/._-+".contains($0) }
    return isPlain ? text : "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
  }
}
