import AssayArrow
import AssayCore
import AssayJSON

extension InputDefinition {
  static func list(_ node: ManifestNode) throws(AssayError) -> [InputDefinition] {
    var inputs: [InputDefinition] = []
    for (role, child) in try node.members() {
      let parts = role.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.allSatisfy(ArgumentSource.isName) else {
        throw child.error(
          .manifestInvalid, "\"\(role)\" is not a role; write letters, digits and \"_\", as in target")
      }
      inputs.append(try InputDefinition(role, child))
    }
    return inputs
  }

  private init(_ role: String, _ node: ManifestNode) throws(AssayError) {
    _ = try node.object(keys: ["types", "range", "optional", "by_name", "side", "null", "summary"])
    self.init(
      role: role, types: try node.required("types", "[\"float64\"]").dataTypes(),
      range: try node.optional("range").map(MetricRange.init) ?? MetricRange(),
      isOptional: try node.optional("optional")?.bool() ?? false,
      takesName: try node.optional("by_name")?.bool() ?? false,
      side: try node.optional("side")?.word(Side.self),
      nulls: try node.optional("null")?.word(NullPolicy.self) ?? .error,
      summary: try node.optional("summary")?.string())
    if takesName, !isOptional {
      throw node.child("by_name", .null).error(
        .manifestInvalid,
        "a role that must have a column takes the one of its name anyway; remove it, or write "
          + "\"optional\": true")
    }
  }
}

extension ManifestNode {
  fileprivate func dataTypes() throws(AssayError) -> [DataType] {
    var types: [DataType] = []
    for child in try array() { types.append(try child.dataType()) }
    guard !types.isEmpty else {
      throw error(.manifestInvalid, "at least one type belongs here, as in [\"float64\"]")
    }
    return types
  }

  fileprivate func dataType() throws(AssayError) -> DataType {
    let name = try string()
    guard let type = DataType(name: name) else {
      let aliases = ["double": "float64", "float": "float32", "string": "utf8", "text": "utf8", "int": "int64"]
      let near = aliases[name].map { " Write \"\($0)\"." } ?? suggestion(for: name, in: Self.typeNames)
      throw error(.manifestInvalid, "there is no column type \"\(name)\".\(near)")
    }
    return type
  }

  private static let typeNames = [
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32",
    "float64", "utf8", "large_utf8", "binary", "large_binary", "list<float64>", "list<utf8>",
  ]
}

extension MetricRange {
  /// `[lower, upper]`; null is an open end.
  init(_ node: ManifestNode) throws(AssayError) {
    let ends = try node.array()
    guard ends.count == 2, ends.allSatisfy({ $0.value.isNull || $0.value.doubleValue != nil }) else {
      throw node.wrong("a range such as [0, 1] or [0, null]")
    }
    self.init(lower: ends[0].value.doubleValue, upper: ends[1].value.doubleValue)
    if let lower, let upper, lower > upper {
      throw node.error(.manifestInvalid, "the range begins above its end; swap the two")
    }
  }
}

extension MetricPattern {
  static func list(_ node: ManifestNode) throws(AssayError) -> [MetricPattern] {
    var metrics: [MetricPattern] = []
    for (name, child) in try node.members() {
      _ = try child.object(keys: ["range", "direction", "exact", "extreme", "unit", "basis", "summary"])
      let declaration = MetricDeclaration(
        direction: try child.optional("direction")?.word(Direction.self) ?? .none,
        range: try child.optional("range").map(MetricRange.init) ?? MetricRange(),
        isExact: try child.optional("exact")?.bool() ?? false,
        isExtreme: try child.optional("extreme")?.bool() ?? false,
        unit: try child.optional("unit")?.string(),
        summary: try child.optional("summary")?.string(),
        basis: try child.optional("basis")?.word(MetricBasis.self) ?? .rows)
      metrics.append(MetricPattern(name: try child.pattern(name), declaration: declaration))
    }
    return metrics
  }
}

extension ManifestNode {
  fileprivate func pattern(_ name: String) throws(AssayError) -> NamePattern {
    guard let pattern = NamePattern(name) else {
      throw error(
        .manifestInvalid, "\"\(name)\" is not a name; a placeholder is written pinball_{quantile}")
    }
    return pattern
  }
}

extension TableDeclaration {
  static func list(_ node: ManifestNode) throws(AssayError) -> [TableDeclaration] {
    var tables: [TableDeclaration] = []
    for (name, child) in try node.members() {
      _ = try child.object(keys: ["columns", "plot", "summary"])
      var columns: [Column] = []
      for (column, type) in try child.required("columns", "{\"x\": \"float64\"}").members() {
        columns.append(Column(name: column, type: try type.dataType()))
      }
      tables.append(
        TableDeclaration(
          name: try child.pattern(name), columns: columns,
          plot: try child.optional("plot")?.word(ResultTable.Plot.self),
          summary: try child.optional("summary")?.string()))
    }
    return tables
  }
}

extension ResultDefinition {
  init(_ node: ManifestNode) throws(AssayError) {
    _ = try node.object(keys: ["return", "range", "direction", "undefined", "ok_values", "errno"])
    self.init(
      returns: try node.optional("return")?.word(Return.self) ?? .score,
      range: try node.optional("range").map(MetricRange.init) ?? MetricRange(),
      direction: try node.optional("direction")?.word(Direction.self) ?? .none,
      undefined: try node.optional("undefined")?.word(Undefined.self) ?? .nan,
      readsErrno: try node.optional("errno")?.bool() ?? false)
    if let values = node.optional("ok_values") {
      okValues = []
      for child in try values.array() {
        okValues.append(Int64(try child.integer(Int64.min...Int64.max)))
      }
    }
  }
}

extension Example {
  static func list(_ node: ManifestNode) throws(AssayError) -> [Example] {
    var examples: [Example] = []
    for child in try node.array() { examples.append(try Example(child)) }
    return examples
  }

  /// How far a result may lie from the expected one where an example does not say.
  private static let usualTolerance = 1e-9

  private init(_ node: ManifestNode) throws(AssayError) {
    _ = try node.object(keys: ["in", "parameters", "score", "metrics", "tolerance", "summary"])
    inputs = try node.required("in", "{\"output\": \"a\", \"expected\": \"b\"}").object()
    parameters = try node.optional("parameters")?.object() ?? JSONObject()
    metrics = try node.optional("metrics")?.object() ?? JSONObject()
    score = node.optional("score")?.value
    tolerance = try node.optional("tolerance")?.number() ?? Self.usualTolerance
    guard score != nil || !metrics.isEmpty else {
      throw node.error(.manifestMissingKey, "an example knows its answer; write \"score\" or \"metrics\"")
    }
    if let score = node.optional("score") { try Self.check(score) }
    for (_, metric) in try node.optional("metrics")?.members() ?? [] { try Self.check(metric) }
    guard tolerance >= 0 else {
      throw node.child("tolerance", .null).error(.manifestInvalid, "it cannot be below 0")
    }
  }

  /// A number, null, or a list of these.
  private static func check(_ node: ManifestNode) throws(AssayError) {
    let values = node.value.arrayValue ?? [node.value]
    guard values.allSatisfy({ $0.isNull || $0.doubleValue != nil }) else {
      throw node.wrong("a number, null or a list of them")
    }
  }
}
