import AssayCore
import CAssayCall

/// Which parameter of a callback goes into which parameter of the evaluator behind it.
///
/// A callback's parameter meets the target's parameter of its name, else the role of
/// its name; unnamed ones meet the roles in order. Lengths that the callback does not
/// give are counted, parameters of the target have their defaults.
struct CallbackMatch {
  let plan: CallPlan
  let name: String
  let roles: [String]
  let callback: CallPlan.Callback

  func arguments(constants: [UInt64]) throws(AssayError) -> [assay_composed_argument] {
    let byRole = try argumentsByRole()
    var composed: [assay_composed_argument] = []
    for (index, parameter) in plan.parameters.enumerated() {
      var argument = assay_composed_argument()
      argument.type = parameter.type.rawValue
      argument.bits = constants[index]
      switch parameter.source {
      case .score(let type):
        argument.kind = UInt8(ASSAY_COMPOSED_SCORE)
        argument.type = type.rawValue
      case .element(let role), .textPointer(let role, _), .textTerminated(let role):
        let from = callbackParameter(named: parameter.name) ?? byRole[role]
        try set(&argument, from: from, for: parameter, role: role)
      case .textLength(let role):
        if let from = callbackParameter(named: parameter.name),
          callback.parameters[from].type != .pointer
        {
          try set(&argument, from: from, for: parameter, role: role)
        } else {
          try set(&argument, from: byRole[role], for: parameter, role: role, type: .pointer)
          argument.kind = UInt8(ASSAY_COMPOSED_LENGTH)
        }
      case .values, .validity, .offsets, .rowCount, .scoreValidity, .context:
        throw fault("\(name) sees whole columns or keeps a state; only evaluators that are called for each row can be called back")
      default: argument.kind = UInt8(ASSAY_COMPOSED_CONSTANT)
      }
      composed.append(argument)
    }
    return composed
  }

  private func callbackParameter(named name: String) -> Int? {
    callback.parameters.firstIndex { !$0.name.isEmpty && $0.name == name }
  }

  private func argumentsByRole() throws(AssayError) -> [String: Int] {
    var found: [String: Int] = [:]
    var open = roles[...]
    for (index, parameter) in callback.parameters.enumerated() {
      if parameter.name.isEmpty {
        guard let role = open.popFirst() else {
          throw fault("the callback has more parameters than \(name) has roles (\(roles.joined(separator: ", ")))")
        }
        found[role] = index
      } else if roles.contains(parameter.name) {
        found[parameter.name] = index
      } else if plan.parameters.contains(where: { $0.name == parameter.name }) {
        continue
      } else {
        throw fault(
          "the callback's parameter \"\(parameter.name)\" is no role of \(name), which has \(roles.joined(separator: ", ")).\(suggestion(for: parameter.name, in: roles))")
      }
    }
    return found
  }

  private func set(
    _ argument: inout assay_composed_argument, from index: Int?, for parameter: CallPlan.Parameter,
    role: String, type wanted: ValueType? = nil
  ) throws(AssayError) {
    guard let index else {
      throw fault("the callback gives no value for the role \"\(role)\" of \(name)")
    }
    let given = callback.parameters[index].type
    let wanted = wanted ?? parameter.type
    guard (given == .pointer) == (wanted == .pointer) else {
      throw fault("the callback's parameter for \"\(role)\" is \(given), and \(name) takes \(wanted)")
    }
    argument.kind = UInt8(ASSAY_COMPOSED_ARGUMENT)
    argument.from = given.rawValue
    argument.index = UInt8(index)
  }

  private func fault(_ text: String) -> AssayError {
    AssayError(.callbackBinding, "evaluator:\(name) cannot be called through this function pointer: \(text).")
  }
}

extension AssayError.Code {
  /// A function pointer and the evaluator behind it do not fit together.
  static let callbackBinding = Self(rawValue: "binding.callback")
}
