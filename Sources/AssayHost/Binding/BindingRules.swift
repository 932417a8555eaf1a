import AssayCore
import AssayJSON

/// Which types a parameter may have for what is bound to it.
enum BindingRules {
  /// What is wrong with giving the source to a parameter of that type: the type
  /// that would fit, in words; nil where it fits.
  static func complaint(about type: CType, for source: ArgumentSource) -> String? {
    switch source {
    case .input(_, let accessor): complaint(about: type, for: accessor)
    case .batchLength, .count, .first, .seed: wants(type.isInteger, "an integer such as size_t")
    case .batchArrow: wants(type.isPointer(toStruct: "ArrowArray"), "struct ArrowArray *")
    case .schemaArrow:
      wants(type.isPointer(toStruct: "ArrowSchema"), "const struct ArrowSchema *")
    case .parameter(_, let value): complaint(about: type, for: value)
    case .constant(let value): complaint(about: type, for: value)
    case .null: wants(type.isPointer, "a pointer")
    case .outScore:
      wants(
        type.pointee?.isNumber == true && !type.pointsToConst,
        "a pointer that is not const, such as double *")
    case .outScoreValidity:
      wants(type.pointsToBytes && !type.pointsToText && !type.pointsToConst, "uint8_t *")
    case .parameters(let text), .options(let text), .uri(let text):
      complaint(about: type, for: text)
    case .saved(let text):
      text == .terminated
        ? "const uint8_t * and a length, since a state is not a text" : complaint(about: type, for: text)
    case .state, .into, .from: wants(type.pointee != nil, "void *")
    case .outState: wants(type.pointee?.pointee != nil && !type.pointsToConst, "void **")
    case .sink, .sinks: wants(type.isPointer(toStruct: "assay_sink"), "const struct assay_sink *")
    case .writer: wants(type.isPointer(toStruct: "assay_writer"), "const struct assay_writer *")
    case .error:
      wants(
        type.isPointer(toStruct: "assay_error") && !type.pointsToConst, "struct assay_error *")
    case .services:
      wants(type.isPointer(toStruct: "assay_services"), "const struct assay_services *")
    case .service(let service): complaint(about: type, for: service)
    case .evaluator:
      if case .function = type { nil } else { "a function pointer, as in double (*similarity)(const char *output)" }
    case .outArray: wants(type.isPointer(toStruct: "ArrowArray"), "struct ArrowArray *")
    case .outSchema: wants(type.isPointer(toStruct: "ArrowSchema"), "struct ArrowSchema *")
    case .stream: wants(type.isPointer(toStruct: "ArrowArrayStream"), "struct ArrowArrayStream *")
    }
  }

  private static func wants(_ fits: Bool, _ type: String) -> String? { fits ? nil : type }

  private static func complaint(
    about type: CType, for accessor: ArgumentSource.Accessor
  ) -> String? {
    switch accessor {
    case .value: return wants(type.isNumber || type == .bool, "a number such as double")
    case .length: return wants(type.countsElements, "size_t")
    case .pointer:
      let fits = type.pointsToBytes || type.pointee?.columnType != nil
      return wants(fits && type.pointsToConst, "a pointer to const, such as const char *")
    case .terminated: return wants(type.pointsToText && type.pointsToConst, "const char *")
    case .values:
      let fits = type.pointsToBytes || type.pointee?.columnType != nil
      return wants(fits && type.pointsToConst, "a pointer to const, such as const double *")
    case .validity:
      return wants(
        type.pointsToBytes && !type.pointsToText && type.pointsToConst, "const uint8_t *")
    case .offsets:
      guard case .integer(let integer)? = type.pointee, integer.isSigned, integer.byteCount >= 4
      else { return "const int32_t *, or const int64_t * for long columns" }
      return wants(type.pointsToConst, "const int32_t *, or const int64_t * for long columns")
    }
  }

  private static func complaint(about type: CType, for text: ArgumentSource.Text) -> String? {
    switch text {
    case .pointer: wants(type.pointsToBytes && type.pointsToConst, "const char *")
    case .length: wants(type.countsElements, "size_t")
    case .terminated: wants(type.pointsToText && type.pointsToConst, "const char *")
    }
  }

  private static func complaint(
    about type: CType, for service: ArgumentSource.Service
  ) -> String? {
    guard case .function(let callback) = type else { return signature(of: service) }
    let types = callback.parameters.map(\.type)
    let fits =
      switch service {
      case .log:
        types.contains { $0.pointsToText } && types.count <= 3
          && types.allSatisfy { $0.pointsToText || $0.isInteger }
      case .progress: types == [.double] || types == [.float]
      case .cancelled: types.isEmpty && (callback.result.isInteger || callback.result == .bool)
      }
    return wants(fits, signature(of: service))
  }

  private static func signature(of service: ArgumentSource.Service) -> String {
    switch service {
    case .log: "void (*log)(int, const char *)"
    case .progress: "void (*progress)(double)"
    case .cancelled: "int (*cancelled)(void)"
    }
  }
}

extension BindingRules {
  /// What kind of value a parameter of that type takes where the given one does not fit.
  static func complaint(about type: CType, for value: JSONValue?) -> String? {
    switch type {
    case .double, .float:
      return wants(value == nil || value?.doubleValue != nil, "a type that takes the value")
    case .bool: return wants(value == nil || value?.boolValue != nil, "a type that takes the value")
    case .integer(let integer):
      guard let value else { return nil }
      return wants(value.integerValue.map(integer.contains) == true, "a type that takes the value")
    case .pointer where type.pointsToText && type.pointsToConst:
      return wants(value == nil || value?.stringValue != nil, "a type that takes the value")
    default: return "a number, bool or const char *"
    }
  }
}

extension CInteger {
  /// Whether the integer is among the values of this type.
  func contains(_ value: Int64) -> Bool {
    if byteCount == 8 { return isSigned || value >= 0 }
    let bits = Int64(byteCount * 8)
    return isSigned
      ? (-(1 << (bits - 1))..<(1 << (bits - 1))).contains(value) : (0..<(1 << bits)).contains(value)
  }
}
