import AssayCore
import AssayJSON

/// The schema of an evaluator's parameters, as its call needs it.
enum CallParameters {
  /// The declared schema with the defaults of the bindings, or one made from
  /// the bindings where nothing is declared.
  static func schema(
    of function: BoundFunction, declared: JSONValue?
  ) throws(AssayError) -> JSONValue {
    var root = declared?.objectValue ?? ["type": "object"]
    var properties = root["properties"]?.objectValue ?? JSONObject()
    var required = root["required"]?.arrayValue ?? []
    var bindings: [String: JSONValue?] = [:]
    for (parameter, source) in zip(function.prototype.parameters, function.arguments) {
      guard case .parameter(let name, let value) = source else { continue }
      if let other = bindings.updateValue(value, forKey: name), other != value {
        throw AssayError(
          .bindingTwice, "param:\(name) is bound with two defaults; write one of them",
          details: ["parameter": name])
      }
      var property = properties[name]?.objectValue ?? schema(of: parameter.type)
      if property["default"] == nil, let value { property["default"] = value }
      properties[name] = .object(property)
      if declared == nil, value == nil, !required.contains(.string(name)) {
        required.append(.string(name))
      }
    }
    guard declared != nil || !properties.isEmpty else { return .object(root) }
    root["properties"] = .object(properties)
    if !required.isEmpty { root["required"] = .array(required) }
    return .object(root)
  }

  private static func schema(of type: CType) -> JSONObject {
    switch type {
    case .bool: return ["type": "boolean"]
    case .float, .double: return ["type": "number"]
    case .integer(let integer): return schema(of: integer)
    default: return ["type": "string"]
    }
  }

  private static func schema(of integer: CInteger) -> JSONObject {
    var object: JSONObject = ["type": "integer"]
    let bits = integer.byteCount * 8
    if bits < 64 {
      object["minimum"] = .integer(integer.isSigned ? -(1 << (bits - 1)) : 0)
      object["maximum"] = .integer((1 << (integer.isSigned ? bits - 1 : bits)) - 1)
    } else if !integer.isSigned {
      object["minimum"] = 0
    }
    return object
  }
}
