import AssayCore

extension PrototypeParser {
  /// Reads the parameters of a function or of a function pointer.
  mutating func function(of declarator: Declarator) throws(PrototypeFault) -> Derivation {
    try enter()
    lists += 1
    defer {
      depth -= 1
      lists -= 1
    }
    let isOutermost = lists == 1 && declarator.derivations.isEmpty
    let open = token.offset
    advance()
    if isAt(")") { throw unprototyped(declarator.name, at: open) }
    if isAt("void"), following.text == ")" {
      advance()
      advance()
      return .function([], offset: open)
    }
    var parameters: [Prototype.Parameter] = []
    var offsets: [Int] = []
    repeat {
      offsets.append(token.offset)
      parameters.append(try parameter(at: parameters.count))
    } while take(",")
    guard take(")") else { throw unclosedParameters() }
    try check(parameters, offsets, isCallback: !isOutermost)
    return .function(parameters, offset: open)
  }

  private mutating func parameter(at index: Int) throws(PrototypeFault) -> Prototype.Parameter {
    if isAt("...") {
      throw PrototypeFault(
        .prototypeVariadic, "a function with any number of arguments needs one call per list of types",
        remedy: "write or export a function with the parameters that you need", at: token.offset)
    }
    let specifiers = try specifiers(of: .parameter)
    let declarator = try declarator(isParameter: true)
    let form = try apply(declarator.derivations[...], to: specifiers)
    try refuseAfterParameter()
    let name = declarator.name?.text ?? ""
    switch form {
    case .function(let prototype):
      return Prototype.Parameter(name: name, type: .function(prototype))
    case .array(let element, let isConst, let extent):
      try checkElement(element, specifiers, name: name.isEmpty ? nil : name)
      return Prototype.Parameter(
        name: name, type: .pointer(to: element, isConst: isConst), extent: extent)
    case .value(let type, _):
      try checkComplete(
        type, specifiers, isResult: false, name: name.isEmpty ? nil : name)
      return Prototype.Parameter(name: name, type: type)
    }
  }

  private func checkElement(
    _ element: CType, _ specifiers: Specifiers, name: String?
  ) throws(PrototypeFault) {
    switch element {
    case .structure, .union, .named:
      try checkComplete(element, specifiers, isResult: false, name: name)
    default: return
    }
  }

  private func refuseAfterParameter() throws(PrototypeFault) {
    switch token.text {
    case "=":
      throw syntax(
        "C has no default arguments",
        remedy: "leave it out and bind the parameter with a default, as in param:NAME=0.5")
    case ":":
      throw unsupported(
        "bit-fields are parts of a struct", remedy: "write a whole integer, such as uint32_t",
        at: token.offset)
    default: try refuseAttribute()
    }
  }

  private func unprototyped(_ name: PrototypeToken?, at offset: Int) -> PrototypeFault {
    PrototypeFault(
      .prototypeUnprototyped, "() does not say what the function takes",
      remedy: "write \(name?.text ?? "")(void) if it takes nothing, else its parameters", at: offset)
  }

  private func unclosedParameters() -> PrototypeFault {
    if token.kind == .end {
      return syntax("the parameters are not closed", remedy: "write \")\" at the end")
    }
    if token.text == ";" {
      return syntax("parameters are separated by commas", remedy: "write \",\" or \")\"")
    }
    if token.kind == .word {
      return syntax(
        "\"\(token.text)\" follows a complete parameter",
        remedy: "write \",\" before it, or one name only")
    }
    return syntax(
      "\"\(token.text)\" does not belong into a parameter", remedy: "write \",\" or \")\"")
  }
}

extension PrototypeParser {
  private func check(
    _ parameters: [Prototype.Parameter], _ offsets: [Int], isCallback: Bool
  ) throws(PrototypeFault) {
    guard parameters.count <= Prototype.parameterLimit else {
      throw PrototypeFault(
        .prototypeTooManyParameters,
        "a function may have \(Prototype.parameterLimit) parameters, and this has \(parameters.count)",
        remedy: "pass a pointer to an array or a struct", at: offsets[Prototype.parameterLimit])
    }
    var seen: Set<String> = []
    for (index, parameter) in parameters.enumerated() {
      try checkName(of: parameter, index, seen, at: offsets[index], isCallback: isCallback)
      seen.insert(parameter.name)
      try checkExtent(of: parameter, parameters, at: offsets[index])
      if isCallback, case .function = parameter.type {
        throw PrototypeFault(
          .prototypeCallback, "a callback cannot take a callback",
          remedy: "write void * for it, or take the callback as a parameter of the function itself",
          at: offsets[index])
      }
    }
  }

  private func checkName(
    of parameter: Prototype.Parameter, _ index: Int, _ seen: Set<String>, at offset: Int,
    isCallback: Bool
  ) throws(PrototypeFault) {
    if parameter.name.isEmpty {
      guard !isCallback else { return }
      let named = parameter.type.declaration(of: index == 0 ? "x" : "x\(index + 1)")
      throw PrototypeFault(
        .prototypeUnnamedParameter,
        "parameter \(index + 1) has no name, and nothing can be bound to it",
        remedy: "write for example \(named)", at: offset)
    }
    guard !seen.contains(parameter.name) else {
      throw PrototypeFault(
        .prototypeDuplicateParameter, "two parameters are called \(parameter.name)",
        remedy: "rename one of them", at: offset)
    }
  }

  private func lengthRemedy(for name: String, _ parameters: [Prototype.Parameter]) -> String {
    let lengths = parameters.filter { if case .integer = $0.type { true } else { false } }
    if let near = nearNames(to: name, in: lengths.map(\.name)).first { return "write [\(near)], or []" }
    return "write the name of the parameter that holds the length, or []"
  }

  private func checkExtent(
    of parameter: Prototype.Parameter, _ parameters: [Prototype.Parameter], at offset: Int
  ) throws(PrototypeFault) {
    guard case .parameter(let name)? = parameter.extent else { return }
    guard let length = parameters.first(where: { $0.name == name }) else {
      throw syntax(
        "no parameter is called \(name)", remedy: lengthRemedy(for: name, parameters), at: offset)
    }
    guard case .integer = length.type else {
      throw syntax(
        "\(name) is not an integer and cannot be a length", remedy: "write []", at: offset)
    }
  }
}
