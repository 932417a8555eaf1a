import AssayArrow
import AssayCore

/// The functions of a stateful evaluator, ready to be called: immutable, shared by
/// all its states.
final class StatefulProgram: Sendable {
  typealias Role = EvaluatorDefinition.Role

  /// `name@version`: what errors and saved states name.
  let name: String
  let contract: FindingsContract
  let finishConsumes: Bool
  let services: ServicesTable
  let parameters: KeptText
  /// What a saved state must have been made with.
  let identity: SavedState.Identity
  private let calls: [Role: LoadedCall]
  private let lane: PluginLane

  init(
    name: String, calls: [Role: LoadedCall], contract: FindingsContract, finishConsumes: Bool,
    services: ServicesTable, parameters: KeptText, identity: SavedState.Identity,
    lane: PluginLane
  ) {
    self.name = name
    self.calls = calls
    self.contract = contract
    self.finishConsumes = finishConsumes
    self.services = services
    self.parameters = parameters
    self.identity = identity
    self.lane = lane
  }

  func has(_ role: Role) -> Bool { calls[role] != nil }

  /// Calls a role's function once, and throws what it says went wrong.
  ///
  /// - Throws: `plugin.unsupported` where the plugin has no such function.
  @unsafe
  func call(
    _ role: Role, batch: RecordBatch? = nil, firstRow: Int = 0,
    _ supply: (CallPlan.Context) -> UInt64?
  ) throws(AssayError) {
    guard let call = calls[role] else {
      throw AssayError(.pluginUnsupported, "\(name) cannot \(role.rawValue): its manifest names no such function.")
    }
    let failure = PluginFailure()
    var memory = ColumnArguments()
    var arguments = call.constants
    for (index, parameter) in call.plan.parameters.enumerated() {
      if let batch, let bits = try memory.bits(parameter.source, type: parameter.type, batch: batch) {
        arguments[index] = bits
      } else if case .context(let what) = parameter.source {
        arguments[index] = bits(of: what, failure: failure) ?? supply(what) ?? 0
      }
    }
    // Safety: `failure`, `memory` and what the caller supplies outlive the call.
    let status = try lane.run { () throws(AssayError) in
      try unsafe call.function.call(call.interface, arguments, as: "\(name): \(call.plan.symbol)")
    }
    withExtendedLifetime(memory) {}
    guard call.plan.result != .void, call.plan.returns != .ignored else { return }
    let ok = call.plan.okValues
    guard !(ok.isEmpty ? [0] : ok).contains(Int64(bitPattern: status)) else { return }
    if let error = failure.error(
      status: Int64(bitPattern: status), calling: "\(name): \(call.plan.symbol)", firstRow: firstRow)
    {
      throw error
    }
  }

  private func bits(of what: CallPlan.Context, failure: PluginFailure) -> UInt64? {
    switch what {
    case .parameters: parameters.address
    case .parametersLength: UInt64(parameters.byteCount)
    case .error: failure.address
    default: nil
    }
  }
}
