import AssayCore
import AssayHost
import AssayJSON

/// The values of one row, by column, and how they come to an evaluator's roles.
struct TrialRow {
  /// What roles for an output and for an expected value are called.
  private static let usual = [
    "output": ["score", "prediction", "predicted", "probability"],
    "expected": ["target", "truth", "label"],
  ]

  /// What has a flag of its own.
  private static let shortNames = ["output", "expected", "a.output", "b.output"]

  private let columns: JSONObject
  private let bound: [String: String]

  /// - Throws: `usage.invalid` for a binding that does not parse.
  init(_ columns: JSONObject, bindings: JSONObject) throws(AssayError) {
    self.columns = columns
    var bound: [String: String] = [:]
    for (role, column) in bindings {
      let binding = try ColumnBinding(parsing: "\(role)=\(column.stringValue ?? "")")
      bound[binding.role] = binding.column
    }
    self.bound = bound
  }

  /// A value for each role that has one.
  ///
  /// - Throws: `usage.invalid` for a value that no role takes, for a role that needs one and
  ///   has none, and for a null that a role does not take, each with the remedy.
  func inputs(of definition: EvaluatorDefinition) throws(AssayError) -> JSONObject {
    var inputs = JSONObject()
    var taken: Set<String> = []
    for input in definition.inputs {
      guard let column = column(for: input.role, in: definition) else { continue }
      taken.insert(column)
      let value = Self.value(columns[column] ?? .null, for: input)
      if value.isNull, input.nulls == .error { throw refusedNull(input, definition) }
      inputs[input.role] = value
    }
    if let stray = columns.keys.first(where: { !taken.contains($0) }) {
      throw self.stray(stray, definition)
    }
    for input in definition.inputs where !input.isOptional && inputs[input.role] == nil {
      throw missing(input.role, definition)
    }
    return inputs
  }

  private func stray(_ column: String, _ definition: EvaluatorDefinition) -> AssayError {
    let roles = definition.inputs.map(\.role)
    return AssayError(
      .usage,
      "\(definition.name) takes no value \"\(column)\".\(suggestion(for: column, in: roles)) Its roles are \(roles.joined(separator: ", ")).",
      details: ["column": column])
  }

  private func missing(_ role: String, _ definition: EvaluatorDefinition) -> AssayError {
    let column = bound[role] ?? role
    let flag = Self.shortNames.first { self.role(meantBy: $0, in: definition) == role }
    let short = flag.map { "--\($0.replacing(".", with: "-")) VALUE, or " } ?? ""
    return AssayError(
      .usage, "\(definition.name) needs a value for the role \"\(role)\": give it with \(short)--value \(column)=VALUE.",
      details: ["role": role])
  }

  private func refusedNull(_ input: InputDefinition, _ definition: EvaluatorDefinition) -> AssayError {
    let other = definition.inputs.filter { $0.nulls != .error }.map(\.role)
    let who = other.isEmpty ? "none of its roles does" : "of its roles only \(other.joined(separator: ", ")) do"
    return AssayError(
      .usage,
      "\"\(input.role)\" of \(definition.name) takes no null; \(who). \(input.isOptional ? "Leave it out." : "Give it a value.")",
      details: ["role": input.role])
  }

  private func column(for role: String, in definition: EvaluatorDefinition) -> String? {
    let own = [bound[role], role, PairRole(role: role)?.parameter]
    for name in own.compactMap(\.self) where columns[name] != nil { return name }
    return Self.shortNames.first { columns[$0] != nil && self.role(meantBy: $0, in: definition) == role }
  }

  /// The role that a short name stands for.
  ///
  /// A role that has the name itself goes before one that only usually means the same.
  private func role(meantBy name: String, in definition: EvaluatorDefinition) -> String? {
    if definition.input(name) != nil { return name }
    guard let pair = PairRole(role: name) else {
      return Self.usual[name]?.first { definition.input($0) != nil }
    }
    let roles = definition.inputs.compactMap { PairRole(role: $0.role) }.filter { $0.answer == pair.answer }
    return roles.count == 1 ? roles[0].role : nil
  }

  /// Text stays text for a role of text, and is read as JSON for the others.
  private static func value(_ value: JSONValue, for input: InputDefinition) -> JSONValue {
    guard case .string(let text) = value, !input.types.allSatisfy(\.isText) else {
      // CallColumns takes a list for several rows; this is one.
      return value.arrayValue == nil ? value : .array([value])
    }
    let parsed = (try? JSONValue(parsing: text)) ?? value
    return parsed.arrayValue == nil ? parsed : .array([parsed])
  }
}
