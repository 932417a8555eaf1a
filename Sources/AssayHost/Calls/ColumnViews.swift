import AssayArrow
import AssayCore
import CAssayPlugin
import Glibc

/// The columns of a batch that a call looks at, each exported once.
struct ColumnViews {
  private var views: [String: SharedView] = [:]

  /// - Throws: `data.missing-column`.
  mutating func view(of role: String, in batch: RecordBatch) throws(AssayError) -> SharedView {
    if let view = views[role] { return view }
    guard let column = batch.column(named: role) else {
      throw AssayError(
        .missingRoleColumn, "The batch has no column for the role \"\(role)\".",
        details: ["column": role])
    }
    let view = SharedView(column)
    views[role] = view
    return view
  }
}

/// A column's exported buffers, shared by the arguments that point into them.
@safe
final class SharedView {
  private let column: ColumnView

  init(_ column: Column) { self.column = ColumnView(column) }

  var type: DataType { column.type }
  var length: Int { column.length }

  var hasLargeOffsets: Bool {
    switch type {
    case .largeUtf8, .largeBinary, .largeList: true
    default: false
    }
  }

  @unsafe var validity: UnsafeRawPointer? { unsafe column.validity }
  @unsafe var values: UnsafeRawPointer? { unsafe column.values }
  @unsafe var offsets: UnsafeRawPointer? { unsafe column.offsets }
  @unsafe var data: UnsafeRawPointer? { unsafe column.data }

  /// - Throws: `data.type` where the column's elements are of another type.
  func check(_ role: String, holds wanted: ValueType) throws(AssayError) {
    guard type.valueType == wanted else { throw mismatch(role, wanted: "\(wanted)") }
  }

  /// - Throws: `data.type` where the column holds no text or bytes.
  func checkText(_ role: String) throws(AssayError) {
    switch type {
    case .utf8, .largeUtf8, .binary, .largeBinary, .list, .largeList: return
    default: throw mismatch(role, wanted: "text or lists")
    }
  }

  func mismatch(_ role: String, wanted: String) -> AssayError {
    AssayError(
      .dataType, "The role \"\(role)\" takes \(wanted), and the column is \(type.name).",
      details: ["column": role])
  }
}

extension DataType {
  /// The C type of an element; nil for what is no number and no boolean.
  var valueType: ValueType? {
    switch self {
    case .bool: .bool
    case .int8: .int8
    case .uint8: .uint8
    case .int16: .int16
    case .uint16: .uint16
    case .int32: .int32
    case .uint32: .uint32
    case .int64: .int64
    case .uint64: .uint64
    case .float32: .float
    case .float64: .double
    default: nil
    }
  }
}

/// What the system calls an errno.
func systemMessage(_ number: Int64) -> String {
  guard let text = unsafe strerror(Int32(truncatingIfNeeded: number)) else { return "unknown" }
  return unsafe String(cString: text)
}
