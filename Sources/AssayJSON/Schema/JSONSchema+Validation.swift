public import AssayCore

extension JSONSchema {
  /// Checks a value and returns it with the defaults filled in.
  ///
  /// The members of an object come back in the schema's order, so that equal
  /// parameters have one spelling; a whole number such as `3.0` becomes an
  /// integer where the schema asks for one.
  ///
  /// - Parameter path: What the value is called in messages, for example
  ///   `parameters`.
  /// - Throws: `parameter.invalid`, `parameter.unknown` or `parameter.missing`,
  ///   with the path in front: `parameters.threshold: 1.5 is above the maximum 1`.
  public func validate(_ value: JSONValue, at path: String) throws(AssayError) -> JSONValue {
    let value = try typed(value, at: path)
    try checkAllowed(value, at: path)
    try checkLimits(value, at: path)
    switch value {
    case .array(let elements): return .array(try validate(elements, at: path))
    case .object(let object): return .object(try validate(members: object, at: path))
    default: return value
    }
  }

  /// Checks the members of an object and returns them with the defaults filled in.
  public func validate(members object: JSONObject, at path: String) throws(AssayError) -> JSONObject {
    var result = JSONObject()
    for property in properties {
      let name = property.name
      if let member = object[name] {
        result[name] = try property.schema.validate(member, at: "\(path).\(name)")
      } else if let defaultValue = property.schema.defaultValue {
        result[name] = try property.schema.validate(defaultValue, at: "\(path).\(name)")
      }
    }
    for (name, member) in object where self[name] == nil {
      result[name] = try additional(member, named: name, at: path)
    }
    for name in required where result[name] == nil {
      throw AssayError(
        .parameterMissing, "\(path).\(name): it must be given\(wanted(self[name]))",
        details: ["path": "\(path).\(name)"])
    }
    return result
  }

  private func additional(
    _ member: JSONValue, named name: String, at path: String
  ) throws(AssayError) -> JSONValue {
    let memberPath = "\(path).\(name)"
    if let prefix = prefixes.first(where: { name.hasPrefix($0.name) }) {
      return try prefix.schema.validate(member, at: memberPath)
    }
    switch additional {
    case .allowed: return member
    case .matching(let schema): return try schema.validate(member, at: memberPath)
    case .refused:
      let names = properties.map(\.name)
      let known =
        names.isEmpty
        ? " There are none." : " There are: \(names.map { "\"\($0)\"" }.joined(separator: ", "))."
      let near = suggestion(for: name, in: names)
      throw AssayError(
        .parameterUnknown, "\(memberPath): there is nothing of this name.\(near.isEmpty ? known : near)",
        details: ["path": memberPath, "near": nearNames(to: name, in: names).joined(separator: ",")])
    }
  }

  private func validate(_ elements: [JSONValue], at path: String) throws(AssayError) -> [JSONValue] {
    guard let items else { return elements }
    var result: [JSONValue] = []
    for (index, element) in elements.enumerated() {
      result.append(try items.validate(element, at: "\(path)[\(index)]"))
    }
    return result
  }

  private func typed(_ value: JSONValue, at path: String) throws(AssayError) -> JSONValue {
    if types.isEmpty || types.contains(value.typeName) { return value }
    if case .integer = value, types.contains("number") { return value }
    if case .number = value, types.contains("integer"), let whole = value.integerValue {
      return .integer(whole)
    }
    throw .parameter(path, "\(value.described) is \(value.typeName.withArticle)\(wanted(self))")
  }

  private func wanted(_ schema: JSONSchema?) -> String {
    guard let types = schema?.types, !types.isEmpty else { return "" }
    return "; \(types.map(\.withArticle).joined(separator: " or ")) belongs here"
  }

  private func checkAllowed(_ value: JSONValue, at path: String) throws(AssayError) {
    guard let allowed else { return }
    let isAllowed = allowed.contains { other in
      if let left = value.doubleValue, let right = other.doubleValue { return left == right }
      return value == other
    }
    guard !isAllowed else { return }
    let names = allowed.map(\.described).joined(separator: ", ")
    let near = value.stringValue.map { suggestion(for: $0, in: allowed.compactMap(\.stringValue)) }
    throw .parameter(path, "\(value.described) is not one of \(names).\(near ?? "")")
  }

  private func checkLimits(_ value: JSONValue, at path: String) throws(AssayError) {
    guard let number = value.doubleValue else { return }
    if let minimum, number < minimum {
      throw .parameter(path, "\(value.described) is below the minimum \(JSONValue.plain(minimum))")
    }
    if let maximum, number > maximum {
      throw .parameter(path, "\(value.described) is above the maximum \(JSONValue.plain(maximum))")
    }
  }
}

extension JSONValue {
  /// The value as a message shows it: short.
  var described: String {
    let text = text()
    guard text.count > 60 else { return text }
    return "\(text.prefix(57))…"
  }

  /// A number without a needless `.0`.
  static func plain(_ number: Double) -> String {
    Int64(exactly: number).map(String.init) ?? String(number)
  }
}

extension String {
  /// The name of a JSON type with its article; `null` takes none.
  fileprivate var withArticle: String {
    switch self {
    case "null": self
    case "integer", "array", "object": "an \(self)"
    default: "a \(self)"
    }
  }
}

extension AssayError {
  fileprivate static func parameter(_ path: String, _ message: String) -> AssayError {
    AssayError(.parameterInvalid, "\(path): \(message)", details: ["path": path])
  }
}
