import AssayCore
import CAssayCall

/// A service of the host as a C function without a context: what a function pointer
/// in a plugin's own prototype is filled with.
@safe
final class ServiceClosure: Sendable {
  private let service: CallPlan.Service
  private let parameters: [ValueType]
  private let result: ValueType
  private let table: ServicesTable
  // Safety: set by the initialiser only; the engine's closures may be called anywhere.
  nonisolated(unsafe) private var closure: OpaquePointer?

  /// - Throws: `plugin.missing-capability` where the system forbids functions made
  ///   at run time.
  init(
    _ service: CallPlan.Service, callback: CallPlan.Callback, table: ServicesTable,
    owner: SharedLibrary
  ) throws(AssayError) {
    self.service = service
    parameters = callback.parameters.map(\.type)
    result = callback.result
    self.table = table
    let interface = CallInterface(result: callback.result, parameters: parameters)
    guard assay_closures_available() != 0,
      let made = unsafe assay_closure_create(
        interface.raw, Unmanaged.passUnretained(owner).toOpaque(), enterService,
        Unmanaged.passUnretained(self).toOpaque())
    else { throw ServiceClosure.unavailable }
    unsafe closure = made
  }

  // Safety: retiring waits until no call is inside, and nobody calls the service later.
  deinit { if let closure = unsafe closure { unsafe assay_closure_retire(closure) } }

  static var unavailable: AssayError {
    AssayError(
      .pluginCapability,
      "This system does not allow functions to be made at run time, so that function pointers in a prototype cannot be filled. Take a `const struct assay_services *` parameter instead.")
  }

  var address: UInt64 {
    guard let closure = unsafe closure else { return 0 }
    return UInt64(UInt(bitPattern: unsafe assay_closure_code(closure)))
  }

  @unsafe
  fileprivate func run(
    result place: UnsafeMutableRawPointer, arguments: UnsafePointer<UnsafeMutableRawPointer?>
  ) {
    switch service {
    case .log: unsafe log(arguments)
    case .progress:
      if !parameters.isEmpty, let fraction = unsafe number(arguments, 0) {
        table.report(progress: fraction)
      }
    case .cancelled:
      let isCancelled = table.services.isCancelled()
      switch result {
      case .double: unsafe place.storeBytes(of: isCancelled ? 1 : 0, as: Double.self)
      case .float: unsafe place.storeBytes(of: isCancelled ? 1 : 0, as: Float.self)
      default: unsafe place.storeBytes(of: isCancelled ? 1 : 0, as: UInt64.self)
      }
    }
  }

  /// Level, text and length, as far as the prototype has them.
  @unsafe
  private func log(_ arguments: UnsafePointer<UnsafeMutableRawPointer?>) {
    var level = Int(LogLevel.info.rawValue)
    var text: UnsafePointer<CChar>?
    var length: Int?
    for (index, type) in parameters.enumerated() {
      if type == .pointer {
        unsafe text = arguments[index]?.load(as: UnsafePointer<CChar>?.self)
      } else if let value = unsafe number(arguments, index) {
        let whole = Int(exactly: value.rounded()) ?? 0
        if unsafe text == nil { level = whole } else { length = whole }
      }
    }
    guard let text = unsafe text else { return }
    guard let length else { return table.log(level: level, unsafe String(cString: text)) }
    let bytes = unsafe UnsafeRawBufferPointer(start: text, count: max(0, length))
    table.log(level: level, unsafe String(decoding: bytes, as: UTF8.self))
  }

  @unsafe
  private func number(
    _ arguments: UnsafePointer<UnsafeMutableRawPointer?>, _ index: Int
  ) -> Double? {
    guard let place = unsafe arguments[index] else { return nil }
    // Safety: libffi gives each argument at its own size.
    var bits: UInt64 = 0
    unsafe withUnsafeMutableBytes(of: &bits) { bytes in
      unsafe bytes.copyMemory(
        from: UnsafeRawBufferPointer(start: place, count: parameters[index].byteCount))
    }
    return assay_bits_to_double(parameters[index].rawValue, bits)
  }
}

private func enterService(
  _ context: UnsafeMutableRawPointer?, _ result: UnsafeMutableRawPointer?,
  _ arguments: UnsafePointer<UnsafeMutableRawPointer?>?
) {
  guard let context = unsafe context, let result = unsafe result, let arguments = unsafe arguments
  else { return }
  // Safety: the closure is retired before its owner goes.
  unsafe Unmanaged<ServiceClosure>.fromOpaque(context).takeUnretainedValue()
    .run(result: result, arguments: arguments)
}
