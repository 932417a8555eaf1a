import AssayCore

extension PrototypeParser {
  /// What stands before the declarator: the base type and whether it is const.
  struct Specifiers {
    var type: CType
    var isConst: Bool
    /// The base type as it was written.
    var text: String
    var offset: Int
  }

  enum Place {
    case result
    case parameter
  }

  /// Reads qualifiers and the base type.
  mutating func specifiers(of place: Place) throws(PrototypeFault) -> Specifiers {
    let start = token.offset
    var words: [PrototypeToken] = []
    var named: (type: CType, token: PrototypeToken, text: String)?
    var isConst = false
    while token.kind == .word {
      if Self.ignoredQualifiers.contains(token.text) {
        isConst = isConst || token.text.hasSuffix("const") || token.text == "__const__"
        advance()
        continue
      }
      try refuseStorage(of: place)
      try refuseAttribute()
      try refuseWord()
      if Self.keywords.contains(token.text) {
        if let named {
          throw twoTypes(named.text, named.token)
        }
        words.append(token)
        advance()
      } else if words.isEmpty, named == nil, let type = try namedType(of: place) {
        named = type
      } else {
        break
      }
    }
    try refuseAttribute()
    if let named {
      return Specifiers(
        type: named.type, isConst: isConst, text: named.text, offset: named.token.offset)
    }
    guard let first = words.first else { throw missingType(of: place, at: start) }
    return Specifiers(
      type: try arithmeticType(words), isConst: isConst,
      text: words.map(\.text).joined(separator: " "), offset: first.offset)
  }

  private static let ignoredQualifiers: Set<String> = [
    "const", "__const", "__const__", "volatile", "__volatile__", "restrict", "__restrict",
    "__restrict__", "extern",
  ]

  private static let keywords: Set<String> = [
    "void", "bool", "_Bool", "char", "short", "int", "long", "signed", "unsigned", "float",
    "double", "_Complex", "_Imaginary", "complex",
  ]
}

extension PrototypeParser {
  /// The type that the words of C spell, in whatever order.
  private func arithmeticType(_ words: [PrototypeToken]) throws(PrototypeFault) -> CType {
    let spelled = words.map { $0.text == "_Bool" ? "bool" : $0.text }
    let sorted = spelled.sorted().joined(separator: " ")
    if let type = Self.arithmeticTypes[sorted] { return type }
    let first = words[0]
    if spelled.contains(where: { $0.lowercased().hasSuffix("complex") || $0 == "_Imaginary" }) {
      throw unsupported(
        "complex numbers are passed differently by every compiler",
        remedy: "pass the two parts as two doubles, or a const double *", at: first.offset)
    }
    if sorted == "double long" {
      throw unsupported(
        "long double differs between machines", remedy: "write double", at: first.offset)
    }
    throw syntax(
      "\"\(words.map(\.text).joined(separator: " "))\" is not a type of C",
      remedy: "write one of the standard types, such as int32_t or double", at: first.offset)
  }

  /// By the words of the type in alphabetical order.
  private static let arithmeticTypes: [String: CType] = {
    var types: [String: CType] = [
      "void": .void, "bool": .bool, "char": .character, "float": .float, "double": .double,
      "char signed": .integer(.signedChar), "char unsigned": .integer(.unsignedChar),
      "signed": .integer(.int), "unsigned": .integer(.unsignedInt),
    ]
    let spellings: [(String, CInteger, CInteger)] = [
      ("int", .int, .unsignedInt), ("short", .short, .unsignedShort),
      ("int short", .short, .unsignedShort), ("long", .long, .unsignedLong),
      ("int long", .long, .unsignedLong), ("long long", .longLong, .unsignedLongLong),
      ("int long long", .longLong, .unsignedLongLong),
    ]
    for (words, signed, unsigned) in spellings {
      types[words] = .integer(signed)
      for (sign, integer) in [("signed", signed), ("unsigned", unsigned)] {
        let sorted = (words.split(separator: " ").map(String.init) + [sign]).sorted()
        types[sorted.joined(separator: " ")] = .integer(integer)
      }
    }
    return types
  }()

  /// A type by its name: a fixed-width one, a struct, or one that the author has defined.
  private mutating func namedType(
    of place: Place
  ) throws(PrototypeFault) -> (type: CType, token: PrototypeToken, text: String)? {
    let start = token
    if ["struct", "union", "enum"].contains(start.text) { return try taggedType() }
    if let alias = types[start.text] {
      advance()
      return (alias, start, start.text)
    }
    if let integer = CInteger(rawValue: start.text) {
      advance()
      return (.integer(integer), start, start.text)
    }
    guard isTypeName(in: place) else { return nil }
    try refuseMacro()
    advance()
    return (.named(start.text), start, start.text)
  }

  /// Whether a word that is no type of C stands where only a type can stand:
  /// `real x`, `FILE *f`, and as the whole of a type in a manifest.
  private func isTypeName(in place: Place) -> Bool {
    let next = following
    if next.kind == .word { return true }
    switch next.text {
    case "*", "&", "&&", "::", "<": return true
    case "(": return place == .parameter || isFunctionPointer
    default: return false
    }
  }

  /// `real (*f)(double)`: the parenthesis opens a declarator, not parameters.
  private var isFunctionPointer: Bool {
    position + 2 < tokens.count && tokens[position + 2].text == "*"
  }

  private mutating func taggedType() throws(PrototypeFault) -> (
    type: CType, token: PrototypeToken, text: String
  ) {
    let keyword = token
    advance()
    try refuseAttribute()
    guard token.kind == .word else {
      throw syntax(
        "a \(keyword.text) without a name says nothing",
        remedy: "write its name, as in \(keyword.text) thing *")
    }
    let tag = token
    advance()
    if isAt("{") {
      throw syntax(
        "the insides of a \(keyword.text) do not belong here",
        remedy: "write \(keyword.text) \(tag.text) * alone")
    }
    let text = "\(keyword.text) \(tag.text)"
    if let alias = types[text] { return (alias, keyword, text) }
    switch keyword.text {
    case "struct": return (.structure(tag: tag.text), keyword, text)
    case "union": return (.union(tag: tag.text), keyword, text)
    default:
      throw unsupported(
        "the width of \(text) is the compiler's choice",
        remedy: "write its carrier, usually int32_t or uint32_t, or give it in the manifest: "
          + "\"types\": {\"\(text)\": \"int32_t\"}", at: keyword.offset)
    }
  }
}
