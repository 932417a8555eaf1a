import AssayArrow
import AssayCore
import CAssayPlugin

/// The struct in which a plugin says what went wrong, for one call.
@safe
final class PluginFailure {
  private let place: UnsafeMutablePointer<assay_error>

  init() {
    unsafe place = .allocate(capacity: 1)
    unsafe place.initialize(to: assay_error())
    unsafe place.pointee.size = UInt32(MemoryLayout<assay_error>.size)
    unsafe place.pointee.row = -1
  }

  deinit { unsafe place.deallocate() }

  var address: UInt64 { UInt64(UInt(bitPattern: unsafe place)) }

  /// The error behind a status that is not OK; nil for one that is.
  ///
  /// - Parameters:
  ///   - name: What was called.
  ///   - firstRow: The number of the batch's first row, counted into the row.
  func error(status: Int64, calling name: String, firstRow: Int) -> AssayError? {
    guard status != Int64(ASSAY_OK) else { return nil }
    let row = unsafe place.pointee.row
    let text = text
    // What is wrong with the data is told in the plugin's own words; the function
    // that found it matters only to its author.
    let isAboutData = Int(status) == ASSAY_BAD_DATA && row >= 0 && !text.isEmpty
    var message = isAboutData ? "wrong data" : "\(name) failed"
    var details = ["status": String(status)]
    if row >= 0 {
      details["row"] = String(firstRow + Int(clamping: row))
      message += " at row \(firstRow + Int(clamping: row))"
    }
    message += text.isEmpty ? " with the code \(status) and no words." : ": \(text)"
    return AssayError(Self.code(for: status), message, details: details)
  }

  /// The error of a reader; its own words, which name the file, stand for themselves.
  func readerError(status: Int64, name: String, uri: String) -> AssayError? {
    guard var error = error(status: status, calling: name, firstRow: 0) else { return nil }
    error.details["file"] = uri
    if !text.isEmpty { error.message = text }
    if error.code != .interrupted, error.code != .pluginResource { error.code = .read }
    return error
  }

  /// The text, with what is no UTF-8 replaced.
  private var text: String {
    unsafe withUnsafeBytes(of: &place.pointee.text) { bytes in
      let end = unsafe bytes.firstIndex(of: 0) ?? bytes.count
      let text = unsafe String(decoding: bytes[..<end], as: UTF8.self)
      return unsafe place.pointee.flags & UInt32(ASSAY_ERROR_TRUNCATED) != 0 ? text + "…" : text
    }
  }

  private static func code(for status: Int64) -> AssayError.Code {
    switch Int(status) {
    case ASSAY_INVALID_ARGUMENT: .pluginInvalidArgument
    case ASSAY_UNSUPPORTED: .pluginUnsupported
    case ASSAY_BAD_DATA: .pluginBadData
    case ASSAY_CANCELLED: .interrupted
    case ASSAY_RESOURCE: .pluginResource
    case ASSAY_POISONED: .pluginPoisoned
    default: .pluginFailed
    }
  }
}
