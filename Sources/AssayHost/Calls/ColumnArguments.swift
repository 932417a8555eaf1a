import AssayArrow
import AssayCore
import CAssayPlugin

/// The bits of the arguments that show whole columns, and what they point to.
struct ColumnArguments {
  private var views = ColumnViews()
  private var bytes: [KeptBytes] = []
  private var exported: ExportedBatch?

  /// The bits of an argument; nil for a source that is no column.
  ///
  /// - Throws: `data.missing-column`, `data.type`.
  mutating func bits(
    _ source: CallPlan.Source, type: ValueType, batch: RecordBatch
  ) throws(AssayError) -> UInt64? {
    switch source {
    case .values(let role, let element):
      let view = try views.view(of: role, in: batch)
      guard let element else {
        try view.checkText(role)
        return unsafe view.data.map(\.argumentBits) ?? 0
      }
      try view.check(role, holds: element)
      if element == .bool { return kept(batch.column(named: role).map { $0.unpackedBooleans } ?? []) }
      return unsafe view.values.map(\.argumentBits) ?? 0
    case .textPointer(let role, _):
      let view = try views.view(of: role, in: batch)
      try view.checkText(role)
      return unsafe view.data.map(\.argumentBits) ?? 0
    case .offsets(let role):
      let view = try views.view(of: role, in: batch)
      guard view.type.isOfVariableSize else { throw view.mismatch(role, wanted: "text or lists") }
      return unsafe view.offsets.map(\.argumentBits) ?? 0
    case .validity(let role):
      let view = try views.view(of: role, in: batch)
      if let bits = unsafe view.validity { return unsafe bits.argumentBits }
      return kept([UInt8](repeating: 0xff, count: (view.length + 7) / 8))
    case .rowCount: return UInt64(batch.rowCount)
    case .context(.batch), .context(.schema):
      let made = exported ?? ExportedBatch(batch)
      exported = made
      return source == .context(.batch) ? made.arrayAddress : made.schemaAddress
    default: return nil
    }
  }

  private mutating func kept(_ values: [UInt8]) -> UInt64 {
    let memory = KeptBytes(values)
    bytes.append(memory)
    return memory.address
  }
}

/// Bytes at an address that does not move.
@safe
final class KeptBytes {
  private let start: UnsafeMutableRawPointer

  init(_ values: [UInt8]) {
    unsafe start = .allocate(byteCount: max(1, values.count), alignment: 64)
    unsafe values.withUnsafeBytes { source in
      guard let first = source.baseAddress else { return }
      unsafe start.copyMemory(from: first, byteCount: source.count)
    }
  }

  deinit { unsafe start.deallocate() }

  var address: UInt64 { UInt64(UInt(bitPattern: unsafe start)) }
}

/// A batch as Arrow's structs. A plugin may move them out; what is left is released.
@safe
final class ExportedBatch {
  private let schema: UnsafeMutablePointer<ArrowSchema>
  private let array: UnsafeMutablePointer<ArrowArray>

  init(_ batch: RecordBatch) {
    unsafe schema = .allocate(capacity: 1)
    unsafe array = .allocate(capacity: 1)
    unsafe batch.export(schema: schema, array: array)
  }

  // Safety: exported by the initialiser; whoever moved a struct out set its release to null.
  deinit {
    if let release = unsafe schema.pointee.release { unsafe release(schema) }
    if let release = unsafe array.pointee.release { unsafe release(array) }
    unsafe schema.deallocate()
    unsafe array.deallocate()
  }

  var schemaAddress: UInt64 { UInt64(UInt(bitPattern: unsafe schema)) }
  var arrayAddress: UInt64 { UInt64(UInt(bitPattern: unsafe array)) }
}

extension Column {
  /// Booleans as bytes of 0 and 1; null is 0.
  fileprivate var unpackedBooleans: [UInt8] {
    (0..<length).map { bool(at: $0) ? 1 : 0 }
  }
}

extension DataType {
  fileprivate var isOfVariableSize: Bool {
    switch self {
    case .utf8, .largeUtf8, .binary, .largeBinary, .list, .largeList: true
    default: false
    }
  }
}
