import AssayCore
public import CAssayPlugin

/// Why a plugin could not do what it was asked for.
///
/// Throw it from any requirement of ``StatefulEvaluator``; it reaches the user with
/// the evaluator's name and, where a row is given, the row's number in the run.
public struct PluginError: Error, Sendable, Hashable {
  /// The kind of an error, as the contract numbers them.
  public struct Code: Sendable, Hashable {
    public let rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The parameters, or a combination of them, make no sense.
    public static let invalidArgument = Code(rawValue: Int32(ASSAY_INVALID_ARGUMENT))
    /// The plugin cannot do this: a type, a role, a size.
    public static let unsupported = Code(rawValue: Int32(ASSAY_UNSUPPORTED))
    /// A value in the data.
    public static let badData = Code(rawValue: Int32(ASSAY_BAD_DATA))
    /// The host asked to stop, and the plugin did.
    public static let cancelled = Code(rawValue: Int32(ASSAY_CANCELLED))
    /// Memory, files or another resource ran out.
    public static let resource = Code(rawValue: Int32(ASSAY_RESOURCE))
    /// A function of the host, such as the sink, failed.
    public static let hostService = Code(rawValue: Int32(ASSAY_HOST_SERVICE))
    /// A defect of the plugin itself.
    public static let `internal` = Code(rawValue: Int32(ASSAY_INTERNAL))
  }

  public var code: Code
  /// One or two sentences that name the thing and the remedy.
  public var message: String
  /// The row of the batch, from 0; nil where it is no single row's fault.
  public var row: Int?

  public init(_ code: Code, _ message: String, row: Int? = nil) {
    self.code = code
    self.message = message
    self.row = row
  }

  init(_ error: AssayError) {
    self.init(.badData, error.message)
  }
}

extension PluginError: CustomStringConvertible {
  public var description: String { message }
}

extension PluginError {
  /// Writes the error where the host reads it, cut to the room that is there.
  ///
  /// - Returns: The code, which the exported function returns.
  @unsafe
  public func write(to error: UnsafeMutablePointer<assay_error>?) -> Int32 {
    guard let error = unsafe error else { return code.rawValue }
    unsafe error.pointee.code = code.rawValue
    unsafe error.pointee.flags = 0
    unsafe error.pointee.row = Int64(row ?? -1)
    // Safety: the struct is the caller's and has `ASSAY_ERROR_TEXT` bytes of text.
    unsafe withUnsafeMutableBytes(of: &error.pointee.text) { text in
      var bytes = Array(message.utf8.prefix(text.count - 1))
      if message.utf8.count > bytes.count {
        unsafe error.pointee.flags = UInt32(ASSAY_ERROR_TRUNCATED)
        // Not in the middle of a character.
        while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
        if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
      }
      unsafe text.copyBytes(from: bytes)
      unsafe text[bytes.count] = 0
    }
    return code.rawValue
  }
}
