import AssayCore
import AssayJSON

extension CallPlan {
  /// What a bound function becomes once the parameters are known.
  struct Lowering {
    /// The library's path, or its name where the loader searches for it.
    var library: String
    /// Validated, with defaults.
    var parameters: JSONObject
    /// The roles that have a column. A role that is optional and has none is given as
    /// a null pointer, a length of 0, or NaN.
    var boundRoles: Set<String>
  }

  /// The plan of a function that scores rows or columns.
  ///
  /// - Throws: `binding.unbound` where an integer parameter's role has no column,
  ///   `parameter.invalid` where a parameter does not fit its C type.
  init(
    scoring function: BoundFunction, result: ResultDefinition, with lowering: Lowering
  ) throws(AssayError) {
    try self.init(function, with: lowering)
    checksErrno = result.readsErrno
    undefined =
      switch result.undefined {
      case .none: .none
      case .nan: .nan
      case .negative: .negative
      }
    returns =
      switch result.returns {
      case .score, .value: .score
      case .bool: .truth
      case .status: .status(ok: result.okValues)
      case .ignore: .ignored
      }
  }

  /// The plan of a function that plays a role, or of a reader: what it returns is a
  /// status, if anything.
  init(status function: BoundFunction, with lowering: Lowering) throws(AssayError) {
    try self.init(function, with: lowering)
    returns = function.prototype.result == .void ? .ignored : .status(ok: [0])
  }

  private init(_ function: BoundFunction, with lowering: Lowering) throws(AssayError) {
    let prototype = function.prototype
    var parameters: [Parameter] = []
    for (parameter, argument) in zip(prototype.parameters, function.arguments) {
      let source = try lowering.source(argument, for: parameter, of: prototype)
      parameters.append(
        Parameter(name: parameter.name, type: ValueType(parameter.type), source: source))
    }
    self.init(
      library: lowering.library, symbol: prototype.name, result: ValueType(prototype.result),
      parameters: parameters)
  }
}

extension CallPlan.Lowering {
  fileprivate func source(
    _ argument: ArgumentSource, for parameter: Prototype.Parameter, of prototype: Prototype
  ) throws(AssayError) -> CallPlan.Source {
    switch argument {
    case .input(let role, let accessor):
      guard boundRoles.contains(role) else { return try absent(role, for: parameter, of: prototype) }
      return input(role, accessor, parameter.type)
    case .batchLength: return .rowCount
    case .batchArrow: return .context(.batch)
    case .schemaArrow: return .context(.schema)
    case .parameter(let name, let defaultValue):
      guard let value = parameters[name] ?? defaultValue else {
        throw AssayError(
          .parameterUnset, "The parameter \"\(name)\" must be given: \(prototype.name) takes it as \(parameter.type).",
          details: ["parameter": name])
      }
      return try constant(value, for: parameter, of: prototype)
    case .constant(let value): return try constant(value, for: parameter, of: prototype)
    case .null: return .constant(bits: 0)
    case .outScore: return .score(parameter.type.pointee.map { ValueType($0) } ?? .double)
    case .outScoreValidity: return .scoreValidity
    case .service(let service): return .service(CallPlan.Service(service), CallPlan.Callback(parameter.type))
    case .services: return .services
    case .evaluator(let name): return .evaluator(name: name, CallPlan.Callback(parameter.type))
    default: return .context(CallPlan.Context(argument))
    }
  }

  private func input(
    _ role: String, _ accessor: ArgumentSource.Accessor, _ type: CType
  ) -> CallPlan.Source {
    switch accessor {
    case .value: .element(role: role)
    case .pointer: .textPointer(role: role, elementSize: type.pointee?.byteCount ?? 1)
    case .length: .textLength(role: role)
    case .terminated: .textTerminated(role: role)
    case .values:
      .values(role: role, element: type.pointsToText ? nil : type.pointee?.columnType?.valueType)
    case .validity: .validity(role: role)
    case .offsets: .offsets(role: role)
    }
  }

  /// What stands for an optional role without a column.
  private func absent(
    _ role: String, for parameter: Prototype.Parameter, of prototype: Prototype
  ) throws(AssayError) -> CallPlan.Source {
    switch ValueType(parameter.type) {
    case .pointer: return .constant(bits: 0)
    case .double: return .constant(bits: Double.nan.bitPattern)
    case .float: return .constant(bits: UInt64(Float.nan.bitPattern))
    case .uint32 where parameter.type.countsElements, .uint64 where parameter.type.countsElements:
      return .constant(bits: 0)
    default:
      throw AssayError(
        .bindingUnbound,
        "The role \"\(role)\" has no column, and the parameter \"\(parameter)\" of \(prototype.name) cannot say so. Bind a column to it.",
        details: ["role": role])
    }
  }

  private func constant(
    _ value: JSONValue, for parameter: Prototype.Parameter, of prototype: Prototype
  ) throws(AssayError) -> CallPlan.Source {
    let type = ValueType(parameter.type)
    if type == .pointer, let text = value.stringValue {
      guard !text.utf8.contains(0) else { throw misfit(value, parameter, prototype) }
      return .text(text)
    }
    guard let bits = type.bits(of: value) else { throw misfit(value, parameter, prototype) }
    return .constant(bits: bits)
  }

  private func misfit(
    _ value: JSONValue, _ parameter: Prototype.Parameter, _ prototype: Prototype
  ) -> AssayError {
    AssayError(
      .parameterUnset, "\(value.text()) does not fit \"\(parameter)\" of \(prototype.name).",
      details: ["parameter": parameter.name])
  }
}

extension ValueType {
  /// The type that a call carries for a C type. Every pointer is alike.
  init(_ type: CType) {
    switch type {
    case .void: self = .void
    case .pointer, .function: self = .pointer
    default: self = type.columnType?.valueType ?? .uint8
    }
  }

  /// A JSON value as bits of this type; nil where it does not fit exactly. A float is
  /// the nearest to the number.
  func bits(of value: JSONValue) -> UInt64? {
    switch self {
    case .bool: value.boolValue.map { $0 ? 1 : 0 }
    case .double: value.doubleValue.map(\.bitPattern)
    case .float: value.doubleValue.map { UInt64(Float($0).bitPattern) }
    case .void, .pointer: value.isNull ? 0 : nil
    case .int8: value.integerValue.flatMap(Int8.init(exactly:)).map { UInt64(UInt8(bitPattern: $0)) }
    case .uint8: value.integerValue.flatMap(UInt8.init(exactly:)).map { UInt64($0) }
    case .int16: value.integerValue.flatMap(Int16.init(exactly:)).map { UInt64(UInt16(bitPattern: $0)) }
    case .uint16: value.integerValue.flatMap(UInt16.init(exactly:)).map { UInt64($0) }
    case .int32: value.integerValue.flatMap(Int32.init(exactly:)).map { UInt64(UInt32(bitPattern: $0)) }
    case .uint32: value.integerValue.flatMap(UInt32.init(exactly:)).map { UInt64($0) }
    case .int64: value.integerValue.map { UInt64(bitPattern: $0) }
    case .uint64: value.integerValue.flatMap(UInt64.init(exactly:))
    }
  }
}

extension CallPlan.Callback {
  /// The prototype behind a function pointer.
  fileprivate init(_ type: CType) {
    guard case .function(let prototype) = type else {
      self.init(result: .void, parameters: [])
      return
    }
    self.init(
      result: ValueType(prototype.result),
      parameters: prototype.parameters.map { Parameter(name: $0.name, type: ValueType($0.type)) })
  }
}

extension CallPlan.Service {
  fileprivate init(_ service: ArgumentSource.Service) {
    switch service {
    case .log: self = .log
    case .progress: self = .progress
    case .cancelled: self = .cancelled
    }
  }
}

extension CallPlan.Context {
  /// What a caller supplies for a source that is neither data nor known before.
  fileprivate init(_ source: ArgumentSource) {
    switch source {
    case .parameters(let text): self = text == .length ? .parametersLength : .parameters
    case .saved(let text): self = text == .length ? .savedLength : .saved
    case .uri(let text): self = text == .length ? .uriLength : .uri
    case .options(let text): self = text == .length ? .optionsLength : .options
    case .outState: self = .stateOut
    case .into: self = .into
    case .from: self = .from
    case .sink: self = .sink
    case .sinks: self = .sinks
    case .writer: self = .writer
    case .error: self = .error
    case .seed: self = .seed
    case .first: self = .first
    case .count: self = .count
    case .outArray: self = .output
    case .outSchema: self = .outputSchema
    case .stream: self = .stream
    default: self = .state
    }
  }
}
