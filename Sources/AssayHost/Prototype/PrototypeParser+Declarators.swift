import AssayCore

extension PrototypeParser {
  /// A step from a name outward to its type.
  indirect enum Derivation {
    case pointer(isConst: Bool)
    case array(Prototype.Extent?, offset: Int)
    case function([Prototype.Parameter], offset: Int)
  }

  struct Declarator {
    var name: PrototypeToken?
    /// From the name outward.
    var derivations: [Derivation] = []
  }

  /// What a declarator makes of its base type.
  indirect enum Form {
    case value(CType, isConst: Bool)
    case array(of: CType, isConst: Bool, extent: Prototype.Extent?)
    case function(Prototype)
  }

  /// Reads stars, then a name or a parenthesis, then brackets and parameters.
  mutating func declarator(isParameter: Bool) throws(PrototypeFault) -> Declarator {
    try enter()
    defer { depth -= 1 }
    var pointers: [Derivation] = []
    while isAt("*") {
      guard pointers.count < 8 else {
        throw syntax("a pointer of so many levels has no use", remedy: "write void *")
      }
      pointers.append(try pointer())
    }
    try refuseMarks()
    var declarator = try innerDeclarator(isParameter: isParameter)
    while true {
      if isAt("[") {
        declarator.derivations.append(try array())
      } else if isAt("(") {
        declarator.derivations.append(try function(of: declarator))
      } else {
        break
      }
    }
    declarator.derivations += pointers.reversed()
    return declarator
  }

  private mutating func pointer() throws(PrototypeFault) -> Derivation {
    advance()
    var isConst = false
    while token.kind == .word {
      switch token.text {
      case "const", "__const", "__const__": isConst = true
      case "volatile", "restrict", "__restrict", "__restrict__", "__volatile__": break
      default:
        try refuseAttribute()
        return .pointer(isConst: isConst)
      }
      advance()
    }
    return .pointer(isConst: isConst)
  }

  /// Marks that other languages put where C has a star or a name.
  private func refuseMarks() throws(PrototypeFault) {
    switch token.text {
    case "&", "&&":
      throw syntax("references are C++", remedy: "write a pointer: \"*\" instead of \"\(token.text)\"")
    case "::", "<":
      throw syntax(
        "\"\(token.text)\" is C++", remedy: "write const char * for a text, a pointer for all else")
    case "^": throw syntax("blocks are not C", remedy: "write a function pointer, with \"*\"")
    default: try refuseAttribute()
    }
  }

  private mutating func innerDeclarator(isParameter: Bool) throws(PrototypeFault) -> Declarator {
    if token.kind == .word, !isTypeWord(token.text) {
      let name = token
      advance()
      try refuseMarks()
      return Declarator(name: name)
    }
    guard isAt("("), opensDeclarator(isParameter: isParameter) else { return Declarator() }
    advance()
    try refuseAttribute()
    let inner = try declarator(isParameter: isParameter)
    guard take(")") else {
      throw syntax("a \")\" is missing", remedy: "close the parenthesis around the name")
    }
    return inner
  }

  /// `(*f)` and `(f)` open a declarator, `(double)` and `()` open parameters.
  private func opensDeclarator(isParameter: Bool) -> Bool {
    let next = following
    if next.text == "*" || next.text == "(" || next.text == "^" { return true }
    if next.text == "__attribute__" || next.text.hasPrefix("__std") { return true }
    guard next.kind == .word, !isTypeWord(next.text) else { return false }
    let afterNext = tokens[min(position + 2, tokens.count - 1)]
    return [")", "(", "["].contains(afterNext.text)
  }

  private func isTypeWord(_ text: String) -> Bool {
    types[text] != nil || CInteger(rawValue: text) != nil || Self.reserved.contains(text)
  }

  private static let reserved: Set<String> = [
    "void", "bool", "_Bool", "char", "short", "int", "long", "signed", "unsigned", "float",
    "double", "struct", "union", "enum", "const", "volatile", "restrict", "_Complex", "static",
  ]

  private mutating func array() throws(PrototypeFault) -> Derivation {
    let offset = token.offset
    advance()
    while ["static", "const", "restrict", "volatile", "__restrict"].contains(token.text) { advance() }
    var extent: Prototype.Extent?
    switch token.kind {
    case .number:
      guard let count = Int(token.text), count > 0 else {
        throw syntax("\"\(token.text)\" is not a count of elements", remedy: "write a whole number, or []")
      }
      extent = .constant(count)
      advance()
    case .word:
      extent = .parameter(token.text)
      advance()
    default:
      if isAt("*") { advance() }
    }
    guard take("]") else {
      throw syntax(
        "only a parameter's name or a number belongs between brackets",
        remedy: "write [] and pass the length as a parameter of its own")
    }
    return .array(extent, offset: offset)
  }
}

extension PrototypeParser {
  /// Builds the type from the outside in: the last derivation is the nearest to
  /// the base type.
  func apply(
    _ derivations: ArraySlice<Derivation>, to specifiers: Specifiers
  ) throws(PrototypeFault) -> Form {
    var form = Form.value(specifiers.type, isConst: specifiers.isConst)
    for derivation in derivations.reversed() {
      switch derivation {
      case .pointer(let isConst): form = try pointer(to: form, isConst: isConst, specifiers)
      case .array(let extent, let offset): form = try array(of: form, extent, specifiers, at: offset)
      case .function(let parameters, let offset):
        form = try function(returning: form, parameters, specifiers, at: offset)
      }
    }
    return form
  }

  private func pointer(
    to form: Form, isConst: Bool, _ specifiers: Specifiers
  ) throws(PrototypeFault) -> Form {
    switch form {
    case .value(let type, let pointsToConst):
      return .value(.pointer(to: type, isConst: pointsToConst), isConst: isConst)
    case .function(let prototype): return .value(.function(prototype), isConst: isConst)
    case .array:
      throw unsupported(
        "a pointer to an array has a size in its type",
        remedy: "write a pointer to the elements: \(specifiers.text) *", at: specifiers.offset)
    }
  }

  private func array(
    of form: Form, _ extent: Prototype.Extent?, _ specifiers: Specifiers, at offset: Int
  ) throws(PrototypeFault) -> Form {
    switch form {
    case .value(let type, let isConst):
      if case .void = type {
        throw syntax("void has no elements", remedy: "write void *", at: offset)
      }
      return .array(of: type, isConst: isConst, extent: extent)
    case .array:
      throw unsupported(
        "an array of arrays has a size in its type",
        remedy: "write a pointer to the elements, \(specifiers.text) *, and the sizes as parameters",
        at: offset)
    case .function:
      throw syntax("functions have no arrays", remedy: "write a function pointer", at: offset)
    }
  }

  func checkResult(_ result: CType, _ specifiers: Specifiers) throws(PrototypeFault) {
    if case .function = result {
      throw PrototypeFault(
        .prototypeCallback, "a function that returns a function pointer cannot be bound",
        remedy: "write void * as the result", at: specifiers.offset)
    }
    try checkComplete(result, specifiers, isResult: true, name: nil)
  }

  private func function(
    returning form: Form, _ parameters: [Prototype.Parameter], _ specifiers: Specifiers,
    at offset: Int
  ) throws(PrototypeFault) -> Form {
    guard case .value(let result, _) = form else {
      throw syntax("a function returns a value", remedy: "write void * as the result", at: offset)
    }
    try checkResult(result, specifiers)
    return .function(Prototype(name: "", result: result, parameters: parameters))
  }
}
