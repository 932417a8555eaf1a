import AssayCore
import AssayJSON
import AssayRuntime

extension PluginSummary {
  var json: JSONValue {
    [
      "plugin": .string(name), "version": .string(version), "summary": JSONValue(summary),
      "library": .string(library), "manifest": .string(manifest), "shipped": .bool(isShipped),
      "evaluators": .array(evaluators.map(\.json)),
      "readers": .array(
        readers.map {
          [
            "name": .string($0.name),
            "extensions": .array($0.extensions.map(JSONValue.string)),
          ]
        }),
    ]
  }
}

extension EvaluatorSummary {
  /// The names are those of a manifest.
  var json: JSONValue {
    var object: JSONObject = [
      "name": .string(name), "summary": JSONValue(summary), "mode": .string(mode.rawValue),
      "task": JSONValue(task?.rawValue), "headline": JSONValue(headline), "shape": .string(shape),
    ]
    object["key"] = JSONValue(key)
    object["reader"] = JSONValue(reader)
    object["inputs"] = members(roles.map { ($0.name, $0.json) })
    object["parameters"] = parameters
    object["metrics"] = members(metrics.map { ($0.name, $0.declaration.json) })
    object["tables"] = members(tables.map { ($0.name, $0.json) })
    object["functions"] = members(functions.map { ($0.part, .string($0.prototype)) })
    object["examples"] = JSONValue(exampleCount)
    return .object(object)
  }

  private func members(_ pairs: [(String, JSONValue)]) -> JSONValue {
    var object = JSONObject()
    for (name, value) in pairs { object[name] = value }
    return .object(object)
  }
}

extension EvaluatorSummary.Role {
  fileprivate var json: JSONValue {
    [
      "types": .array(types.map(JSONValue.string)), "range": range.json,
      "optional": .bool(isOptional), "by_name": .bool(takesName), "summary": JSONValue(summary),
    ]
  }
}

extension EvaluatorSummary.Table {
  fileprivate var json: JSONValue {
    var types = JSONObject()
    for column in columns { types[column.name] = .string(column.type) }
    return ["columns": .object(types), "plot": JSONValue(plot?.rawValue), "summary": JSONValue(summary)]
  }
}

extension MetricDeclaration {
  fileprivate var json: JSONValue {
    [
      "range": range.json, "direction": .string(direction.rawValue), "exact": .bool(isExact),
      "extreme": .bool(isExtreme),
      "unit": JSONValue(unit), "basis": .string(basis.rawValue), "summary": JSONValue(summary),
    ]
  }
}

extension MetricRange {
  fileprivate var json: JSONValue { [JSONValue(lower), JSONValue(upper)] }
}
