import AssayCore
import CAssayCall

/// An evaluator of row shape as a C function, for another plugin to call.
@safe
final class ComposedClosure: Sendable {
  /// Keeps the target's library, texts and own closures.
  private let target: LoadedCall
  // Safety: all three are written by the initialiser only.
  nonisolated(unsafe) private let arguments: UnsafeMutablePointer<assay_composed_argument>
  nonisolated(unsafe) private let okValues: UnsafeMutablePointer<Int64>
  nonisolated(unsafe) private let composition: UnsafeMutablePointer<assay_composition>
  nonisolated(unsafe) private let closure: OpaquePointer

  /// - Throws: `binding.callback` where a parameter of the callback fits nothing or
  ///   one of the target gets no value, `plugin.missing-capability`.
  init(
    calling target: LoadedCall, named name: String, roles: [String], callback: CallPlan.Callback,
    owner: SharedLibrary
  ) throws(AssayError) {
    let match = CallbackMatch(plan: target.plan, name: name, roles: roles, callback: callback)
    let sources = try match.arguments(constants: target.constants)
    guard assay_closures_available() != 0 else { throw ServiceClosure.unavailable }
    let ok = target.plan.okValues
    let arguments = UnsafeMutablePointer<assay_composed_argument>.allocate(
      capacity: max(1, sources.count))
    unsafe arguments.initialize(from: sources, count: sources.count)
    let okValues = UnsafeMutablePointer<Int64>.allocate(capacity: max(1, ok.count))
    unsafe okValues.initialize(from: ok, count: ok.count)
    let composition = UnsafeMutablePointer<assay_composition>.allocate(capacity: 1)
    unsafe composition.initialize(
      to: assay_composition(
        interface: target.interface.raw, function: target.function.raw, arguments: arguments,
        return_kind: UInt8(target.plan.returns.engineCode), undefined: target.plan.undefined.rawValue,
        wants_errno: target.plan.checksErrno ? 1 : 0, result: callback.result.rawValue,
        ok_values: okValues, ok_count: ok.count))
    let interface = CallInterface(
      result: callback.result, parameters: callback.parameters.map(\.type))
    guard
      let closure = unsafe assay_closure_create(
        interface.raw, Unmanaged.passUnretained(owner).toOpaque(), assay_composition_handler,
        composition)
    else {
      unsafe arguments.deallocate()
      unsafe okValues.deallocate()
      unsafe composition.deallocate()
      throw ServiceClosure.unavailable
    }
    self.target = target
    unsafe self.arguments = arguments
    unsafe self.okValues = okValues
    unsafe self.composition = composition
    unsafe self.closure = closure
  }

  // Safety: after retiring nobody reads the composition.
  deinit {
    unsafe assay_closure_retire(closure)
    unsafe arguments.deallocate()
    unsafe okValues.deallocate()
    unsafe composition.deallocate()
  }

  var address: UInt64 { UInt64(UInt(bitPattern: unsafe assay_closure_code(closure))) }
}
