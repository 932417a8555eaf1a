extension Prototype: CustomStringConvertible {
  /// The declaration in one canonical spelling, without a semicolon.
  public var description: String {
    result.declaration(of: "\(name)(\(parameterList))")
  }

  var parameterList: String {
    guard !parameters.isEmpty else { return "void" }
    return parameters.map(\.description).joined(separator: ", ")
  }
}

extension Prototype.Parameter: CustomStringConvertible {
  /// The parameter as C writes it.
  public var description: String {
    guard let extent, case .pointer(let pointee, let isConst) = type else {
      return type.declaration(of: name)
    }
    let count =
      switch extent {
      case .parameter(let name): name
      case .constant(let count): String(count)
      }
    return pointee.declaration(of: "\(name)[\(count)]", isConst: isConst)
  }
}

extension CType: CustomStringConvertible {
  /// The type in one canonical spelling.
  public var description: String { declaration(of: "") }

  /// The declaration of something of this type: C wraps the type around the name.
  func declaration(of declarator: String, isConst: Bool = false) -> String {
    switch self {
    case .pointer(let pointee, let pointsToConst):
      return pointee.declaration(
        of: (isConst ? "*const" : "*") + separator(before: declarator, isConst) + declarator,
        isConst: pointsToConst)
    case .function(let prototype):
      let inner = (isConst ? "*const" : "*") + separator(before: declarator, isConst) + declarator
      return prototype.result.declaration(of: "(\(inner))(\(prototype.parameterList))")
    default:
      let base = (isConst ? "const " : "") + baseName
      return declarator.isEmpty ? base : "\(base) \(declarator)"
    }
  }

  private func separator(before declarator: String, _ isConst: Bool) -> String {
    isConst && !declarator.isEmpty ? " " : ""
  }

  private var baseName: String {
    switch self {
    case .void: "void"
    case .bool: "bool"
    case .integer(let integer): integer.rawValue
    case .float: "float"
    case .double: "double"
    case .character: "char"
    case .structure(let tag): "struct \(tag)"
    case .union(let tag): "union \(tag)"
    case .named(let name): name
    case .pointer, .function: ""
    }
  }
}
