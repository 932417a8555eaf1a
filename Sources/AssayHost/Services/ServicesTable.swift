import AssayCore
import CAssayPlugin

/// The services as the header's struct of functions, which lives as long as this.
@safe
final class ServicesTable: Sendable {
  let services: HostServices
  // Safety: written by the initialiser only.
  nonisolated(unsafe) private let table: UnsafeMutablePointer<assay_services>

  init(_ services: HostServices) {
    self.services = services
    unsafe table = .allocate(capacity: 1)
    unsafe table.initialize(
      to: assay_services(
        size: UInt32(MemoryLayout<assay_services>.size), reserved: 0, context: nil,
        log: tableLog, progress: tableProgress, cancelled: tableCancelled))
    unsafe table.pointee.context = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit { unsafe table.deallocate() }

  /// The address that a plugin gets; valid while this object lives.
  var address: UInt64 { UInt64(UInt(bitPattern: unsafe table)) }

  /// What the functions of the table get as their context.
  var context: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }

  func log(level: Int, _ text: String) {
    services.log(LogLevel(rawValue: Int32(clamping: level)) ?? (level < 0 ? .debug : .error), text)
  }

  func report(progress fraction: Double) {
    guard fraction.isFinite else { return }
    services.progress(min(1, max(0, fraction)))
  }
}

// Safety of all three: the context is the table's owner, which outlives the calls
// that the table was handed to.
private func tableLog(
  _ context: UnsafeMutableRawPointer?, _ level: Int32, _ text: UnsafePointer<CChar>?, _ length: Int
) {
  guard let context = unsafe context, let text = unsafe text else { return }
  let bytes = unsafe UnsafeRawBufferPointer(start: text, count: length)
  let line = unsafe String(decoding: bytes, as: UTF8.self)
  unsafe Unmanaged<ServicesTable>.fromOpaque(context).takeUnretainedValue()
    .log(level: Int(level), line)
}

private func tableProgress(_ context: UnsafeMutableRawPointer?, _ fraction: Double) {
  guard let context = unsafe context else { return }
  unsafe Unmanaged<ServicesTable>.fromOpaque(context).takeUnretainedValue()
    .report(progress: fraction)
}

func tableCancelled(_ context: UnsafeMutableRawPointer?) -> Int32 {
  guard let context = unsafe context else { return 0 }
  return unsafe Unmanaged<ServicesTable>.fromOpaque(context).takeUnretainedValue()
    .services.isCancelled() ? 1 : 0
}
