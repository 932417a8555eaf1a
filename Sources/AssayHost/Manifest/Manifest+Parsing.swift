public import AssayCore
import AssayJSON

extension Manifest {
  /// Parses a manifest.
  ///
  /// - Parameter file: What the manifest is called in messages.
  /// - Throws: An error whose message begins with the file and the path inside
  ///   it, and whose details hold both as `file` and `path`; the code begins with
  ///   `manifest.`, `prototype.`, `binding.` or is `json.schema`.
  public init(parsing bytes: [UInt8], file: String) throws(AssayError) {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes)
    } catch {
      var error = error
      error.code = .manifestInvalid
      error.message = "\(file): \(error.message)"
      error.details["file"] = file
      throw error
    }
    try self.init(ManifestNode(value: value, file: file, path: ""))
  }

  /// Parses a manifest that is a string.
  public init(parsing text: String, file: String) throws(AssayError) {
    try self.init(parsing: Array(text.utf8), file: file)
  }

  private static let keys = [
    "manifest_version", "plugin", "version", "abi", "library", "summary", "toolchain", "types",
    "evaluators", "readers", "writers",
  ]

  private init(_ node: ManifestNode) throws(AssayError) {
    try Self.checkVersion(node)
    _ = try node.object(keys: Self.keys)
    plugin = try node.required("plugin", "\"acme.text\"").name()
    version = try node.required("version", "\"1.0.0\"").string()
    abi = try ABIRequirement(node.required("abi", "{\"major\": 1, \"requires_minor\": 0}"))
    library = try node.optional("library")?.string()
    summary = try node.optional("summary")?.string()
    toolchain = try node.optional("toolchain")?.string()
    types = try node.optional("types").map(Self.types) ?? [:]
    evaluators = []
    readers = []
    writers = []
    for child in try node.optional("evaluators")?.array() ?? [] {
      evaluators.append(try EvaluatorDefinition(child, types: types))
    }
    for child in try node.optional("readers")?.array() ?? [] {
      readers.append(try ReaderDefinition(child, types: types))
    }
    for child in try node.optional("writers")?.array() ?? [] {
      writers.append(try WriterDefinition(child, types: types))
    }
    try checkNames(node)
    try checkReaders(node)
  }

  private func checkReaders(_ node: ManifestNode) throws(AssayError) {
    let names = readers.map(\.name)
    for (index, evaluator) in evaluators.enumerated() {
      guard let reader = evaluator.reader, !names.contains(reader) else { continue }
      let place = ManifestNode(value: .null, file: node.file, path: "evaluators[\(index)].reader")
      throw place.error(
        .manifestInvalid,
        "the plugin has no reader \"\(reader)\".\(suggestion(for: reader, in: names))")
    }
  }

  /// The version comes first: in another one, other keys may be right.
  private static func checkVersion(_ node: ManifestNode) throws(AssayError) {
    _ = try node.object()
    let version = try node.required("manifest_version", "1")
    let number = try version.integer(1...Int64(Int32.max))
    guard number == formatVersion else {
      throw version.error(
        .manifestVersion,
        "the manifest is of version \(number), and this Assay reads version \(formatVersion); "
          + "install a newer Assay, or the plugin's manifest for this one")
    }
  }

  private static func types(_ node: ManifestNode) throws(AssayError) -> [String: CType] {
    var types: [String: CType] = [:]
    for (name, child) in try node.members() {
      let text = try child.string()
      types[name] = try child.locating { () throws(AssayError) in try CType(parsing: text) }
    }
    return types
  }

  private func checkNames(_ node: ManifestNode) throws(AssayError) {
    let groups: [(String, [String])] = [
      ("evaluators", evaluators.map(\.name)), ("readers", readers.map(\.name)),
      ("writers", writers.map(\.name)),
    ]
    for (key, names) in groups {
      for (index, name) in names.enumerated() where names[..<index].contains(name) {
        let place = ManifestNode(value: .null, file: node.file, path: "\(key)[\(index)].name")
        throw place.error(.manifestDuplicate, "the name \"\(name)\" is there twice; rename one of them")
      }
    }
    guard !evaluators.isEmpty || !readers.isEmpty || !writers.isEmpty else {
      throw node.error(
        .manifestMissingKey, "the plugin offers nothing; write \"evaluators\", \"readers\" or \"writers\"")
    }
  }
}

extension ManifestNode {
  /// A dotted name of letters, digits, `_` and `-`.
  func name() throws(AssayError) -> String {
    let name = try string()
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.allSatisfy(ArgumentSource.isName) else {
      throw error(
        .manifestInvalid,
        "\"\(name)\" is not a name; write letters, digits, \"_\" and \"-\", with dots between, as in acme.text")
    }
    return name
  }
}

extension ABIRequirement {
  fileprivate init(_ node: ManifestNode) throws(AssayError) {
    _ = try node.object(keys: ["major", "requires_minor", "built_against", "requires"])
    let numbers: ClosedRange<Int64> = 0...65_535
    try self.init(
      major: node.required("major", "1").integer(numbers),
      requiresMinor: node.optional("requires_minor")?.integer(numbers) ?? 0,
      builtAgainst: node.optional("built_against")?.integer(numbers),
      requires: node.optional("requires")?.strings() ?? [])
  }
}

extension ReaderDefinition {
  fileprivate init(_ node: ManifestNode, types: [String: CType]) throws(AssayError) {
    _ = try node.object(keys: ["name", "summary", "extensions", "folders", "open", "bind"])
    name = try node.required("name", "\"acme.csv\"").name()
    extensions = try node.fileExtensions()
    opensFolders = try node.optional("folders")?.bool() ?? false
    open = try node.function("open", .reader, types: types)
  }
}

extension WriterDefinition {
  fileprivate init(_ node: ManifestNode, types: [String: CType]) throws(AssayError) {
    _ = try node.object(keys: ["name", "summary", "extensions", "write", "bind"])
    name = try node.required("name", "\"acme.csv\"").name()
    extensions = try node.fileExtensions()
    write = try node.function("write", .writer, types: types)
  }
}

extension ManifestNode {
  fileprivate func fileExtensions() throws(AssayError) -> [String] {
    let node = try required("extensions", "[\"csv\"]")
    let extensions = try node.strings()
    if let wrong = extensions.first(where: { $0.hasPrefix(".") }) {
      throw node.error(
        .manifestInvalid, "\"\(wrong)\" begins with a dot; write \"\(wrong.dropFirst())\"")
    }
    return extensions
  }

  /// The function of a reader or writer.
  fileprivate func function(
    _ key: String, _ binding: RoleBinding, types: [String: CType]
  ) throws(AssayError) -> BoundFunction {
    let example =
      "\"int32_t acme_\(key)(const char *uri, const char *options, size_t options_len, "
      + "struct ArrowArrayStream *\(key == "open" ? "out" : "in"), struct assay_error *error)\""
    let child = try required(key, example)
    let prototype = try child.prototype(types: types)
    let bind = try bindings()
    try checkBindings(bind.map(\.parameter), of: [prototype])
    return try child.locating { () throws(AssayError) in
      try binding.resolve(
        prototype, bind: Dictionary(bind.map { ($0.parameter, $0.source) }) { $1 })
    }
  }

  func prototype(types: [String: CType]) throws(AssayError) -> Prototype {
    let text = try string()
    return try locating { () throws(AssayError) in try Prototype(parsing: text, types: types) }
  }

  /// The members of `bind`, in order.
  func bindings() throws(AssayError) -> [(parameter: String, source: String)] {
    var bindings: [(parameter: String, source: String)] = []
    for (parameter, child) in try optional("bind")?.members() ?? [] {
      bindings.append((parameter, try child.string()))
    }
    return bindings
  }

  func checkBindings(_ names: [String], of prototypes: [Prototype]) throws(AssayError) {
    for name in names where !prototypes.contains(where: { $0.index(of: name) != nil }) {
      throw child("bind", .null).child(name, .null).located(
        .unknownParameter(name, in: prototypes))
    }
  }
}
