import AssayCore
import CAssayCall

/// A plan with its library loaded and everything in place that is the same for every
/// call. May be used by several threads at once.
@safe
final class LoadedCall: Sendable {
  let plan: CallPlan
  let function: FunctionAddress
  let interface: CallInterface
  /// The bits of the arguments that never change; 0 for the others.
  let constants: [UInt64]
  /// Keeps alive what the constants point to.
  private let keeps: [any AnyObject & Sendable]

  /// - Throws: What loading, finding the function and making closures throw.
  init(
    _ plan: CallPlan, services: ServicesTable,
    composing compose: (String, CallPlan.Callback, SharedLibrary) throws(AssayError) -> ComposedClosure
  ) throws(AssayError) {
    let library = try SharedLibrary(loading: plan.library)
    var keeps: [any AnyObject & Sendable] = [library, services]
    var constants: [UInt64] = []
    for parameter in plan.parameters {
      switch parameter.source {
      case .constant(let bits): constants.append(bits)
      case .text(let text):
        let kept = KeptText(text)
        keeps.append(kept)
        constants.append(kept.address)
      case .services: constants.append(services.address)
      case .service(let service, let callback):
        let closure = try ServiceClosure(service, callback: callback, table: services, owner: library)
        keeps.append(closure)
        constants.append(closure.address)
      case .evaluator(let name, let callback):
        let closure = try compose(name, callback, library)
        keeps.append(closure)
        constants.append(closure.address)
      default: constants.append(0)
      }
    }
    self.plan = plan
    self.constants = constants
    self.keeps = keeps
    function = try library.function(plan.symbol)
    interface = CallInterface(result: plan.result, parameters: plan.parameters.map(\.type))
  }

  /// Calls once with what the context supplies.
  ///
  /// - Returns: The bits of the result.
  /// - Throws: What the guard caught; a status is the caller's to judge.
  @unsafe
  func call(_ context: (CallPlan.Context) -> UInt64) throws(AssayError) -> UInt64 {
    var arguments = constants
    for (index, parameter) in plan.parameters.enumerated() {
      if case .context(let what) = parameter.source { arguments[index] = context(what) }
    }
    return try unsafe function.call(interface, arguments, as: plan.symbol)
  }
}

/// A text that ends with a zero byte, at an address that does not move.
@safe
final class KeptText: Sendable {
  // Safety: written by the initialiser only.
  nonisolated(unsafe) private let start: UnsafeMutablePointer<CChar>
  /// Without the zero byte.
  let byteCount: Int

  init(_ text: String) {
    let bytes = text.utf8CString
    byteCount = bytes.count - 1
    unsafe start = .allocate(capacity: bytes.count)
    for (index, byte) in bytes.enumerated() { unsafe start.advanced(by: index).initialize(to: byte) }
  }

  deinit { unsafe start.deallocate() }

  var address: UInt64 { UInt64(UInt(bitPattern: unsafe start)) }
}

extension UnsafeRawPointer {
  /// The address as the bits of an argument.
  var argumentBits: UInt64 { UInt64(UInt(bitPattern: self)) }
}
