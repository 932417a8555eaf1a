import AssayArrow
import AssayCore
import AssayHost
import AssayJSON

/// Makes the columns of a call out of values by role.
struct CallColumns {
  let definition: EvaluatorDefinition
  /// A value by role, or a list of values.
  let inputs: JSONObject

  /// - Throws: `binding.unbound` for a role without a value, `usage.invalid` for a name
  ///   that is no role, lists of different length and values of another type.
  func batch() throws(AssayError) -> RecordBatch {
    try checkNames()
    let lists = inputs.map { (role: $0.key, values: $0.value.arrayValue ?? [$0.value]) }
    let count = lists.map(\.values.count).max() ?? 1
    var fields: [Field] = []
    var columns: [Column] = []
    for (role, values) in lists {
      guard let input = definition.input(role) else { continue }
      guard values.count == count else {
        throw AssayError(
          .usage, "\(role) has \(values.count) values where another role has \(count).",
          details: ["role": role])
      }
      let column = try column(values, for: input)
      fields.append(Field(role, column.type))
      columns.append(column)
    }
    return RecordBatch(schema: Schema(fields), columns: columns, rowCount: count)
  }

  private func checkNames() throws(AssayError) {
    let roles = definition.inputs.map(\.role)
    for (name, _) in inputs where !roles.contains(name) {
      throw AssayError(
        .usage,
        "\(definition.name) has no role or parameter \"\(name)\".\(suggestion(for: name, in: roles)) It takes \(roles.joined(separator: ", ")).",
        details: ["role": name])
    }
    for input in definition.inputs where !input.isOptional && inputs[input.role] == nil {
      throw AssayError(
        .usage, "\(definition.name) needs a value for \(input.role): \(input.role)=…",
        details: ["role": input.role])
    }
  }

  private func column(
    _ values: [JSONValue], for input: InputDefinition
  ) throws(AssayError) -> Column {
    guard let column = Self.column(values), let target = column.type.castTarget(among: input.types)
    else { throw misfit(values, input) }
    return try column.cast(to: target, named: input.role)
  }

  private func misfit(_ values: [JSONValue], _ input: InputDefinition) -> AssayError {
    let wanted = input.types.map { "\($0.words) (\($0.name))" }.joined(separator: " or ")
    let shown = values.prefix(3).map { $0.text() }.joined(separator: ", ")
    let kinds = Set(values.map(\.words))
    let given = kinds.count == 1 ? kinds.first ?? "a value" : "a mix of \(kinds.sorted().joined(separator: " and "))"
    return AssayError(
      .usage, "\(input.role) takes \(wanted), and \(shown)\(values.count > 3 ? ", …" : "") is \(given).",
      details: ["role": input.role])
  }

  /// A column of the one type that all values have; nil where there is none.
  private static func column(_ values: [JSONValue]) -> Column? {
    let present = values.filter { !$0.isNull }
    if present.isEmpty { return Column(nulls: values.count) }
    if present.allSatisfy({ $0.arrayValue != nil }) { return lists(values) }
    if present.allSatisfy({ $0.boolValue != nil }) { return Column(values.map(\.boolValue)) }
    if present.allSatisfy({ $0.stringValue != nil }) { return Column(values.map(\.stringValue)) }
    let isInteger = present.allSatisfy { if case .integer = $0 { true } else { false } }
    if isInteger { return Column(values.map(\.integerValue)) }
    guard present.allSatisfy({ $0.doubleValue != nil }) else { return nil }
    return Column(values.map(\.doubleValue))
  }
}

extension CallColumns {
  /// A column of lists, of which each value is one.
  private static func lists(_ values: [JSONValue]) -> Column? {
    guard let elements = column(values.flatMap { $0.arrayValue ?? [] }) else { return nil }
    var end = 0
    let ends = values.map { value -> Int in
      end += value.arrayValue?.count ?? 0
      return end
    }
    let column = Column(lists: elements, ends: ends)
    return values.contains(where: \.isNull) ? column.masked { !values[$0].isNull } : column
  }
}

extension DataType {
  /// What a value of the type is called.
  fileprivate var words: String {
    switch self {
    case .bool: "true or false"
    case .float32, .float64: "a number"
    case _ where isText: "text"
    case .list(let field): "a list, each \(field.type.words)"
    default: name.contains("int") ? "a whole number" : "a value"
    }
  }
}

extension JSONValue {
  fileprivate var words: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer: "a whole number"
    case .number: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
