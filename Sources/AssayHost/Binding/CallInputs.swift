import AssayArrow
import AssayCore

/// The inputs of a call: each role with the one type that its parameters take.
struct CallInputs {
  private var uses: [(role: String, [Use])] = []

  private struct Use {
    let accessor: ArgumentSource.Accessor
    let parameter: Prototype.Parameter
  }

  init(_ function: BoundFunction) {
    for (parameter, source) in zip(function.prototype.parameters, function.arguments) {
      guard case .input(let role, let accessor) = source else { continue }
      let use = Use(accessor: accessor, parameter: parameter)
      if let index = uses.firstIndex(where: { $0.role == role }) {
        uses[index].1.append(use)
      } else {
        uses.append((role, [use]))
      }
    }
  }

  /// The roles in the order in which the function takes them.
  func derived() throws(AssayError) -> [InputDefinition] {
    var inputs: [InputDefinition] = []
    for (role, uses) in uses {
      let types = try accepted(uses, role)
      inputs.append(InputDefinition(role: role, types: types.isEmpty ? [.utf8] : [types[0]]))
    }
    return inputs
  }

  /// The declared inputs, each with those of its types that the function takes.
  func narrowed(_ declared: [InputDefinition]) throws(AssayError) -> [InputDefinition] {
    var inputs: [InputDefinition] = []
    for var input in declared {
      if let (role, uses) = uses.first(where: { $0.role == input.role }) {
        let accepted = try accepted(uses, role)
        let types = accepted.isEmpty ? input.types : input.types.filter(accepted.contains)
        guard !types.isEmpty else { throw mismatch(input, uses, accepted) }
        input.types = types
      }
      inputs.append(input)
    }
    return inputs
  }

  private func mismatch(
    _ input: InputDefinition, _ uses: [Use], _ accepted: [DataType]
  ) -> AssayError {
    let declared = input.types.map(\.name).joined(separator: ", ")
    return AssayError(
      .bindingType,
      "the input \"\(input.role)\" is declared as \(declared), and \"\(uses[0].parameter)\" takes "
        + "\(accepted[0].name); write \"types\": [\"\(accepted[0].name)\"]",
      details: ["role": input.role])
  }

  /// The types that all uses of a role take; empty where they do not say.
  private func accepted(_ uses: [Use], _ role: String) throws(AssayError) -> [DataType] {
    let isText = uses.contains { $0.accessor == .offsets }
    var types: [DataType]?
    for use in uses {
      guard let own = Self.types(of: use, isText: isText) else { continue }
      let common = types.map { $0.filter(own.contains) } ?? own
      guard !common.isEmpty else { throw contradiction(uses, role) }
      types = common
    }
    return types ?? []
  }

  private func contradiction(_ uses: [Use], _ role: String) -> AssayError {
    let shown = uses.map { "\"\($0.parameter)\"" }.joined(separator: " and ")
    return AssayError(
      .bindingType, "\"\(role)\" cannot be \(shown) at once, since these need different types",
      details: ["role": role])
  }

  private static let texts: [DataType] = [.utf8, .largeUtf8, .binary, .largeBinary]

  /// The types that one use takes, the preferred one first; nil where it takes any.
  private static func types(of use: Use, isText: Bool) -> [DataType]? {
    let type = use.parameter.type
    switch use.accessor {
    case .value: return type.columnType.map { [$0] }
    case .terminated: return [.utf8, .largeUtf8]
    case .pointer:
      if type.pointsToBytes { return texts }
      return type.pointee?.columnType.map { [.list(Field("item", $0)), .largeList(Field("item", $0))] }
    case .values:
      if isText || type.pointsToText { return texts }
      return type.pointee?.columnType.map { [$0] }
    case .offsets:
      guard case .integer(let integer)? = type.pointee else { return nil }
      return integer.byteCount == 4 ? [.utf8, .binary] : [.largeUtf8, .largeBinary]
    case .length, .validity: return nil
    }
  }
}
