import AssayCore

extension PrototypeParser {
  func unsupported(_ reason: String, remedy: String, at offset: Int) -> PrototypeFault {
    PrototypeFault(.prototypeUnsupportedType, reason, remedy: remedy, at: offset)
  }

  func missingType(of place: Place, at offset: Int) -> PrototypeFault {
    let name = token.kind == .word ? token.text : nil
    switch place {
    case .result:
      return PrototypeFault(
        .prototypeMissingType, "the result has no type, and none is assumed",
        remedy: "write it first, as in double \(name ?? "f")(…), or void", at: offset)
    case .parameter:
      guard let name else {
        return syntax("a parameter belongs here", remedy: "write a type and a name, as in double x")
      }
      return PrototypeFault(
        .prototypeMissingType, "\"\(name)\" is a type or a name, and a parameter needs both",
        remedy: isKnownName(name) ?? "write for example double \(name)", at: offset)
    }
  }

  private func isKnownName(_ name: String) -> String? {
    Self.foreignTypes[name].map { "write \($0) and a name" }
  }

  func twoTypes(_ first: String, _ token: PrototypeToken) -> PrototypeFault {
    if first.allSatisfy({ $0.isUppercase || $0 == "_" || $0.isNumber }) {
      return PrototypeFault(
        .prototypeAttribute, "\(first) is not a type, and there is no preprocessor",
        remedy: "leave the macro \(first) out", at: token.offset)
    }
    return syntax(
      "\(first) and \(self.token.text) are two types", remedy: "write one of them")
  }

  /// Storage classes and `inline` say that there is no symbol, or say nothing.
  func refuseStorage(of place: Place) throws(PrototypeFault) {
    switch token.text {
    case "static", "inline", "__inline", "__inline__":
      throw PrototypeFault(
        .prototypeAttribute, "\(token.text) says that the function is not exported",
        remedy: "leave \(token.text) out, and export the function", at: token.offset)
    case "typedef":
      throw PrototypeFault(
        .prototypeNotAFunction, "a typedef declares no function",
        remedy: "write the declaration of a function; other names of types go into the manifest's \"types\"",
        at: token.offset)
    case "register", "auto", "thread_local", "_Thread_local":
      throw PrototypeFault(
        .prototypeAttribute, "\(token.text) does not belong to a type",
        remedy: "leave \(token.text) out", at: token.offset)
    default: return
    }
  }

  /// Attributes, calling conventions and nullability.
  func refuseAttribute() throws(PrototypeFault) {
    guard token.kind != .end else { return }
    let text = token.text
    if Self.conventions.contains(text) {
      throw PrototypeFault(
        .prototypeAttribute, "\(text) changes how the function is called",
        remedy: "export a function with the platform's own calling convention", at: token.offset)
    }
    guard Self.attributes.contains(text) || text == "[[" else { return }
    let shown = text == "[[" ? "the attribute" : text
    throw PrototypeFault(
      .prototypeAttribute, "attributes are not understood, since some of them change the call",
      remedy: "leave \(shown) out", at: token.offset)
  }

  private static let conventions: Set<String> = [
    "__stdcall", "__cdecl", "__fastcall", "__thiscall", "__vectorcall", "__pascal", "WINAPI",
    "STDCALL", "CALLBACK", "APIENTRY",
  ]

  private static let attributes: Set<String> = [
    "__attribute__", "__attribute", "__declspec", "_Noreturn", "noreturn", "_Nonnull", "_Nullable",
    "_Null_unspecified", "__nonnull", "_Alignas", "alignas", "_Atomic", "__extension__", "__asm__",
    "asm", "__block", "__unsafe_unretained", "__THROW", "__wur",
  ]

  /// Types of C that are not passed the same way everywhere, and words of other languages.
  func refuseWord() throws(PrototypeFault) {
    let text = token.text
    if types[text] != nil { return }
    if let (reason, remedy) = Self.unsupportedTypes[text] {
      throw unsupported(reason, remedy: remedy, at: token.offset)
    }
    if text.hasPrefix("__m128") || text.hasPrefix("__m256") || text.hasPrefix("__m512") {
      throw unsupported(
        "vectors are passed differently by every processor",
        remedy: "pass a pointer to the elements, as in const float *", at: token.offset)
    }
    if let better = Self.foreignTypes[text], isForeignType {
      throw PrototypeFault(
        .prototypeUnknownType, "\(text) is not a type of C", remedy: "write \(better)",
        at: token.offset)
    }
  }

  /// Whether the word stands as a type rather than as a name.
  private var isForeignType: Bool {
    following.kind == .word || following.text == "*" || following.text == "::"
      || following.text == "&" || following.text == "<"
  }

  private static let unsupportedTypes: [String: (String, String)] = [
    "__int128": ("integers of 128 bits are not portable", "write int64_t, or pass two of them"),
    "__int128_t": ("integers of 128 bits are not portable", "write int64_t, or pass two of them"),
    "__uint128_t": ("integers of 128 bits are not portable", "write uint64_t, or pass two of them"),
    "_BitInt": ("integers of odd widths are not portable", "write int32_t or int64_t"),
    "_Float16": ("half floats are not portable", "write float"),
    "__fp16": ("half floats are not portable", "write float"),
    "__bf16": ("half floats are not portable", "write float"),
    "_Float32": ("this spelling is not understood", "write float"),
    "_Float64": ("this spelling is not understood", "write double"),
    "_Float128": ("floats of 128 bits are not portable", "write double"),
    "__float128": ("floats of 128 bits are not portable", "write double"),
    "_Decimal32": ("decimal floats are not portable", "write double"),
    "_Decimal64": ("decimal floats are not portable", "write double"),
    "_Decimal128": ("decimal floats are not portable", "write double"),
    "wchar_t": (
      "the width of wchar_t differs between machines",
      "write const char * for a text, or int32_t for one code point"
    ),
    "char8_t": ("texts are passed as UTF-8 in char", "write const char *"),
    "char16_t": ("texts are passed as UTF-8 in char", "write const char *"),
    "char32_t": ("texts are passed as UTF-8 in char", "write const char *, or uint32_t for one code point"),
    "va_list": ("an argument list cannot be made from data", "write the parameters one by one"),
    "__builtin_va_list": (
      "an argument list cannot be made from data", "write the parameters one by one"
    ),
  ]

  /// What people write who come from another language.
  static let foreignTypes: [String: String] = [
    "i8": "int8_t", "i16": "int16_t", "i32": "int32_t", "i64": "int64_t", "isize": "intptr_t",
    "u8": "uint8_t", "u16": "uint16_t", "u32": "uint32_t", "u64": "uint64_t", "usize": "size_t",
    "f32": "float", "f64": "double", "int8": "int8_t", "int16": "int16_t", "int32": "int32_t",
    "int64": "int64_t", "uint8": "uint8_t", "uint16": "uint16_t", "uint32": "uint32_t",
    "uint64": "uint64_t", "float32": "float", "float64": "double", "float32_t": "float",
    "float64_t": "double", "double_t": "double", "float_t": "float", "uint": "unsigned int",
    "ulong": "unsigned long", "ushort": "unsigned short", "uchar": "unsigned char",
    "byte": "uint8_t", "Int": "intptr_t", "Int32": "int32_t", "Int64": "int64_t",
    "UInt": "uintptr_t", "Double": "double", "Float": "float", "Bool": "bool", "BOOL": "int",
    "boolean": "bool", "string": "const char *", "String": "const char *", "str": "const char *",
    "std": "const char * with a size_t for a text, const double * with a size_t for numbers",
    "DWORD": "uint32_t", "LONG": "int32_t", "ptrdiff": "ptrdiff_t", "size": "size_t",
    "c_int": "int", "c_double": "double", "c_char": "const char *",
  ]

  /// `EXPORT double f(…)`: a word before a type is a macro.
  func refuseMacro() throws(PrototypeFault) {
    let next = following
    let isBeforeType =
      next.kind == .word
      && (CInteger(rawValue: next.text) != nil || Self.plainTypeWords.contains(next.text)
        || types[next.text] != nil)
    guard isBeforeType else { return }
    throw PrototypeFault(
      .prototypeAttribute, "\(token.text) is not a type, and there is no preprocessor",
      remedy: "leave the macro \(token.text) out", at: token.offset)
  }

  private static let plainTypeWords: Set<String> = [
    "void", "bool", "_Bool", "char", "short", "int", "long", "signed", "unsigned", "float",
    "double", "struct", "union", "enum", "const",
  ]
}

extension PrototypeParser {
  /// A value needs a type of known size; what is opaque stays behind a pointer.
  func checkComplete(
    _ type: CType, _ specifiers: Specifiers, isResult: Bool, name: String?
  ) throws(PrototypeFault) {
    let thing = isResult ? "the result" : name.map { "\"\($0)\"" } ?? "a parameter"
    let declarator = name ?? (isResult ? "" : "x")
    switch type {
    case .void where !isResult:
      throw syntax(
        "void is not the type of a value",
        remedy: "write (void) alone for no parameters, or void *\(declarator)",
        at: specifiers.offset)
    case .character:
      throw unsupported(
        "a plain char is signed on some machines and unsigned on others",
        remedy: "write int8_t or uint8_t for a number, const char * for a text",
        at: specifiers.offset)
    case .structure, .union:
      throw unsupported(
        "\(thing) is a \(specifiers.text) by value, which is passed differently by every machine",
        remedy: isResult
          ? "let the function fill a \(specifiers.text) * that it is given, or return its numbers one by one"
          : "write const \(specifiers.text) *\(declarator), or pass its numbers one by one",
        at: specifiers.offset)
    case .named(let text):
      let known = CInteger.allCases.map(\.rawValue) + ["double", "float", "bool"]
      let near = nearNames(to: text, in: known)
      throw PrototypeFault(
        .prototypeUnknownType, "\(text) is not a type of C, and its size is not known",
        remedy: near.isEmpty
          ? "write the type behind it, or give it in the manifest: "
            + "\"types\": {\"\(text)\": \"int32_t\"}"
          : "write \(near.joined(separator: " or "))", at: specifiers.offset)
    default: return
    }
  }
}
