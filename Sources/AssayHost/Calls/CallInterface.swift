import AssayCore
import CAssayCall

/// The types that a call can carry: a C type without what only readers care about.
public enum ValueType: UInt8, Sendable, Hashable {
  case void, bool, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float, double, pointer

  /// The size in bytes of a value; 0 of `void`.
  var byteCount: Int {
    switch self {
    case .void: 0
    case .bool, .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float: 4
    case .int64, .uint64, .double, .pointer: 8
    }
  }
}

/// How to call functions of one prototype. Made once for each and kept for ever.
@safe
struct CallInterface: Sendable {
  // Safety: immutable, never freed.
  nonisolated(unsafe) let raw: OpaquePointer
  let result: ValueType

  /// - Precondition: At most 32 parameters, none of them `void`; prototypes are
  ///   checked when they are parsed.
  init(result: ValueType, parameters: [ValueType]) {
    let types = parameters.map(\.rawValue)
    guard let raw = unsafe assay_interface_intern(result.rawValue, types, types.count) else {
      preconditionFailure("libffi refused a checked prototype")
    }
    unsafe self.raw = raw
    self.result = result
  }
}

/// The address of a function in a library that is never closed.
@safe
public struct FunctionAddress: Sendable {
  // Safety: code does not change, and the library stays.
  nonisolated(unsafe) let raw: UnsafeMutableRawPointer

  @unsafe
  init(_ raw: UnsafeMutableRawPointer) { unsafe self.raw = raw }

  /// Calls the function once, with the bits of its arguments.
  ///
  /// - Parameter name: What an error says was called.
  /// - Returns: The bits of the result, widened to 64.
  /// - Throws: `plugin.exception` where it threw, `plugin.failed` where an evaluator
  ///   that it called failed.
  @unsafe @discardableResult
  func call(
    _ interface: CallInterface, _ arguments: [UInt64], errorNumber: UnsafeMutablePointer<Int32>? = nil,
    as name: String
  ) throws(AssayError) -> UInt64 {
    var result: UInt64 = 0
    var failure = assay_failure()
    // Safety: the caller describes the function truly, and what the arguments point
    // to outlives the call.
    let kind = Int(unsafe assay_call_once(
      interface.raw, raw, arguments, &result, errorNumber, &failure))
    guard kind != ASSAY_FAILURE_NONE else { return result }
    let text = failure.repairedText
    if kind == ASSAY_FAILURE_EXCEPTION {
      throw AssayError(.pluginException, "\(name) threw an exception: \(text)")
    }
    throw AssayError(.pluginFailed, "\(name) called an evaluator that failed: \(text)")
  }
}

extension assay_failure {
  /// The text, with what is no UTF-8 replaced.
  var repairedText: String {
    unsafe withUnsafeBytes(of: text) { bytes in
      let end = unsafe bytes.firstIndex(of: 0) ?? bytes.count
      return unsafe String(decoding: bytes[..<end], as: UTF8.self)
    }
  }
}

extension String {
  /// `withCString` with a typed error.
  @unsafe
  func withCStringTyped<Result>(
    _ body: (UnsafePointer<CChar>) throws(AssayError) -> Result
  ) throws(AssayError) -> Result {
    let outcome: Swift.Result<Result, AssayError> = unsafe withCString { text in
      do throws(AssayError) { return unsafe .success(try body(text)) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
