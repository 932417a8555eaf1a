public import AssayCore

extension JSONSchema {
  /// Reads a schema.
  ///
  /// - Parameters:
  ///   - path: Where the schema stands, for messages.
  ///   - isClosed: Whether an object that lists its `properties` admits only
  ///     those where it does not say `additionalProperties`. So a misspelt
  ///     parameter is found; JSON Schema's own rule is to let it pass.
  /// - Throws: `json.schema` with the path in front.
  public init(
    _ value: JSONValue, at path: String = "schema", isClosed: Bool = false
  ) throws(AssayError) {
    guard let object = value.objectValue else {
      throw .schema(path, "a schema is an object, and this is \(value.described)")
    }
    self.init()
    for (keyword, value) in object {
      try read(keyword, value, at: "\(path).\(keyword)", isClosed: isClosed)
    }
    if isClosed, !properties.isEmpty, object["additionalProperties"] == nil { additional = .refused }
    try check(at: path)
  }

  private mutating func read(
    _ keyword: String, _ value: JSONValue, at path: String, isClosed: Bool
  ) throws(AssayError) {
    switch keyword {
    case "type": types = try Self.types(value, at: path)
    case "enum":
      guard let values = value.arrayValue, !values.isEmpty else {
        throw .schema(path, "a list of at least one value belongs here")
      }
      allowed = values
    case "minimum": minimum = try Self.number(value, at: path)
    case "maximum": maximum = try Self.number(value, at: path)
    case "properties": properties = try Self.members(value, at: path, isClosed: isClosed)
    case "patternProperties": prefixes = try Self.prefixes(value, at: path, isClosed: isClosed)
    case "required": required = try Self.names(value, at: path)
    case "items": itemSchemas = [try JSONSchema(value, at: path, isClosed: isClosed)]
    case "default": defaultValue = value
    case "additionalProperties":
      switch value {
      case .bool(let isAllowed): additional = isAllowed ? .allowed : .refused
      default: additional = .matching(try JSONSchema(value, at: path, isClosed: isClosed))
      }
    case "description": summary = value.stringValue
    case "x-stage":
      guard let stage = value.stringValue.flatMap(Stage.init(rawValue:)) else {
        throw .schema(path, "\"finish\" belongs here, or nothing")
      }
      self.stage = stage
    case "title", "examples", "$schema", "$id": break
    default:
      throw .schema(
        path, "this keyword is not understood.\(suggestion(for: keyword, in: Self.keywords))")
    }
  }

  private static let keywords = [
    "type", "enum", "minimum", "maximum", "properties", "patternProperties", "required", "items",
    "default", "additionalProperties", "description", "title", "examples", "x-stage",
  ]

  private static let typeNames = [
    "null", "boolean", "integer", "number", "string", "array", "object",
  ]

  private static func types(_ value: JSONValue, at path: String) throws(AssayError) -> [String] {
    let names: [String]
    if let name = value.stringValue { names = [name] } else { names = try Self.names(value, at: path) }
    for name in names where !typeNames.contains(name) {
      throw .schema(path, "there is no type \"\(name)\".\(suggestion(for: name, in: typeNames))")
    }
    return names
  }

  private static func names(_ value: JSONValue, at path: String) throws(AssayError) -> [String] {
    guard let values = value.arrayValue else { throw .schema(path, "a list of names belongs here") }
    let names = values.compactMap(\.stringValue)
    guard names.count == values.count else { throw .schema(path, "a list of names belongs here") }
    return names
  }

  private static func number(_ value: JSONValue, at path: String) throws(AssayError) -> Double {
    guard let number = value.doubleValue else {
      throw .schema(path, "a number belongs here, and this is \(value.described)")
    }
    return number
  }

  private static func members(
    _ value: JSONValue, at path: String, isClosed: Bool
  ) throws(AssayError) -> [Property] {
    guard let object = value.objectValue else {
      throw .schema(path, "an object of schemas by name belongs here")
    }
    var members: [Property] = []
    for (name, value) in object {
      let schema = try JSONSchema(value, at: "\(path).\(name)", isClosed: isClosed)
      members.append(Property(name: name, schema: schema))
    }
    return members
  }

  private static func prefixes(
    _ value: JSONValue, at path: String, isClosed: Bool
  ) throws(AssayError) -> [Property] {
    var prefixes: [Property] = []
    for member in try members(value, at: path, isClosed: isClosed) {
      let prefix = member.name.dropFirst()
      let isPlain = prefix.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      guard member.name.hasPrefix("^"), isPlain else {
        throw .schema(path, "only patterns of the form ^prefix are understood, not \(member.name)")
      }
      prefixes.append(Property(name: String(prefix), schema: member.schema))
    }
    return prefixes
  }

  /// A schema must not contradict itself.
  private func check(at path: String) throws(AssayError) {
    if let minimum, let maximum, minimum > maximum {
      throw .schema(path, "the minimum \(minimum) is above the maximum \(maximum)")
    }
    if !properties.isEmpty, case .refused = additional {
      for name in required where self[name] == nil {
        throw .schema(
          path,
          "\"\(name)\" is required and not among the properties."
            + suggestion(for: name, in: properties.map(\.name)))
      }
    }
    guard let defaultValue else { return }
    do {
      _ = try validate(defaultValue, at: "\(path).default")
    } catch {
      throw AssayError(.jsonSchema, error.message, details: error.details)
    }
  }
}

extension AssayError {
  static func schema(_ path: String, _ message: String) -> AssayError {
    AssayError(.jsonSchema, "\(path): \(message)", details: ["path": path])
  }
}
