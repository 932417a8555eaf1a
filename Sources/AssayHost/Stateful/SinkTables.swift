import AssayArrow
import AssayCore
import CAssayPlugin

/// The header's structs for a row of sinks, for the time of one call.
@safe
struct SinkTables: ~Copyable {
  private let sinks: [FindingsSink]
  private let tables: UnsafeMutablePointer<assay_sink>

  init(_ sinks: [FindingsSink], intervalLevel: Double) {
    self.sinks = sinks
    unsafe tables = .allocate(capacity: max(1, sinks.count))
    for (index, sink) in sinks.enumerated() {
      unsafe tables.advanced(by: index).initialize(to: sink.table(intervalLevel: intervalLevel))
    }
  }

  deinit { unsafe tables.deallocate() }

  /// Runs a body while the structs live at the address that it gets.
  @unsafe
  borrowing func withAddress(_ body: (UInt64) throws(AssayError) -> Void) throws(AssayError) {
    try body(UInt64(UInt(bitPattern: unsafe tables)))
    withExtendedLifetime(sinks) {}
  }
}

/// Collects the pieces that a plugin writes when it saves a state.
@safe
final class StateWriter {
  private(set) var bytes: [UInt8] = []

  @unsafe
  func withTable(_ body: (UInt64) throws(AssayError) -> Void) throws(AssayError) {
    let table = UnsafeMutablePointer<assay_writer>.allocate(capacity: 1)
    defer { unsafe table.deallocate() }
    unsafe table.initialize(
      to: assay_writer(
        size: UInt32(MemoryLayout<assay_writer>.size), reserved: 0,
        context: Unmanaged.passUnretained(self).toOpaque(), write: writePiece))
    try body(UInt64(UInt(bitPattern: table)))
  }

  @unsafe
  fileprivate func append(_ piece: UnsafeRawBufferPointer) { unsafe bytes.append(contentsOf: piece) }
}

private func writePiece(
  _ context: UnsafeMutableRawPointer?, _ bytes: UnsafeRawPointer?, _ count: Int
) -> Int32 {
  // Safety: the context is the writer, alive during the call that it was handed to.
  guard let context = unsafe context else { return Int32(ASSAY_INTERNAL) }
  guard count > 0 else { return Int32(ASSAY_OK) }
  guard let bytes = unsafe bytes else { return Int32(ASSAY_INVALID_ARGUMENT) }
  unsafe Unmanaged<StateWriter>.fromOpaque(context).takeUnretainedValue()
    .append(UnsafeRawBufferPointer(start: bytes, count: count))
  return Int32(ASSAY_OK)
}

/// Zeroed Arrow structs that a plugin fills.
@safe
final class ArrowOutput {
  private let schema: UnsafeMutablePointer<ArrowSchema>
  private let array: UnsafeMutablePointer<ArrowArray>

  init() {
    unsafe schema = .allocate(capacity: 1)
    unsafe array = .allocate(capacity: 1)
    unsafe schema.initialize(to: ArrowSchema())
    unsafe array.initialize(to: ArrowArray())
  }

  // Safety: what was moved out has no release any more.
  deinit {
    if let release = unsafe schema.pointee.release { unsafe release(schema) }
    if let release = unsafe array.pointee.release { unsafe release(array) }
    unsafe schema.deallocate()
    unsafe array.deallocate()
  }

  var schemaAddress: UInt64 { UInt64(UInt(bitPattern: unsafe schema)) }
  var arrayAddress: UInt64 { UInt64(UInt(bitPattern: unsafe array)) }

  /// What the plugin filled in; doubles in a column `score` where it gave no schema.
  func batch(calling name: String) throws(AssayError) -> RecordBatch {
    guard unsafe array.pointee.release != nil else {
      throw AssayError(.pluginMisbehaved, "\(name) said that all is well and filled in no array.")
    }
    guard unsafe schema.pointee.release != nil else {
      return RecordBatch(["score": try unsafe Column(moving: array, type: .float64)])
    }
    return try unsafe RecordBatch(moving: array, schema: Schema(importing: schema))
  }
}
