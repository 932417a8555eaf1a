/// A recursive-descent parser for one C declaration.
///
/// C's declarators are read from the inside out: the name first, then what
/// stands behind it, then the stars before it. The parser follows the grammar of
/// C11 6.7.6 and collects ``Derivation`` values in that order.
struct PrototypeParser {
  let tokens: [PrototypeToken]
  let types: [String: CType]
  var position = 0
  /// How many declarators and parameter lists are open, so that a hostile text
  /// cannot exhaust the stack.
  var depth = 0
  /// How many parameter lists are open; in the second one stands a callback.
  var lists = 0

  init(_ declaration: String, types: [String: CType]) {
    tokens = PrototypeToken.split(declaration)
    self.types = types
  }

  /// The whole declaration.
  mutating func prototype() throws(PrototypeFault) -> Prototype {
    try checkBeginning()
    let specifiers = try specifiers(of: .result)
    let declarator = try declarator(isParameter: false)
    let name = try functionName(of: declarator, specifiers)
    try checkEnd()
    let form = try apply(declarator.derivations.dropFirst(), to: specifiers)
    let parameters: [Prototype.Parameter]
    switch declarator.derivations.first {
    case .function(let list, _): parameters = list
    default: throw notAFunction(name, specifiers)
    }
    guard case .value(let result, _) = form else { throw functionResult(form, at: specifiers.offset) }
    try checkResult(result, specifiers)
    return Prototype(name: name.text, result: result, parameters: parameters)
  }

  /// A type with nothing else.
  mutating func lonelyType() throws(PrototypeFault) -> CType {
    let specifiers = try specifiers(of: .parameter)
    let declarator = try declarator(isParameter: true)
    guard token.kind == .end, declarator.name == nil else {
      throw syntax("only a type belongs here", remedy: "write for example int32_t or struct box *")
    }
    guard case .value(let type, _) = try apply(declarator.derivations[...], to: specifiers) else {
      throw syntax("this is not a type of a value", remedy: "write for example int32_t")
    }
    try checkComplete(type, specifiers, isResult: false, name: nil)
    return type
  }
}

extension PrototypeParser {
  var token: PrototypeToken { tokens[position] }

  /// The token after the current one.
  var following: PrototypeToken { tokens[min(position + 1, tokens.count - 1)] }

  mutating func advance() { position = min(position + 1, tokens.count - 1) }

  func isAt(_ text: String) -> Bool { token.kind != .end && token.text == text }

  mutating func take(_ text: String) -> Bool {
    guard isAt(text) else { return false }
    advance()
    return true
  }

  func syntax(_ reason: String, remedy: String, at offset: Int? = nil) -> PrototypeFault {
    PrototypeFault(.prototypeSyntax, reason, remedy: remedy, at: offset ?? token.offset)
  }

  /// Counts a level of nesting; sixteen are more than any real declaration has.
  mutating func enter() throws(PrototypeFault) {
    depth += 1
    guard depth <= 16 else {
      throw syntax("the declaration nests too deep", remedy: "write it without needless parentheses")
    }
  }
}

extension PrototypeParser {
  private func checkBeginning() throws(PrototypeFault) {
    guard token.kind != .end else {
      throw syntax("there is no declaration", remedy: "write for example double f(double x)")
    }
    if isAt("#") {
      throw syntax(
        "there is no preprocessor", remedy: "write the declaration as the compiler sees it")
    }
    if isAt("extern"), following.kind == .text {
      throw syntax(
        "extern \"C\" is C++", remedy: "leave \(following.text) out and write the declaration alone",
        at: following.offset)
    }
    if isAt("template") || isAt("using") || isAt("namespace") {
      throw syntax(
        "\"\(token.text)\" is C++",
        remedy: "export a function with extern \"C\" and write its C declaration")
    }
  }

  private mutating func checkEnd() throws(PrototypeFault) {
    let hasSemicolon = take(";")
    guard token.kind != .end else { return }
    if hasSemicolon {
      throw syntax("something follows the declaration", remedy: "write one declaration only")
    }
    switch token.text {
    case ",": throw syntax("a second declaration begins here", remedy: "write one declaration only")
    case "{":
      throw syntax("a body is not part of a declaration", remedy: "end it with \")\" or \");\"")
    case "=": throw syntax("a function has no value", remedy: "end the declaration with \")\"")
    case "const", "noexcept", "throw", "override", "->":
      throw syntax(
        "\"\(token.text)\" after the parameters is C++", remedy: "end the declaration with \")\"")
    default:
      try refuseAttribute()
      throw syntax(
        "\"\(token.text)\" does not belong after the parameters",
        remedy: "end the declaration with \")\" or \");\"")
    }
  }

  private func functionName(
    of declarator: Declarator, _ specifiers: Specifiers
  ) throws(PrototypeFault) -> PrototypeToken {
    guard let name = declarator.name else {
      throw syntax(
        "the function has no name",
        remedy: "write the name of the symbol before the parameters, as in double f(double x)")
    }
    guard case .function? = declarator.derivations.first else { throw notAFunction(name, specifiers) }
    return name
  }

  private func notAFunction(_ name: PrototypeToken, _ specifiers: Specifiers) -> PrototypeFault {
    PrototypeFault(
      .prototypeNotAFunction, "\(name.text) is not declared as a function",
      remedy: "write its parameters in parentheses, as in \(specifiers.text) \(name.text)(double x)",
      at: name.offset)
  }

  private func functionResult(_ form: Form, at offset: Int) -> PrototypeFault {
    if case .array = form {
      return syntax(
        "a function cannot return an array", remedy: "write a pointer to its elements", at: offset)
    }
    return syntax("a function cannot return a function", remedy: "write void *", at: offset)
  }
}
